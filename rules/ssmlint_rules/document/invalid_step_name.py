"""
## What it does
Reports a step whose name has other characters than letters, digits and underscores.

## Why is this bad?
Systems Manager refuses the document: "StepName: stop-instance is invalid." Hyphens, spaces and dots are
the usual ones; a dot would also make `{{ step.output }}` ambiguous.

## Example
```yaml automation
- name: stop-instance  # <-
  action: aws:changeInstanceState
  onFailure: step:tell
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: tell
  action: aws:sleep
  nextStep: stop-instance
  inputs:
    Duration: PT1M
```
Use instead:
```yaml automation
- name: stopInstance
  action: aws:changeInstanceState
  onFailure: step:tell
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: tell
  action: aws:sleep
  nextStep: stopInstance
  inputs:
    Duration: PT1M
```

In a Command document, too:
```yaml step
- action: aws:runShellScript
  name: freeze data  # <-
  inputs:
    runCommand: [date]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freezeData
  inputs:
    runCommand: [date]
```

## Fix safety
Unsafe: the name and all jumps to it change, and whoever reads the results of the step by its name has to
know the new one.

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `StepName: ... is invalid.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten
from ssmlint_rules.wording import is_filled_in_later

_VALID = re.compile(r"[a-zA-Z0-9_]+")


@rule("SSM320", "invalid-step-name", Severity.ERROR, on=SsmDocument)
def invalid_step_name(document: SsmDocument) -> Iterator[Problem]:
    """Report each name that a step cannot have."""
    for step in document.all_steps:
        node = step.node.get_scalar("name") if step.key is None else None
        if node is None or node.value is None or node.tag is not None:
            continue
        if not _VALID.fullmatch(node.text) and not is_filled_in_later(node.text):
            text = f"`{node.text}` is no name of a step: letters, digits and `_` only"
            yield Problem(node.span, text, fix=_fix(document, node))


def _fix(document: SsmDocument, node: Scalar) -> Fix | None:
    parts = re.findall(r"[a-zA-Z0-9_]+", node.text)
    name = "".join(parts[:1] + [part[:1].upper() + part[1:] for part in parts[1:]])
    names = [step.name for step in document.all_steps]
    if not name or name in names or names.count(node.text) > 1:
        return None
    if f"{node.text}." in document.source.text:
        return None  # references to its outputs would stay behind
    edits = [rewritten(document.source, node, name)]
    if document.kind is DocumentKind.AUTOMATION:
        jumps = Runbook(document).jumps
        edits.extend(Edit(jump.span, name) for jump in jumps if jump.target == node.text)
    return Fix(f"rename it to `{name}`", tuple(edits), Safety.UNSAFE)
