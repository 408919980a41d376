"""
## What it does
Reports a rule for copies to other Regions without a retention of its own.

## Why is this bad?
The retention of the schedule does not hold for the copies: they have a `RetainRule` of their own. No
source says what happens without one; most likely the copies are kept, and paid for, until somebody
deletes them (inferred, hence a warning).

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1  # <-
    Encrypted: true
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1
    Encrypted: true
    RetainRule:
      Interval: 7
      IntervalUnit: DAYS
```

## References
- [`CrossRegionCopyRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CrossRegionCopyRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import first_span, mappings
from ssmlint.rule import Problem, Severity, rule


@rule("POL504", "copy-without-retention", Severity.WARNING, on=LifecyclePolicy)
def copy_without_retention(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each copy without `RetainRule`."""
    copies = [copy for schedule in policy.schedules for copy in schedule.copy_rules]
    for action in mappings(policy.details, "Actions"):
        copies += mappings(action, "CrossRegionCopy")
    for copy in copies:
        if copy.get("RetainRule") is None:
            target = copy.get_scalar("Target") or copy.get_scalar("TargetRegion")
            where = f"copies to `{target.text}`" if target is not None else "copies"
            span = target.span if target is not None else first_span(copy)
            yield Problem(span, f"{where} have no `RetainRule`, so that nothing deletes them")
