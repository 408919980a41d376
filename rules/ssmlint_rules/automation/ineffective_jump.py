"""
## What it does
Reports a `nextStep` or `isEnd` of an `aws:branch` that has a `Default`.

## Why is this bad?
With a `Default`, a branch always goes to one of the steps that it names. `nextStep` and `isEnd` are
for branches without one, and mislead whoever reads the runbook here.

## Example
```yaml automation
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: stop
        Variable: '{{ InstanceId }}'
        StringEquals: i-0123456789abcdef0
    Default: tell
  isEnd: true  # <-
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
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
      - NextStep: stop
        Variable: '{{ InstanceId }}'
        StringEquals: i-0123456789abcdef0
    Default: tell
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: tell
  action: aws:sleep
  inputs:
    Duration: PT1S
```

## Fix safety
Safe: what is taken out has no effect.

## References
- [aws:branch](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-branch.html)
- [Using conditional statements in runbooks](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html): `isEnd` instead of a `Default`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, is_true
from ssmlint.rule import Note, Problem, Safety, Severity, rule
from ssmlint_rules.edits import taken_out


@rule("AUT107", "ineffective-jump", Severity.WARNING, on=Runbook)
def ineffective_jump(runbook: Runbook) -> Iterator[Problem]:
    """Report each property of a branch that its `Default` makes void."""
    for step in runbook.steps:
        default = step.input("Default") if step.action == "aws:branch" else None
        if default is None:
            continue
        for key in ("nextStep", "isEnd"):
            entry = step.node.entry(key)
            if entry is not None and (key == "nextStep" or is_true(step, key)):
                text = f"`{key}` has no effect in a branch with a `Default`"
                fix = taken_out(runbook.document.source, step.node, entry, Safety.SAFE)
                note = Note(default.key.span, "the `Default`")
                yield Problem(entry.key.span, text, (note,), fix=fix)
