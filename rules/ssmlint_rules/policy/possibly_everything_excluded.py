"""
## What it does
Reports a policy that excludes the boot volume and data volumes, too.

## Why is this bad?
If the tags in `ExcludeDataVolumeTags` fit all the data volumes of an instance, there is nothing
left: no snapshot is made, and only the metric `SnapshotsCreateFailed` tells. Whether they do depends
on the instances, so the rule is opt-in.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Parameters:
  ExcludeBootVolume: true
  ExcludeDataVolumeTags:  # <-
    - Key: volume
      Value: scratch
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Parameters:
  ExcludeBootVolume: false
  ExcludeDataVolumeTags:
    - Key: volume
      Value: scratch
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```

## References
- [`Parameters`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import boolean, mappings
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL508", "possibly-everything-excluded", Severity.INFO, on=LifecyclePolicy, default=False)
def possibly_everything_excluded(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report excluded data volumes where the boot volume is excluded."""
    parameters = policy.parameters
    if parameters is None or not boolean(parameters, "ExcludeBootVolume"):
        return
    boot, data = parameters.entry("ExcludeBootVolume"), parameters.entry("ExcludeDataVolumeTags")
    if boot is not None and data is not None and mappings(parameters, "ExcludeDataVolumeTags"):
        text = "an instance whose data volumes all have such a tag gets no snapshot at all"
        yield Problem(data.key.span, text, (Note(boot.key.span, "the boot volume is excluded"),))
