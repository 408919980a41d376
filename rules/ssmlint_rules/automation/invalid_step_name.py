"""
## What it does
Reports a step of a runbook whose name has other characters than letters, digits and underscores.

## Why is this bad?
Systems Manager refuses the runbook: "StepName: stop-instance is invalid." Hyphens, spaces and dots are
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

## Fix safety
Unsafe: the name and all jumps to it change; outputs of the runbook have another name for whoever reads
them.

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `StepName: ... is invalid.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import Step
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten
from ssmlint_rules.wording import is_filled_in_later

_VALID = re.compile(r"[a-zA-Z0-9_]+")


@rule("AUT503", "invalid-step-name", Severity.ERROR, on=Runbook)
def invalid_step_name(runbook: Runbook) -> Iterator[Problem]:
    """Report each name that a step cannot have."""
    for step in runbook.steps:
        node = step.node.get_scalar("name")
        if node is None or node.value is None or node.tag is not None:
            continue
        if not _VALID.fullmatch(node.text) and not is_filled_in_later(node.text):
            text = f"`{node.text}` is no name of a step: letters, digits and `_` only"
            yield Problem(node.span, text, fix=_fix(runbook, step, node))


def _fix(runbook: Runbook, step: Step, node: Scalar) -> Fix | None:
    parts = re.findall(r"[a-zA-Z0-9_]+", node.text)
    name = "".join(parts[:1] + [part[:1].upper() + part[1:] for part in parts[1:]])
    if not name or name in runbook.by_name or runbook.by_name.get(node.text) is not step:
        return None
    if f"{node.text}." in runbook.document.source.text:
        return None  # references to its outputs would stay behind
    edits = [rewritten(runbook.document.source, node, name)]
    edits.extend(Edit(jump.span, name) for jump in runbook.jumps if jump.target == node.text)
    return Fix(f"rename it to `{name}`", tuple(edits), Safety.UNSAFE)
