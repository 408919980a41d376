"""
## What it does
Reports a place for the snapshots that does not go with the place of the resources.

## Why is this bad?
Snapshots of resources in a Region must be created in that Region. Those of resources on an Outpost
may stay there (`OUTPOST_LOCAL`) or go to the parent Region (`CLOUD`), and those in a Local Zone
likewise (`LOCAL_ZONE` or `CLOUD`). Anything else is refused; no tool but the service says so. Where
`ResourceLocations` is absent, the resources are in a Region (inferred from the reference, which
names no other default).

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [VOLUME]
ResourceLocations: [LOCAL_ZONE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Location: OUTPOST_LOCAL  # <-
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [VOLUME]
ResourceLocations: [LOCAL_ZONE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Location: LOCAL_ZONE
    RetainRule: {Count: 7}
```

## References
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html): `Location`
- [`PolicyDetails`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_PolicyDetails.html): `ResourceLocations`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyForm, Schedule
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar, Sequence
from ssmlint_rules.wording import listed

#: Where the snapshots of the resources of a location may be created (`CreateRule.Location`).
_DESTINATIONS = {
    "CLOUD": ("CLOUD",),
    "OUTPOST": ("OUTPOST_LOCAL", "CLOUD"),
    "LOCAL_ZONE": ("LOCAL_ZONE", "CLOUD"),
}
_ALL = ("CLOUD", "OUTPOST_LOCAL", "LOCAL_ZONE")


@rule("POL109", "impossible-snapshot-location", Severity.ERROR, on=Schedule)
def impossible_snapshot_location(schedule: Schedule) -> Iterator[Problem]:
    """Report the location of a schedule that its resources cannot have."""
    location = schedule.create_rule.get_scalar("Location") if schedule.create_rule else None
    if location is None or location.text not in _ALL or not schedule.policy.kind.makes_snapshots:
        return
    source = _resources(schedule)
    if source is None and schedule.policy.form is PolicyForm.UPDATE:
        return
    allowed = _DESTINATIONS.get(source.text if source else "CLOUD", _ALL)
    if location.text not in allowed:
        where = f"with `ResourceLocations` `{source.text}`" if source else "in a Region"
        text = f"`{location.text}` is no location for resources {where}; expected {listed(allowed)}"
        notes = (Note(source.span, "where the resources are"),) if source else ()
        yield Problem(location.span, text, notes)


def _resources(schedule: Schedule) -> Scalar | None:
    details = schedule.policy.details
    match details.get("ResourceLocations") if details is not None else None:
        case Sequence(items=(Scalar() as single,)) | (Scalar() as single):
            return single
    return None
