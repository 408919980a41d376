"""
## What it does
Reports rules for the archive, for fast restore and for deprecation that count where the schedule
goes by age, or the other way round.

## Why is this bad?
The type follows the schedule's `RetainRule`: where that has `Count`, these need `Count`; where it
has `Interval`, these need `Interval` and `IntervalUnit`. The API refuses a mixture.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Count: 3
ArchiveRule:
  RetainRule:
    RetentionArchiveTier:
      Interval: 1  # <-
      IntervalUnit: YEARS
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule:
  Count: 3
ArchiveRule:
  RetainRule:
    RetentionArchiveTier:
      Count: 12
```

## References
- [`RetentionArchiveTier`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_RetentionArchiveTier.html)
- [`DeprecateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_DeprecateRule.html)
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): fast snapshot restore
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Note, Problem, Severity, rule

_NEEDS = {"count": "`Count`", "age": "`Interval` with `IntervalUnit`"}


@rule("POL406", "retention-type-mismatch", Severity.ERROR, on=Schedule)
def retention_type_mismatch(schedule: Schedule) -> Iterator[Problem]:
    """Report each rule of another type than the schedule's retention."""
    retain = schedule.retain_rule
    if retain is None or retain.type is None:
        return
    for other in (schedule.archive_rule, schedule.fast_restore_rule, schedule.deprecate_rule):
        if other is None or other.type in (None, retain.type):
            continue
        entry = other.node.entry("Count") or other.node.entry("Interval")
        span = entry.key.span if entry is not None else other.key.span
        text = f"`{other.key.text}` needs {_NEEDS[retain.type]}, as the schedule's `RetainRule` has"
        yield Problem(span, text, (Note(retain.span, "the schedule's retention"),))
