"""
## What it does
Reports a retention of more than a hundred years, or a deprecation after more than ten.

## Why is this bad?
The API reference limits retention to 100 years (1200 months, 5200 weeks, 36500 days) and
deprecation to 10 years (120 months, 520 weeks, 3650 days). Neither the API model nor
CloudFormation's schema has these limits, so the policy fails only when it is created.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Interval: 40000  # <-
  IntervalUnit: DAYS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Interval: 365
  IntervalUnit: DAYS
```

## References
- [`RetainRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_RetainRule.html)
- [`DeprecateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_DeprecateRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.retentions import retentions


@rule("POL404", "too-long-retention", Severity.ERROR, on=LifecyclePolicy)
def too_long_retention(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each interval beyond the limit of its unit."""
    for found in retentions(policy):
        interval, unit = found.rule.interval, found.rule.unit
        node = found.rule.node.get_scalar("Interval")
        if found.longest is None or interval is None or unit is None or node is None:
            continue
        most = found.longest.get(unit)
        if most is not None and interval > most:
            years = found.longest["YEARS"]
            text = f"{interval} {unit} is more than {years} years; expected at most {most} {unit}"
            yield Problem(node.span, text)
