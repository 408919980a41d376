"""
## What it does
Reports a rule of retention that says neither how many nor how long.

## Why is this bad?
`Interval` needs its `IntervalUnit` and the other way round, and a rule without either of them and
without `Count` says nothing. The API model requires none of these members.

For copies to other Regions an empty rule is a warning: CloudFormation's schema requires both
members there, the API model does not.

## Example
```yaml schedule
- Name: nightly
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule:
    Interval: 7  # <-
- Name: weekly
  CreateRule:
    CronExpression: cron(0 13 ? * SUN *)
  RetainRule: {}  # <-
- Name: monthly
  CreateRule:
    CronExpression: cron(0 15 1 * ? *)
  RetainRule:
    Interval: 1
    IntervalUnit: YEARS
  CrossRegionCopyRules:
    - Target: eu-central-1
      Encrypted: true
      RetainRule: {}  # <-
```
Use instead:
```yaml schedule
- Name: nightly
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule:
    Interval: 7
    IntervalUnit: DAYS
- Name: weekly
  CreateRule:
    CronExpression: cron(0 13 ? * SUN *)
  RetainRule:
    Interval: 4
    IntervalUnit: WEEKS
- Name: monthly
  CreateRule:
    CronExpression: cron(0 15 1 * ? *)
  RetainRule:
    Interval: 1
    IntervalUnit: YEARS
  CrossRegionCopyRules:
    - Target: eu-central-1
      Encrypted: true
      RetainRule: {Interval: 1, IntervalUnit: YEARS}
```

## References
- [`RetainRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_RetainRule.html)
- [`AWS::DLM::LifecyclePolicy CrossRegionCopyRetainRule`](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-dlm-lifecyclepolicy-crossregioncopyretainrule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.retentions import Found, retentions
from ssmlint_rules.wording import near

_MEMBERS = ("Count", "Interval", "IntervalUnit")


@rule("POL402", "incomplete-retention", Severity.ERROR, on=LifecyclePolicy)
def incomplete_retention(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each rule that lacks what it needs to say something."""
    for found in retentions(policy):
        names = [entry.key.text for entry in found.rule.node]
        if any(name not in _MEMBERS and near(name, _MEMBERS) for name in names):
            continue  # `unknown-policy-member` speaks of it
        yield from _problems(found)


def _problems(found: Found) -> Iterator[Problem]:
    node, name = found.rule.node, found.rule.key.text
    interval, unit = node.entry("Interval"), node.entry("IntervalUnit")
    if node.get("Count") is not None:
        return
    if interval is not None and unit is None:
        text = "`Interval` needs `IntervalUnit`: `DAYS`, `WEEKS`, `MONTHS` or `YEARS`"
        yield Problem(interval.key.span, text)
    elif unit is not None and interval is None:
        yield Problem(unit.key.span, "`IntervalUnit` needs `Interval`")
    elif interval is None and found.has_count:
        text = f"`{name}` needs `Count`, or `Interval` with `IntervalUnit`"
        yield Problem(found.rule.key.span, text)
    elif interval is None:
        text = f"`{name}` says nothing; expected `Interval` with `IntervalUnit`"
        yield Problem(found.rule.key.span, text, severity=Severity.WARNING)
