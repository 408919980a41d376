"""
## What it does
Reports a cron expression that fires once and for all.

## Why is this bad?
It is legal, but snapshots are deleted when later ones take their place. Of a schedule that creates
a single snapshot, that one stays until somebody deletes it by hand, whatever the retention rule
says, and is paid for.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 1 ? 2150)  # <-
RetainRule:
  Interval: 30
  IntervalUnit: DAYS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 1 ? *)
RetainRule:
  Interval: 30
  IntervalUnit: DAYS
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): considerations
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint import clock
from ssmlint.cron import next_fires
from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.fire_times import fire_note


@rule("POL206", "one-shot-schedule", Severity.WARNING, on=Schedule)
def one_shot_schedule(schedule: Schedule) -> Iterator[Problem]:
    """Report an expression with exactly one fire time."""
    cron, node = schedule.cron, schedule.cron_node
    if cron is None or node is None or not cron.is_one_shot:
        return
    if next_fires(cron, clock.now(), 1):
        text = f"`{node.text}` fires once, and its snapshot is never deleted"
        yield Problem(node.span, text, (fire_note(node.span, cron),))
