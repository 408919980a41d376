"""
## What it does
Reports snapshots that are to be kept for less time than lies between two of them.

## Why is this bad?
Data Lifecycle Manager never deletes the last snapshot of a schedule by age: it waits for the next
one. With a retention of 7 days, a monthly snapshot is kept for a month. Nothing is lost, but the
number in the policy is not what happens, and the older guide asked for a retention of at least
the creation interval. This is advice.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Interval: 7  # <-
  IntervalUnit: DAYS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Interval: 3
  IntervalUnit: MONTHS
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): considerations for age-based retention
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.fire_times import fire_note


@rule("POL405", "retention-shorter-than-schedule", Severity.INFO, on=Schedule)
def retention_shorter_than_schedule(schedule: Schedule) -> Iterator[Problem]:
    """Report an age that is surely less than the time between two snapshots."""
    retain, gap = schedule.retain_rule, schedule.gap
    if retain is None or gap is None or schedule.node.get("ArchiveRule") is not None:
        return
    kept = retain.period
    if kept is not None and retain.interval and gap.surely_longer_than(kept):
        text = f"kept for {retain.words()}, but the next snapshot takes its place only after "
        text += f"{gap.shortest:g} days"
        cron, node = schedule.cron, schedule.cron_node
        notes = (fire_note(node.span, cron),) if cron is not None and node is not None else ()
        yield Problem(retain.span, text, notes)
