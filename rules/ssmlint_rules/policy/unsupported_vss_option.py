"""
## What it does
Reports tags copied from the source, and data volumes excluded, beside VSS backups.

## Why is this bad?
A schedule with VSS backups can neither copy tags from the source nor exclude data volumes: the
console does not let you choose them, and the API refuses the policy. `CopyTags: false` is harmless.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: windows
Parameters:
  ExcludeBootVolume: false
  ExcludeDataVolumeTags:  # <-
    - Key: volume
      Value: scratch
Schedules:
  - Name: nightly
    CopyTags: true  # <-
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: AWS_VSS_BACKUP
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: windows
Parameters:
  ExcludeBootVolume: false
Schedules:
  - Name: nightly
    CopyTags: false
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: AWS_VSS_BACKUP
    RetainRule: {Count: 7}
```

## Fix safety
Unsafe: tags are no longer wanted, and volumes no longer excluded.

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): the note on schedules for VSS backups
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import boolean, mappings
from ssmlint.rule import Edit, Fix, Note, Problem, Safety, Severity, rule
from ssmlint_rules.edits import taken_out


@rule("POL303", "unsupported-vss-option", Severity.ERROR, on=LifecyclePolicy)
def unsupported_vss_option(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report what the policy and its schedules ask for beside VSS backups."""
    vss = [script for script in policy.scripts if script.is_vss]
    for script in vss:
        entry = script.schedule.node.entry("CopyTags")
        if entry is not None and boolean(script.schedule.node, "CopyTags"):
            note = Note(script.label_span, "VSS backups")
            text = "a schedule with VSS backups cannot copy tags from the source"
            off = Fix("switch it off", (Edit(entry.value.span, "false"),), Safety.UNSAFE)
            yield Problem(entry.key.span, text, (note,), fix=off)
    excluded = policy.parameters.entry("ExcludeDataVolumeTags") if policy.parameters else None
    if vss and excluded is not None and mappings(policy.parameters, "ExcludeDataVolumeTags"):
        note = Note(vss[0].label_span, "VSS backups")
        text = "a policy with VSS backups cannot exclude data volumes"
        fix = taken_out(policy.source, policy.parameters, excluded) if policy.parameters else None
        yield Problem(excluded.key.span, text, (note,), fix=fix)
