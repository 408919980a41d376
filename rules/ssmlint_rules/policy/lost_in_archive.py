"""
## What it does
Reports fast restore, shares and copies in a schedule that archives its snapshots.

## Why is this bad?
A snapshot that goes to the archive loses fast restore and is no longer shared, and copies in other
Regions are not archived with it: they follow their own retention. That the policy is accepted does
not mean that the snapshots stay usable as the other rules suggest.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule: {Count: 1}
ArchiveRule:
  RetainRule:
    RetentionArchiveTier: {Count: 12}
ShareRules:  # <-
  - TargetAccounts: ['111122223333']
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 1 * ? *)
RetainRule: {Count: 12}
ShareRules:
  - TargetAccounts: ['111122223333']
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): considerations for archiving
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyKind, Schedule
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Sequence

_LOST = {
    "FastRestoreRule": "an archived snapshot loses fast restore",
    "ShareRules": "an archived snapshot is no longer shared",
    "CrossRegionCopyRules": "copies in other Regions are not archived",
}


@rule("POL410", "lost-in-archive", Severity.WARNING, on=Schedule)
def lost_in_archive(schedule: Schedule) -> Iterator[Problem]:
    """Report each rule that the archive makes void."""
    archive = schedule.node.entry("ArchiveRule")
    if archive is None or schedule.policy.kind is not PolicyKind.SNAPSHOTS_OF_VOLUMES:
        return
    for member, words in _LOST.items():
        entry = schedule.node.entry(member)
        if entry is not None and isinstance(entry.value, (Mapping, Sequence)) and len(entry.value):
            yield Problem(entry.key.span, words, (Note(archive.key.span, "the archive"),))
