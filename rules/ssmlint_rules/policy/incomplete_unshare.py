"""
## What it does
Reports `UnshareInterval` without `UnshareIntervalUnit`, or the unit without the interval.

## Why is this bad?
One without the other says nothing. The API model requires neither; that both are needed together
is inferred, hence a warning. If the share never ends by itself, leave out both.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
ShareRules:
  - TargetAccounts: ['111122223333']
    UnshareInterval: 4  # <-
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
ShareRules:
  - TargetAccounts: ['111122223333']
    UnshareInterval: 4
    UnshareIntervalUnit: DAYS
```

## References
- [`ShareRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_ShareRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule


@rule("POL414", "incomplete-unshare", Severity.WARNING, on=Schedule)
def incomplete_unshare(schedule: Schedule) -> Iterator[Problem]:
    """Report the half that is there."""
    for share in schedule.share_rules:
        interval, unit = share.entry("UnshareInterval"), share.entry("UnshareIntervalUnit")
        if interval is not None and unit is None:
            text = "`UnshareInterval` needs `UnshareIntervalUnit`"
            yield Problem(interval.key.span, text)
        elif unit is not None and interval is None:
            yield Problem(unit.key.span, "`UnshareIntervalUnit` needs `UnshareInterval`")
