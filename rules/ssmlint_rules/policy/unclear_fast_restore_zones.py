"""
## What it does
Reports fast snapshot restore without availability zones, or with names and ids of zones at once.

## Why is this bad?
Fast restore is enabled zone by zone, so the policy must choose some, although the API model
requires neither `AvailabilityZones` nor `AvailabilityZoneIds`. What happens with both of them is
documented nowhere, hence a warning there.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
FastRestoreRule:  # <-
  Count: 1
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
FastRestoreRule:
  Count: 1
  AvailabilityZones: [eu-west-1a]
```

Both lists:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
FastRestoreRule:
  Count: 1
  AvailabilityZones: [eu-west-1a]
  AvailabilityZoneIds: [euw1-az2]  # <-
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
FastRestoreRule:
  Count: 1
  AvailabilityZoneIds: [euw1-az1, euw1-az2]
```

## References
- [`FastRestoreRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_FastRestoreRule.html)
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): fast snapshot restore
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.wording import near

_MEMBERS = ("AvailabilityZones", "AvailabilityZoneIds")


@rule("POL411", "unclear-fast-restore-zones", Severity.ERROR, on=Schedule)
def unclear_fast_restore_zones(schedule: Schedule) -> Iterator[Problem]:
    """Report a rule for fast restore with no zones, or with two lists of them."""
    found = schedule.fast_restore_rule
    if found is None or not schedule.policy.kind.makes_snapshots:
        return
    zones, ids = (found.node.entry(member) for member in _MEMBERS)
    misspelt = any(near(e.key.text, _MEMBERS) for e in found.node if e.key.text not in _MEMBERS)
    if zones is None and ids is None and not misspelt:
        text = "`FastRestoreRule` names no availability zones to enable it in"
        yield Problem(found.key.span, text)
    elif zones is not None and ids is not None:
        text = "what `AvailabilityZones` and `AvailabilityZoneIds` do together is not documented"
        note = Note(zones.key.span, "zones by name")
        yield Problem(ids.key.span, text, (note,), severity=Severity.WARNING)
