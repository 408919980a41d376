"""
## What it does
Reports a cron expression that fires more than once an hour, or less than once a year.

## Why is this bad?
The interval of a schedule must be between one hour and one year; the API refuses others. A list
or a step in the minutes always fires too often. A yearly schedule is fine even where its date
moves by some days (`MON#1`). How the service computes the interval is not documented: here the
shortest and the longest time between two successive fire times count (inferred).

## Example
```yaml schedule
- Name: often
  CreateRule:
    CronExpression: cron(0/30 8-18 * * ? *)  # <-
  RetainRule: {Count: 7}
- Name: rare
  CreateRule:
    CronExpression: cron(0 3 29 2 ? *)  # <-
  RetainRule: {Count: 7}
```
Use instead:
```yaml schedule
- Name: often
  CreateRule:
    CronExpression: cron(0 8-18 * * ? *)
  RetainRule: {Count: 7}
- Name: rare
  CreateRule:
    CronExpression: cron(0 3 28 2 ? *)
  RetainRule: {Count: 7}
```

## References
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html): `CronExpression`
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.fire_times import fire_note

_SHORTEST = timedelta(hours=1)
#: A year, and the days by which "the first Monday of January" moves.
_LONGEST = timedelta(days=366 + 7)


@rule("POL205", "schedule-interval-out-of-range", Severity.ERROR, on=Schedule)
def schedule_interval_out_of_range(schedule: Schedule) -> Iterator[Problem]:
    """Report an expression by its shortest and its longest gap."""
    cron, node = schedule.cron, schedule.cron_node
    if cron is None or node is None or cron.gaps is None:
        return
    shortest, longest = cron.gaps
    notes = (fire_note(node.span, cron),)
    if shortest < _SHORTEST:
        minutes = int(shortest.total_seconds() // 60)
        text = f"`{node.text}` fires {minutes} minutes apart, expected at least an hour"
        yield Problem(node.span, text, notes)
    if longest > _LONGEST:
        text = f"`{node.text}` fires {longest.days} days apart, expected at most a year"
        yield Problem(node.span, text, notes)
