"""
## What it does
Reports cross-Region copies and fast snapshot restore of snapshots that stay on an Outpost or in a
Local Zone.

## Why is this bad?
Snapshots that are stored on an Outpost or in a Local Zone cannot be copied to other Regions by the
policy, and fast snapshot restore does not work for those on an Outpost. The policy is refused.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [VOLUME]
ResourceLocations: [OUTPOST]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Location: OUTPOST_LOCAL
    RetainRule: {Count: 7}
    FastRestoreRule:  # <-
      Count: 1
      AvailabilityZones: [eu-west-1a]
    CrossRegionCopyRules:  # <-
      - Target: eu-central-1
        Encrypted: true
        RetainRule: {Interval: 7, IntervalUnit: DAYS}
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [VOLUME]
ResourceLocations: [OUTPOST]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Location: CLOUD
    RetainRule: {Count: 7}
    FastRestoreRule:
      Count: 1
      AvailabilityZones: [eu-west-1a]
    CrossRegionCopyRules:
      - Target: eu-central-1
        Encrypted: true
        RetainRule: {Interval: 7, IntervalUnit: DAYS}
```

## References
- [`Schedule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Schedule.html): `CrossRegionCopyRules`
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): fast snapshot restore
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Sequence

#: Which members do not go with which location.
_UNSUPPORTED = {
    "OUTPOST_LOCAL": ("CrossRegionCopyRules", "FastRestoreRule"),
    "LOCAL_ZONE": ("CrossRegionCopyRules",),
}


@rule("POL110", "unsupported-outside-region", Severity.ERROR, on=Schedule)
def unsupported_outside_region(schedule: Schedule) -> Iterator[Problem]:
    """Report each member that needs snapshots in a Region."""
    location = schedule.create_rule.get_scalar("Location") if schedule.create_rule else None
    if location is None or not schedule.policy.kind.makes_snapshots:
        return
    for member in _UNSUPPORTED.get(location.text, ()):
        entry = schedule.node.entry(member)
        if entry is not None and isinstance(entry.value, (Mapping, Sequence)) and entry.value:
            text = f"`{member}` does not work for snapshots with the location `{location.text}`"
            note = Note(location.span, "the snapshots stay here")
            yield Problem(entry.key.span, text, (note,))
