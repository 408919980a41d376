"""
## What it does
Reports a `timeoutSeconds` that is longer than a step of that action can last, and an `aws:sleep` of more
than seven days.

## Why is this bad?
The longer time is not given: a script of `aws:executeScript` is ended after 600 seconds, a call of
`aws:invokeLambdaFunction` after 300, `aws:pause` after 30 days. A sleep beyond seven days fails, which is
an error.

## Example
```yaml automation
- name: count
  action: aws:executeScript
  timeoutSeconds: 1800  # <-
  inputs:
    Runtime: python3.11
    Handler: count
    Script: |
      def count(events, context):
          return {"count": 1}
- name: wait
  action: aws:sleep
  inputs:
    Duration: P8D  # <-
```
Use instead:
```yaml automation
- name: count
  action: aws:executeScript
  timeoutSeconds: 600
  inputs:
    Runtime: python3.11
    Handler: count
    Script: |
      def count(events, context):
          return {"count": 1}
- name: wait
  action: aws:sleep
  inputs:
    Duration: P7D
```

## References
- [aws:executeScript](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html), [aws:invokeLambdaFunction](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-lamb.html), [aws:pause](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-pause.html), [aws:sleep](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-sleep.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.durations import seconds_of
from ssmlint.automation.runbook import Runbook, action_of
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("AUT404", "timeout-beyond-limit", Severity.WARNING, on=Runbook)
def timeout_beyond_limit(runbook: Runbook) -> Iterator[Problem]:
    """Report each time that a step does not get."""
    for step in runbook.steps:
        action = action_of(step)
        if action is None or action.longest is None:
            continue
        node = step.node.get_scalar("timeoutSeconds")
        text = node.text.strip() if node else ""
        is_number = text.isascii() and text.isdigit() and len(text) < 20
        if node is not None and is_number and int(text) > action.longest:
            text = f"`{action.name}` lasts at most {action.longest} seconds"
            yield Problem(node.span, f"{text}, whatever its timeout")
        entry = step.input("Duration") if step.action == "aws:sleep" else None
        if entry is None or not isinstance(entry.value, Scalar):
            continue
        if (seconds_of(entry.value.text.strip()) or 0) > action.longest:
            text = f"`aws:sleep` waits at most {action.longest} seconds, which are 7 days"
            yield Problem(entry.value.span, text, severity=Severity.ERROR)
