"""
## What it does
Reports a creation rule that does not say when, or only half of it.

## Why is this bad?
A creation rule needs a `CronExpression`, or an `Interval` with its `IntervalUnit`. `Times` may be
left out: then Data Lifecycle Manager chooses a time within the next 24 hours. The API model
requires none of these members, so that nobody but the service notices.

## Example
```yaml schedule
CreateRule:
  Interval: 12  # <-
RetainRule:
  Count: 7
```
Use instead:
```yaml schedule
CreateRule:
  Interval: 12
  IntervalUnit: HOURS
RetainRule:
  Count: 7
```

A time without an interval:
```yaml schedule
CreateRule:
  Times: ['09:00']  # <-
RetainRule:
  Count: 7
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 9 * * ? *)
RetainRule:
  Count: 7
```

## References
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.wording import near

_MEMBERS = ("CronExpression", "Interval", "IntervalUnit")


@rule("POL202", "missing-creation-time", Severity.ERROR, on=Schedule)
def missing_creation_time(schedule: Schedule) -> Iterator[Problem]:
    """Report a creation rule without cron expression and interval, or with half an interval."""
    create, key = schedule.create_rule, schedule.node.entry("CreateRule")
    if create is None or key is None or create.get("CronExpression") is not None:
        return
    misspelt = [e for e in create if e.key.text not in _MEMBERS and near(e.key.text, _MEMBERS)]
    if misspelt:
        return  # `unknown-policy-member` speaks of it
    interval, unit = create.entry("Interval"), create.entry("IntervalUnit")
    if interval is not None and unit is None:
        text = "`Interval` needs `IntervalUnit: HOURS` beside it"
        yield Problem(interval.key.span, text)
    elif interval is None:
        found = unit or create.entry("Times")
        span = found.key.span if found is not None else key.key.span
        text = f"schedule `{schedule.name}` says no time; expected `CronExpression` or `Interval`"
        yield Problem(span, text)
