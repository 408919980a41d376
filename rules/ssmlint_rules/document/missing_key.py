"""
## What it does
Reports a mapping of a document that lacks a key which has to be there.

## Why is this bad?
Without `schemaVersion`, `mainSteps`, or a step's `action` and `name`, Systems Manager refuses
the document. Without an input that its plugin needs, the step cannot do its work: a
`aws:runShellScript` without `runCommand` runs an empty script and succeeds. A Session document
needs its `sessionType`, and `properties` unless it is a `Standard_Stream`.

An empty `mainSteps: []` is refused, too, but only a *warning*: some projects keep such a stub beside
the scripts, from which a build makes the document.

A key that is there under a nearly equal name is left to `unknown-key`.

## Example
```yaml step
- action: aws:runShellScript  # <-
  inputs:  # <-
    timeoutSeconds: 60
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 60
    runCommand:
      - fsfreeze -f /data
```

In an Automation document:
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:  # <-
    Service: ec2
  outputs:
    - Name: InstanceId  # <-
      Type: String
```
Use instead:
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
  outputs:
    - Name: InstanceId
      Selector: $.Reservations[0].Instances[0].InstanceId
      Type: String
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): one page for each action
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `Missing "mainSteps" in the document.`, `Missing Properties in session type Port document`; [and of `Or` with a single condition](https://github.com/awsdocs/aws-systems-manager-user-guide/pull/186)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar
from ssmlint_rules.structure import StructureError, errors_of, place_of
from ssmlint_rules.wording import near

#: Of these two a document has the one that its version wants.
_BODIES = frozenset({"mainSteps", "runtimeConfig"})


@rule("SSM102", "missing-key", Severity.ERROR, on=SsmDocument)
def missing_key(document: SsmDocument) -> Iterator[Problem]:
    """Report each key that is missing, and a body without a single step."""
    for error in errors_of(document):
        if error.missing is not None and not _is_there_somehow(error, error.missing):
            place = place_of(document, error.path)
            yield Problem(error.label, f"`{error.missing}` is missing from {place}")
        elif error.keyword in ("minItems", "minProperties"):
            is_stub = error.path[-1] in _BODIES
            severity = Severity.WARNING if is_stub else None
            yield Problem(error.label, _empty(document, error), severity=severity)
    yield from _runs_nothing(document)


def _empty(document: SsmDocument, error: StructureError) -> str:
    if error.path[-1] in (*_BODIES, "Steps"):
        text = f"{place_of(document, error.path)} has no steps"
        refused = "; unless a build fills them in, Systems Manager refuses the document"
        return text if error.path[-1] == "Steps" else text + refused
    least = error.schema.get("minItems", 1)
    lacks = "is empty" if least == 1 else f"needs at least {least} items"
    return f"{place_of(document, error.path)} {lacks}"


def _is_there_somehow(error: StructureError, missing: str) -> bool:
    """Whether another finding already speaks of the key that stands for the missing one."""
    if not isinstance(error.node, Mapping):
        return False
    names = [entry.key.text for entry in error.node.entries]
    if missing == "Handler" and "Script" in names:
        return True  # `missing-handler` knows the script, too
    if missing in _BODIES and _BODIES & set(names):
        return True
    return any(near(name, (missing,)) and name not in error.known for name in names)


def _runs_nothing(document: SsmDocument) -> Iterator[Problem]:
    """A body that is there, but empty (`mainSteps:` and nothing after it)."""
    for name in sorted(_BODIES):
        entry = document.root.entry(name)
        if entry and isinstance(entry.value, Scalar) and entry.value.value is None:
            yield Problem(entry.key.span, f"`{name}` is empty; it needs at least one step")
