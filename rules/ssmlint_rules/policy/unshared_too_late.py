"""
## What it does
Reports snapshots that are to be unshared later than they are deleted.

## Why is this bad?
The time after which a share ends cannot be longer than the time for which the snapshots are kept;
where a number of them is kept, that time follows from the schedule. As long as the retention
itself is a warning: the guide says "not longer", and its example goes only up to the day before.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Interval: 5
  IntervalUnit: DAYS
ShareRules:
  - TargetAccounts: ['111122223333']
    UnshareInterval: 2  # <-
    UnshareIntervalUnit: WEEKS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Interval: 5
  IntervalUnit: DAYS
ShareRules:
  - TargetAccounts: ['111122223333']
    UnshareInterval: 4
    UnshareIntervalUnit: DAYS
```

As long as the retention:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
ShareRules:
  - TargetAccounts: ['111122223333']
    UnshareInterval: 7  # <-
    UnshareIntervalUnit: DAYS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
ShareRules:
  - TargetAccounts: ['111122223333']
    UnshareInterval: 6
    UnshareIntervalUnit: DAYS
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): cross-account sharing
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.period import Period, period
from ssmlint.model.policy import Schedule
from ssmlint.model.policy_members import integer, text
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL413", "unshared-too-late", Severity.ERROR, on=Schedule)
def unshared_too_late(schedule: Schedule) -> Iterator[Problem]:
    """Report each share that is to last longer than the snapshots."""
    retain, kept = schedule.retain_rule, _kept(schedule)
    if retain is None or kept is None:
        return
    for share in schedule.share_rules:
        amount, unit = integer(share, "UnshareInterval"), text(share, "UnshareIntervalUnit")
        node = share.get_scalar("UnshareInterval")
        shared = period(amount, unit) if amount is not None and unit is not None else None
        if shared is None or node is None:
            continue
        words = f"shared for {amount} {unit}, but kept for {retain.words()}"
        notes = (Note(retain.span, "the retention"),)
        if shared.surely_longer_than(kept):
            yield Problem(node.span, words, notes)
        elif shared == kept:
            words = f"{words}: the share should end before the snapshot is deleted"
            yield Problem(node.span, words, notes, severity=Severity.WARNING)


def _kept(schedule: Schedule) -> Period | None:
    """For how long a snapshot exists."""
    retain, gap = schedule.retain_rule, schedule.gap
    if retain is None or schedule.node.get("ArchiveRule") is not None:
        return None
    if retain.type == "count" and gap is not None and retain.count:
        return gap.times(retain.count)
    return retain.period if retain.type == "age" else None
