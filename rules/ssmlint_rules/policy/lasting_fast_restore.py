"""
## What it does
Reports every rule for fast snapshot restore, as a reminder of what it costs.

## Why is this bad?
Fast restore stays enabled, and is billed, on the snapshots of a policy that has been disabled or
deleted: switching it off there is up to you. Since that is true of every such rule, this one is
opt-in, for reviews.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
FastRestoreRule:  # <-
  Count: 1
  AvailabilityZones: [eu-west-1a]
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): fast snapshot restore
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule


@rule("POL412", "lasting-fast-restore", Severity.INFO, on=Schedule, default=False)
def lasting_fast_restore(schedule: Schedule) -> Iterator[Problem]:
    """Report a rule for fast restore."""
    entry = schedule.node.entry("FastRestoreRule")
    if entry is not None:
        text = "fast restore stays enabled, and billed, when the policy is disabled or deleted"
        yield Problem(entry.key.span, text)
