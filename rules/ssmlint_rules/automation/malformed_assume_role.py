"""
## What it does
Reports an `assumeRole` that is neither the ARN of an IAM role nor a parameter that can hold one.

## Why is this bad?
Systems Manager checks the role when the runbook is created or started, and refuses what is none: the
name of a role, the ARN of a user or of an instance profile, an account id with a digit too few. And a
parameter that is a list or a number cannot be a role, nor can the output of a step, since none has run.

## Example
```yaml document
schemaVersion: '0.3'
assumeRole: arn:aws:iam::123456789012:instance-profile/automation  # <-
mainSteps:
  - name: wait
    action: aws:sleep
    inputs:
      Duration: PT1M
```
Use instead:
```yaml document
schemaVersion: '0.3'
assumeRole: arn:aws:iam::123456789012:role/automation
mainSteps:
  - name: wait
    action: aws:sleep
    inputs:
      Duration: PT1M
```

A parameter of a type that holds no role:
```yaml document
schemaVersion: '0.3'
assumeRole: '{{ Roles }}'  # <-
parameters:
  Roles:
    type: StringList
mainSteps:
  - name: wait
    action: aws:sleep
    inputs:
      Duration: PT1M
```

## References
- [Data elements and parameters: `assumeRole`](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [Automation system variables: supported scenarios](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html): a constant ARN, or a parameter
- [IAM identifiers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import REFERENCE, ReferenceKind, kind_of
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.wording import is_filled_in_later

_ROLE = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+", re.ASCII)


@rule("AUT501", "malformed-assume-role", Severity.ERROR, on=Runbook)
def malformed_assume_role(runbook: Runbook) -> Iterator[Problem]:
    """Report a role that cannot be one."""
    node = runbook.document.root.get_scalar("assumeRole")
    if node is None or not node.is_string or node.tag is not None or not node.text.strip():
        return
    text = node.text.strip()
    match = REFERENCE.fullmatch(text)
    parameter = runbook.document.parameters.get(match["name"]) if match else None
    if parameter is not None:
        kind = parameter.type or "String"
        if (kind != "String" and "AWS::" not in kind) or kind.startswith("List<"):
            note = Note(parameter.key.span, "declared here")
            yield Problem(node.span, f"a `{kind}` cannot be a role; use a `String`", (note,))
    elif match and kind_of(match["name"]) is ReferenceKind.STEP_OUTPUT:
        yield Problem(node.span, "the role is assumed before any step has run")
    elif not is_filled_in_later(text) and not _ROLE.fullmatch(text):
        found = "the name alone is not enough" if ":" not in text else f"`{text}` is none"
        yield Problem(node.span, f"`assumeRole` must be the ARN of an IAM role; {found}")
