"""
## What it does
Reports a creation rule that has a cron expression and an interval, too.

## Why is this bad?
A schedule is given either by `CronExpression` or by `Interval`, `IntervalUnit` and `Times`, not by
both. The command line, CloudFormation and Terraform all let both pass, and the API refuses them.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
  Interval: 24  # <-
  IntervalUnit: HOURS
RetainRule:
  Count: 7
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
```

## References
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL201", "cron-and-interval", Severity.ERROR, on=Schedule)
def cron_and_interval(schedule: Schedule) -> Iterator[Problem]:
    """Report the first member of an interval beside a cron expression."""
    create = schedule.create_rule
    cron = create.entry("CronExpression") if create is not None else None
    if create is None or cron is None:
        return
    found = [entry for entry in create if entry.key.text in ("Interval", "IntervalUnit", "Times")]
    if found:
        names = ", ".join(f"`{entry.key.text}`" for entry in found)
        text = f"{names} cannot stand beside `CronExpression`; choose one of the two"
        yield Problem(found[0].key.span, text, (Note(cron.key.span, "the cron expression"),))
