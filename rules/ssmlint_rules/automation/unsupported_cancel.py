"""
## What it does
Reports an `onCancel` that leads to a step which cannot run then, or stands in a step whose action
does not have it.

## Why is this bad?
After somebody cancels an automation, at most two minutes are left for the steps that `onCancel`
leads to, so it cannot lead to actions that wait or create: `aws:approve`, `aws:copyImage`,
`aws:createImage`, `aws:createStack`, `aws:createTags`, `aws:loop`, `aws:pause`, `aws:runInstances`,
`aws:sleep`. And `aws:loop` and `aws:updateVariable` have no `onCancel`; steps inside of a loop do.
What was to be undone stays as it is. No source says that Systems Manager refuses such a runbook, so it is
a warning.

## Example
```yaml automation
- name: stop
  action: aws:changeInstanceState
  onCancel: step:keep  # <-
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: keep
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: as-it-was
```
Use instead:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  onCancel: step:start
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: start
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: running
```

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common), `onCancel`
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html), [aws:updateVariable](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-update-variable.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, Way, action_of
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT106", "unsupported-cancel", Severity.WARNING, on=Runbook)
def unsupported_cancel(runbook: Runbook) -> Iterator[Problem]:
    """Report each `onCancel` that cannot be followed."""
    for step in runbook.steps:
        entry, action = step.node.entry("onCancel"), action_of(step)
        if entry is not None and action is not None and not action.has_cancel:
            yield Problem(entry.key.span, f"`{action.name}` does not support `onCancel`")
    for jump in runbook.jumps:
        target = runbook.by_name.get(jump.target)
        action = action_of(target) if target is not None else None
        if target is None or action is None or jump.way is not Way.CANCEL:
            continue
        if not action.is_cancel_target:
            text = f"`onCancel` cannot lead to `{jump.target}`: `{action.name}` is not run then"
            yield Problem(jump.span, text, (Note(target.label_span, "the step"),))
