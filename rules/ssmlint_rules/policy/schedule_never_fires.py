"""
## What it does
Reports a cron expression that never fires, or never fires again.

## Why is this bad?
The policy is created, is enabled, and makes no snapshot: 30 February, the fifth Monday of a
February that has none, a year that is over.

What lies in the past depends on the day of the run; set `SOURCE_DATE_EPOCH` to fix it.

## Example
```yaml schedule
- Name: february
  CreateRule:
    CronExpression: cron(0 3 30 2 ? *)  # <-
  RetainRule: {Count: 7}
- Name: past
  CreateRule:
    CronExpression: cron(0 3 1 * ? 2020)  # <-
  RetainRule: {Count: 7}
```
Use instead:
```yaml schedule
- Name: february
  CreateRule:
    CronExpression: cron(0 3 L 2 ? *)
  RetainRule: {Count: 7}
- Name: monthly
  CreateRule:
    CronExpression: cron(0 3 1 * ? *)
  RetainRule: {Count: 7}
```

## References
- [EventBridge user guide: cron expressions reference](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ssmlint import clock
from ssmlint.cron import next_fires
from ssmlint.model.policy import PolicyForm, Schedule
from ssmlint.rule import Problem, Severity, rule


@rule("POL204", "schedule-never-fires", Severity.ERROR, on=Schedule)
def schedule_never_fires(schedule: Schedule) -> Iterator[Problem]:
    """Report an expression without a fire time from now on."""
    cron, node = schedule.cron, schedule.cron_node
    if cron is None or node is None or schedule.policy.form is PolicyForm.STORED:
        return
    if next_fires(cron, clock.now(), 1):
        return
    if next(cron.days_from(date.min), None) is None:
        yield Problem(node.span, f"`{node.text}` never fires: no such day exists")
    else:
        yield Problem(node.span, f"`{node.text}` never fires again: its years are over")
