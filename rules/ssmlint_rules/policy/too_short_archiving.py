"""
## What it does
Reports snapshots that would stay in the archive for less than 90 days.

## Why is this bad?
A snapshot must stay in the archive tier for at least 90 days. With an interval that is plain (12
weeks are 84 days; 3 months count as enough, whichever months they are). With a count the time
follows from the schedule: monthly snapshots need a count of 3, those on "the second Thursday",
which may come after 28 days, a count of 4.

## Example
```yaml schedule
- Name: monthly
  CreateRule:
    CronExpression: cron(0 3 1 * ? *)
  RetainRule: {Interval: 1, IntervalUnit: MONTHS}
  ArchiveRule:
    RetainRule:
      RetentionArchiveTier:
        Interval: 12  # <-
        IntervalUnit: WEEKS
```
Use instead:
```yaml schedule
- Name: monthly
  CreateRule:
    CronExpression: cron(0 3 1 * ? *)
  RetainRule: {Interval: 1, IntervalUnit: MONTHS}
  ArchiveRule:
    RetainRule:
      RetentionArchiveTier:
        Interval: 13
        IntervalUnit: WEEKS
```

By count:
```yaml schedule
- Name: second-thursday
  CreateRule:
    CronExpression: cron(0 3 ? * THU#2 *)
  RetainRule: {Count: 1}
  ArchiveRule:
    RetainRule:
      RetentionArchiveTier:
        Count: 3  # <-
```
Use instead:
```yaml schedule
- Name: second-thursday
  CreateRule:
    CronExpression: cron(0 3 ? * THU#2 *)
  RetainRule: {Count: 1}
  ArchiveRule:
    RetainRule:
      RetentionArchiveTier:
        Count: 4
```

## References
- [`RetentionArchiveTier`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_RetentionArchiveTier.html)
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): considerations for archiving
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.model.policy_members import Retention
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.fire_times import fire_note

_LEAST_DAYS = 90


@rule("POL409", "too-short-archiving", Severity.ERROR, on=Schedule)
def too_short_archiving(schedule: Schedule) -> Iterator[Problem]:
    """Report a time in the archive that is surely too short."""
    archive = schedule.archive_rule
    if archive is None:
        return
    kept = archive.period
    if archive.type == "age" and kept is not None and kept.longest < _LEAST_DAYS:
        text = f"{archive.words()} are {kept.longest:g} days in the archive, expected at least 90"
        yield Problem(archive.span, text)
    elif archive.type == "count":
        yield from _by_count(schedule, archive)


def _by_count(schedule: Schedule, archive: Retention) -> Iterator[Problem]:
    gap, count = schedule.gap, archive.count
    cron, node = schedule.cron, schedule.cron_node
    if gap is None or count is None or count < 1 or cron is None or node is None:
        return
    # AWS counts the shortest gap where weeks decide (the second Thursday may come after 28
    # days), and lets three months be enough although February is among them.
    days = count * (gap.shortest if cron.days.nth or cron.days.last else gap.longest)
    if days < _LEAST_DAYS:
        text = f"the archive keeps {archive.words()}, so each for {days:g} days only; "
        text += f"expected at least {_LEAST_DAYS} days"
        yield Problem(archive.span, text, (fire_note(node.span, cron),))
