"""
## What it does
Reports a retention of zero snapshots or zero days where it is not possible.

## Why is this bad?
Zero means "archive it at once", so it needs an `ArchiveRule`; and snapshots that are restored
fast, shared or copied must be kept for a while, so that with one of these rules the retention must
be at least one even where there is an archive.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Count: 0  # <-
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Count: 0
ArchiveRule:
  RetainRule:
    RetentionArchiveTier: {Count: 12}
```

With an archive, but shared:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Interval: 0  # <-
  IntervalUnit: DAYS
ArchiveRule:
  RetainRule:
    RetentionArchiveTier: {Interval: 1, IntervalUnit: YEARS}
ShareRules:
  - TargetAccounts: ['111122223333']
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Interval: 7
  IntervalUnit: DAYS
ArchiveRule:
  RetainRule:
    RetentionArchiveTier: {Interval: 1, IntervalUnit: YEARS}
ShareRules:
  - TargetAccounts: ['111122223333']
```

## References
- [`RetainRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_RetainRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Sequence

_KEEPING = ("FastRestoreRule", "ShareRules", "CrossRegionCopyRules")


@rule("POL403", "zero-retention", Severity.ERROR, on=Schedule)
def zero_retention(schedule: Schedule) -> Iterator[Problem]:
    """Report a zero without an archive, or beside a rule that needs the snapshots."""
    retain = schedule.retain_rule
    if retain is None or 0 not in (retain.count, retain.interval):
        return
    for member in _KEEPING:
        entry = schedule.node.entry(member)
        if entry is not None and isinstance(entry.value, (Mapping, Sequence)) and len(entry.value):
            text = f"the retention must be at least 1 beside `{member}`"
            yield Problem(retain.span, text, (Note(entry.key.span, "needs the snapshots"),))
            return
    if schedule.node.get("ArchiveRule") is None:
        yield Problem(retain.span, "a retention of 0 needs an `ArchiveRule`")
