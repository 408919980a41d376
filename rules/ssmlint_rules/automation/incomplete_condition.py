"""
## What it does
Reports a choice of `aws:branch`, or a condition of it or of the `LoopCondition` of `aws:loop`, that
has no `Variable`, no operation, or more than one.

## Why is this bad?
A condition compares one variable with one value, or puts other conditions together with `And`, `Or`
and `Not`. Systems Manager checks the operations when the runbook is created, and of two operations
in one condition only one can count.

## Example
```yaml automation
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: tell  # <-
        Variable: '{{ InstanceId }}'
      - NextStep: tell  # <-
        Variable: '{{ InstanceId }}'
        StartsWith: i-
        EndsWith: '0'
      - NextStep: tell
        Not:
          StringEquals: i-0123456789abcdef0  # <-
  isEnd: true
- name: tell
  action: aws:sleep
  inputs:
    Duration: PT1S
```
Use instead:
```yaml automation
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: tell
        And:
          - Variable: '{{ InstanceId }}'
            StartsWith: i-
          - Variable: '{{ InstanceId }}'
            EndsWith: '0'
      - NextStep: tell
        Not:
          Variable: '{{ InstanceId }}'
          StringEquals: i-0123456789abcdef0
  isEnd: true
- name: tell
  action: aws:sleep
  inputs:
    Duration: PT1S
```

## References
- [aws:branch](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-branch.html)
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html): `LoopCondition`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, conditions
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping
from ssmlint_rules.conditions import JOINTS, OPERATIONS, roots
from ssmlint_rules.wording import is_filled_in_later, listed


@rule("AUT108", "incomplete-condition", Severity.ERROR, on=Runbook)
def incomplete_condition(runbook: Runbook) -> Iterator[Problem]:
    """Report each condition that does not compare one variable with one value."""
    for step in runbook.steps:
        for root in roots(step):
            for condition in conditions(root):
                yield from _judged(condition)


def _judged(condition: Mapping) -> Iterator[Problem]:
    keys = [entry.key for entry in condition if entry.key.text != "NextStep"]
    names = [key.text for key in keys]
    unknown = [n for n in names if n not in (*JOINTS, *OPERATIONS, "Variable")]
    if unknown or any(is_filled_in_later(name) for name in names) or not condition.entries:
        return  # `unknown-key` speaks of it
    used = [key for key in keys if key.text in JOINTS or key.text in OPERATIONS]
    first = condition.entries[0].key.span
    if len(used) > 1:
        notes = tuple(Note(key.span, "an operation") for key in used)
        text = f"a condition has one operation, not {listed(key.text for key in used)} at once"
        yield Problem(first, text.replace(" or ", " and "), notes)
    elif not used:
        yield Problem(first, "the condition has no operation, such as `StringEquals`")
    elif used[0].text in OPERATIONS and "Variable" not in names:
        yield Problem(first, f"`{used[0].text}` needs a `Variable` to compare")
