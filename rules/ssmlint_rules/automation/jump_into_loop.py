"""
## What it does
Reports a `nextStep`, choice, `onFailure` or `onCancel` that leads to a step inside of an `aws:loop`
from outside of it.

## Why is this bad?
The steps of a loop belong to its turns: the loop runs them, once for each item. What a step would do
that is reached without a turn, with no `CurrentIteratorValue`, no page of AWS says; that Systems
Manager refuses it is inferred. Lead to the loop itself.

## Example
```yaml automation
- name: wait
  action: aws:sleep
  nextStep: stop  # <-
  inputs:
    Duration: PT1M
- name: each
  action: aws:loop
  inputs:
    Iterators: ['{{ InstanceId }}']
    Steps:
      - name: stop
        action: aws:changeInstanceState
        inputs:
          InstanceIds: ['{{ each.CurrentIteratorValue }}']
          DesiredState: stopped
```
Use instead:
```yaml automation
- name: wait
  action: aws:sleep
  nextStep: each
  inputs:
    Duration: PT1M
- name: each
  action: aws:loop
  inputs:
    Iterators: ['{{ InstanceId }}']
    Steps:
      - name: stop
        action: aws:changeInstanceState
        inputs:
          InstanceIds: ['{{ each.CurrentIteratorValue }}']
          DesiredState: stopped
```

## References
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html): `Steps`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT111", "jump-into-loop", Severity.ERROR, on=Runbook)
def jump_into_loop(runbook: Runbook) -> Iterator[Problem]:
    """Report each jump whose target is in a loop in which it does not stand itself."""
    for jump in runbook.jumps:
        target = runbook.by_name.get(jump.target)
        if target is None or target.loop is None or _is_inside(target.loop, jump.step):
            continue
        loop = target.loop.name
        message = f"`{jump.target}` is run by the loop `{loop}`; lead to `{loop}`"
        yield Problem(jump.span, message, (Note(target.label_span, f"`{jump.target}` is here"),))


def _is_inside(loop: Step, step: Step | None) -> bool:
    while step is not None and step.loop is not loop:
        step = step.loop
    return step is not None
