"""
## What it does
Reports more tags than a policy or a snapshot can have.

## Why is this bad?
A policy has at most 45 tags (service quota), although the API model takes 200. A snapshot has at
most 50: what `TagsToAdd` and `VariableTags` bring together must fit, besides what is copied from
the volume. The latter is inferred from the general limit of tags, hence a warning.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - Name: nightly  # <-
    CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
    TagsToAdd:
      - {Key: team, Value: storage}  # repeated 30 times
    VariableTags:
      - {Key: source, Value: $(instance-id)}  # repeated 30 times
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - Name: nightly
    CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
    TagsToAdd:
      - {Key: team, Value: storage}
    VariableTags:
      - {Key: source, Value: $(instance-id)}
```

## References
- [EBS user guide: quotas of Data Lifecycle Manager](https://docs.aws.amazon.com/ebs/latest/userguide/dlm-service-quotas.html)
- [EC2 user guide: tag restrictions](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import tags
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping

_ON_POLICY, _ON_SNAPSHOT = 45, 50


@rule("POL107", "too-many-tags", Severity.WARNING, on=LifecyclePolicy)
def too_many_tags(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the tags of the policy itself, and those of its schedules."""
    own = policy.root.entry("Tags")
    if own is not None and isinstance(own.value, Mapping) and len(own.value) > _ON_POLICY:
        text = f"{len(own.value)} tags on the policy, its quota is {_ON_POLICY}"
        yield Problem(own.key.span, text)
    for schedule in policy.schedules:
        added = len(tags(schedule.node, "TagsToAdd")) + len(tags(schedule.node, "VariableTags"))
        if added > _ON_SNAPSHOT:
            text = f"schedule `{schedule.name}` adds {added} tags, a snapshot takes {_ON_SNAPSHOT}"
            yield Problem(schedule.label_span, text)
