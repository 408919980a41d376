"""
## What it does
Reports an `aws:approve` that asks for more approvals than there are approvers, for none, or that has
more than ten approvers.

## Why is this bad?
The automation waits seven days for approvals that nobody can give, and then fails; or the runbook is
refused.

## Example
```yaml automation
- name: ask
  action: aws:approve
  inputs:
    MinRequiredApprovals: 3  # <-
    Approvers:
      - arn:aws:iam::123456789012:user/ann
      - arn:aws:iam::123456789012:user/bob
```
Use instead:
```yaml automation
- name: ask
  action: aws:approve
  inputs:
    MinRequiredApprovals: 2
    Approvers:
      - arn:aws:iam::123456789012:user/ann
      - arn:aws:iam::123456789012:user/bob
```

## References
- [aws:approve](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-approve.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Node, Scalar, Sequence

MOST_APPROVERS = 10


@rule("AUT406", "impossible-approval", Severity.ERROR, on=Runbook)
def impossible_approval(runbook: Runbook) -> Iterator[Problem]:
    """Report each approval that cannot be reached."""
    for step in runbook.steps:
        if step.action == "aws:approve":
            yield from _judged(step)


def _judged(step: Step) -> Iterator[Problem]:
    needed, approvers = step.input("MinRequiredApprovals"), step.input("Approvers")
    names = approvers.value if approvers is not None else None
    if approvers is not None and isinstance(names, Sequence) and len(names) > MOST_APPROVERS:
        text = f"{len(names)} approvers are more than the {MOST_APPROVERS} there can be"
        yield Problem(approvers.key.span, text)
    number = _number(needed.value) if needed is not None else None
    if needed is None or number is None:
        return
    if number < 1:
        yield Problem(needed.value.span, "at least one approval has to be required")
    # A role stands for as many people as can assume it, and a reference for anybody.
    elif isinstance(names, Sequence) and number > len(names) and all(map(_is_person, names)):
        text = f"{number} approvals are required, and only {len(names)} can be given"
        notes = (Note(approvers.key.span, "the approvers"),) if approvers is not None else ()
        yield Problem(needed.value.span, text, notes)


def _number(node: Node) -> int | None:
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _is_person(node: Node) -> bool:
    return isinstance(node, Scalar) and "{{" not in node.text and ":role/" not in node.text
