"""
## What it does
Reports AMIs that are to be deprecated later than they are deregistered.

## Why is this bad?
The deprecation must come before the end: by count at most the number that is kept, by age at most
the time of retention, and for copies at most the retention of the copy. The API refuses the rest.

## Example
```yaml schedule of images
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
DeprecateRule:
  Count: 10  # <-
CrossRegionCopyRules:
  - TargetRegion: eu-central-1
    Encrypted: true
    RetainRule: {Interval: 3, IntervalUnit: MONTHS}
    DeprecateRule:
      Interval: 1  # <-
      IntervalUnit: YEARS
```
Use instead:
```yaml schedule of images
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
DeprecateRule:
  Count: 3
CrossRegionCopyRules:
  - TargetRegion: eu-central-1
    Encrypted: true
    RetainRule: {Interval: 3, IntervalUnit: MONTHS}
    DeprecateRule:
      Interval: 2
      IntervalUnit: MONTHS
```

## References
- [`DeprecateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_DeprecateRule.html)
- [`CrossRegionCopyDeprecateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CrossRegionCopyDeprecateRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.model.policy_members import Retention, retention
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL415", "late-deprecation", Severity.ERROR, on=Schedule)
def late_deprecation(schedule: Schedule) -> Iterator[Problem]:
    """Report each deprecation beyond its retention."""
    pairs = [(schedule.deprecate_rule, schedule.retain_rule)]
    pairs += [
        (retention(copy.entry("DeprecateRule")), retention(copy.entry("RetainRule")))
        for copy in schedule.copy_rules
    ]
    for deprecate, retain in pairs:
        if deprecate is not None and retain is not None and _is_later(deprecate, retain):
            text = f"deprecated after {_words(deprecate)}, but kept for {_words(retain)} only"
            yield Problem(deprecate.span, text, (Note(retain.span, "the retention"),))


def _is_later(deprecate: Retention, retain: Retention) -> bool:
    if deprecate.count is not None and retain.count is not None:
        return deprecate.count > retain.count
    if deprecate.period is None or retain.period is None:
        return False
    return deprecate.period.surely_longer_than(retain.period)


def _words(rule: Retention) -> str:
    return rule.words().replace("snapshot", "AMI")
