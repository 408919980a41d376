"""
## What it does
Reports a key that documents of that kind do not have at that place.

## Why is this bad?
A key that nobody reads does nothing: with `allowedPatern` the parameter is unguarded, with
`precondtion` the step runs everywhere, and a document without `mainSteps` is refused. It is an
error where a known key has nearly the same name. It is a warning where none has, and for a key
that is not required where only upper and lower case differ (the agent does not care, the service
does) or where it is an input (the agent passes over inputs that it does not know). Of Automation
documents, which no agent reads, all near names are errors.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  volume:
    type: String
    allowedPatern: ^vol-[0-9a-f]+$  # <-
mainSteps:
  - action: aws:runShellScript
    name: freeze
    precondtion:  # <-
      StringEquals: [platformType, Linux]
    inputs:
      timeoutSecond: 60  # <-
      runCommand: [date]
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  volume:
    type: String
    allowedPattern: ^vol-[0-9a-f]+$
mainSteps:
  - action: aws:runShellScript
    name: freeze
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      timeoutSeconds: 60
      runCommand: [date]
```

In an Automation document:
```yaml automation
- name: wait
  action: aws:sleep
  isend: true  # <-
  inputs:
    TimeStamp: '2030-01-01T01:00:00Z'  # <-
```
Use instead:
```yaml automation
- name: wait
  action: aws:sleep
  isEnd: true
  inputs:
    Timestamp: '2030-01-01T01:00:00Z'
```

## Fix safety
Unsafe: renaming the key puts in force what was not in force before.

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): one page for each action; an action that hands its inputs on to an operation has those of the operation, too
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html)
- [amazon-ssm-agent, `contracts/model.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/contracts/model.go): what the agent reads, `environment` and `id` included
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Entry, Mapping
from ssmlint_rules.edits import rewritten
from ssmlint_rules.structure import StructureError, errors_of, listed_value, place_of
from ssmlint_rules.wording import near

#: Keys of another kind or version of document (`missing-key` speaks of the last two).
_ELSEWHERE = {
    "assumeRole": "Automation documents (schema version 0.3)",
    "outputs": "Automation documents (schema version 0.3)",
    "files": "Automation documents (schema version 0.3)",
    "variables": "Automation documents (schema version 0.3)",
    "sessionType": "Session documents (schema version 1.0)",
    "inputs": "Session documents (schema version 1.0)",
    "mainSteps": "schema version 2.2; older ones have `runtimeConfig`",
    "runtimeConfig": "schema version 1.2; newer ones have `mainSteps`",
}
#: Inputs of `aws:downloadContent` as AWS-ApplyAnsiblePlaybooks has them; the agent folds case.
_WRITTEN_SO = frozenset({"SourceType", "SourceInfo"})


@rule("SSM101", "unknown-key", Severity.ERROR, on=SsmDocument)
def unknown_key(document: SsmDocument) -> Iterator[Problem]:
    """Report each key that the schema does not have."""
    for error in errors_of(document):
        if error.keyword != "additionalProperties" or error.entry is None:
            continue
        if not error.is_input or error.entry.key.text not in _WRITTEN_SO:
            yield _problem(document, error, error.entry)


def _problem(document: SsmDocument, error: StructureError, entry: Entry) -> Problem:
    name = entry.key.text
    meant = near(name, error.known)
    text = f"`{name}` is not a key of {place_of(document, error.path)}"
    if not error.path and name in _ELSEWHERE:
        return Problem(entry.key.span, f"`{name}` belongs to {_ELSEWHERE[name]}")
    if meant is None:
        return Problem(entry.key.span, text, severity=Severity.WARNING)
    taken = isinstance(error.node, Mapping) and error.node.get(meant) is not None
    fix = None
    if not taken:
        wrapped = listed_value(document.source, error, entry, meant)
        edits = (rewritten(document.source, entry.key, meant), *([wrapped] if wrapped else []))
        fix = Fix(f"rename it to `{meant}`", edits, Safety.UNSAFE)
    needed = meant in error.schema.get("required", ()) and not taken
    is_read = document.kind is not DocumentKind.AUTOMATION and (
        error.is_input or meant.casefold() == name.casefold()
    )
    severity = Severity.WARNING if is_read and not needed else None
    return Problem(entry.key.span, f"{text}; did you mean `{meant}`?", fix=fix, severity=severity)
