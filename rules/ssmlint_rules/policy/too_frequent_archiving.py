"""
## What it does
Reports an archive rule in a schedule that runs more often than every 28 days, or that has an
interval in place of a cron expression.

## Why is this bad?
Only schedules that run rarely may archive: such a schedule needs a cron expression whose fire times
lie at least 28 days apart. The API refuses the rest.

## Example
```yaml schedule
- Name: weekly
  CreateRule:
    CronExpression: cron(0 3 ? * SUN *)
  RetainRule: {Count: 4}
  ArchiveRule:  # <-
    RetainRule:
      RetentionArchiveTier: {Count: 52}
```
Use instead:
```yaml schedule
- Name: monthly
  CreateRule:
    CronExpression: cron(0 3 1 * ? *)
  RetainRule: {Count: 4}
  ArchiveRule:
    RetainRule:
      RetentionArchiveTier: {Count: 12}
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): considerations for archiving
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ssmlint.model.policy import Schedule
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.fire_times import fire_note

_LEAST = timedelta(days=28)


@rule("POL408", "too-frequent-archiving", Severity.ERROR, on=Schedule)
def too_frequent_archiving(schedule: Schedule) -> Iterator[Problem]:
    """Report an archive rule whose schedule has an interval or a short gap."""
    rule_entry, create = schedule.node.entry("ArchiveRule"), schedule.create_rule
    if rule_entry is None or create is None:
        return
    node, cron = schedule.cron_node, schedule.cron
    interval = create.entry("Interval")
    if node is None and interval is not None:
        text = "archiving needs a cron expression that fires at most every 28 days, not an interval"
        yield Problem(rule_entry.key.span, text, (Note(interval.key.span, "the interval"),))
    elif node is not None and cron is not None and cron.gaps and cron.gaps[0] < _LEAST:
        gap = cron.gaps[0] / timedelta(days=1)
        text = f"archiving needs at least 28 days between two snapshots, not {gap:g}"
        yield Problem(rule_entry.key.span, text, (fire_note(node.span, cron),))
