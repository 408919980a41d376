"""
## What it does
Reports a rule of retention with a count and with an interval.

## Why is this bad?
Snapshots are kept either by number (`Count`) or by age (`Interval` and `IntervalUnit`). The
command line and CloudFormation let both pass, and the API refuses them.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
  Interval: 7  # <-
  IntervalUnit: DAYS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Interval: 7
  IntervalUnit: DAYS
```

## References
- [`RetainRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_RetainRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.retentions import retentions


@rule("POL401", "count-and-interval", Severity.ERROR, on=LifecyclePolicy)
def count_and_interval(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the interval beside a count."""
    for found in retentions(policy):
        node = found.rule.node
        count = node.entry("Count")
        other = node.entry("Interval") or node.entry("IntervalUnit")
        if found.has_count and count is not None and other is not None:
            text = f"`{other.key.text}` cannot stand beside `Count` in `{found.rule.key.text}`"
            yield Problem(other.key.span, text, (Note(count.key.span, "the count"),))
