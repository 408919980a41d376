"""
## What it does
Reports a step of a runbook that has both `isEnd: true` and `nextStep`.

## Why is this bad?
The automation cannot end with a step and go on after it. Systems Manager refuses the runbook:
"`isEnd == true` and nextStep should not exist in same step."

## Example
```yaml automation
- name: stop
  action: aws:changeInstanceState
  nextStep: tell
  isEnd: true  # <-
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
- name: stop
  action: aws:changeInstanceState
  nextStep: tell
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: tell
  action: aws:sleep
  isEnd: true
  inputs:
    Duration: PT1S
```

## References
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight)
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, is_true
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT105", "next-step-after-end", Severity.ERROR, on=Runbook)
def next_step_after_end(runbook: Runbook) -> Iterator[Problem]:
    """Report each end that is none."""
    for step in runbook.steps:
        end, following = step.node.entry("isEnd"), step.node.entry("nextStep")
        if end is not None and following is not None and is_true(step, "isEnd"):
            text = "`isEnd` and `nextStep` exclude each other; Systems Manager refuses the runbook"
            yield Problem(end.key.span, text, (Note(following.key.span, "the step after it"),))
