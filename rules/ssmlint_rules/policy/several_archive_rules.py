"""
## What it does
Reports an archive rule in a second schedule of the same policy.

## Why is this bad?
Only one schedule of a policy may archive its snapshots; the API refuses more, and no other tool
looks at two schedules at once.

## Example
```yaml schedule
- Name: monthly
  CreateRule:
    CronExpression: cron(0 3 1 * ? *)
  RetainRule: {Count: 1}
  ArchiveRule: {RetainRule: {RetentionArchiveTier: {Count: 12}}}
- Name: yearly
  CreateRule:
    CronExpression: cron(0 13 1 1 ? *)
  RetainRule: {Count: 1}
  ArchiveRule: {RetainRule: {RetentionArchiveTier: {Count: 10}}}  # <-
```
Use instead:
```yaml schedule
- Name: monthly
  CreateRule:
    CronExpression: cron(0 3 1 * ? *)
  RetainRule: {Count: 1}
  ArchiveRule: {RetainRule: {RetentionArchiveTier: {Count: 12}}}
- Name: yearly
  CreateRule:
    CronExpression: cron(0 13 1 1 ? *)
  RetainRule: {Count: 10}
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): considerations for archiving
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL407", "several-archive-rules", Severity.ERROR, on=LifecyclePolicy)
def several_archive_rules(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each archive rule after the first."""
    found = [schedule.node.entry("ArchiveRule") for schedule in policy.schedules]
    entries = [entry for entry in found if entry is not None]
    for entry in entries[1:]:
        text = "only one schedule of a policy may have an `ArchiveRule`"
        yield Problem(entry.key.span, text, (Note(entries[0].key.span, "the first one"),))
