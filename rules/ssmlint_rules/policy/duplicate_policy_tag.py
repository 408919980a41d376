"""
## What it does
Reports a tag that the same list has already, or a key that the snapshots would get twice.

## Why is this bad?
A resource has each tag key once. If `TagsToAdd` and `VariableTags` give the same key twice, either
the creation of the snapshot fails or one of the values is lost; no source says which. A target
tag that stands there twice does nothing: probably the second was meant to be another one. Several
*values* of one key are fine among target tags.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
  - Key: backup  # <-
    Value: nightly
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
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```

A key that is added twice:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
    TagsToAdd:
      - Key: source
        Value: dlm
    VariableTags:
      - Key: source  # <-
        Value: $(instance-id)
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
    TagsToAdd:
      - Key: created-by
        Value: dlm
    VariableTags:
      - Key: source
        Value: $(instance-id)
```

## Fix safety
Safe: of two equal target tags, one says all. Other tags are not fixed.

## References
- [EC2 user guide: tag restrictions](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions)
- [EBS user guide: elements of Data Lifecycle Manager](https://docs.aws.amazon.com/ebs/latest/userguide/dlm-elements.html)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import Tag, tags
from ssmlint.restructuring import without_item
from ssmlint.rule import Fix, Note, Problem, Severity, rule


@rule("POL105", "duplicate-policy-tag", Severity.WARNING, on=LifecyclePolicy)
def duplicate_policy_tag(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each tag after the first of its kind."""
    pairs = [((tag.key, tag.value), tag) for tag in policy.target_tags if tag.value is not None]
    for tag, first in _again(pairs):
        text = f"target tag `{tag.key}` with the value `{tag.value}` stands here twice"
        note = Note(first.key_span, "the first one")
        yield Problem(tag.key_span, text, (note,), fix=_fix(policy, tag))
    for schedule in policy.schedules:
        added = tags(schedule.node, "TagsToAdd") + tags(schedule.node, "VariableTags")
        for tag, first in _again((tag.key, tag) for tag in added):
            text = f"tag key `{tag.key}` is added twice by schedule `{schedule.name}`"
            yield Problem(tag.key_span, text, (Note(first.key_span, "the first one"),))


def _fix(policy: LifecyclePolicy, tag: Tag) -> Fix | None:
    items = policy.details.get_sequence("TargetTags") if policy.details else None
    edit = without_item(policy.source, items, tag.node) if items is not None else None
    return Fix("take it out", (edit,)) if edit else None


def _again(found: Iterable[tuple[object, Tag]]) -> Iterator[tuple[Tag, Tag]]:
    """Each tag whose identity came before, with the first of that identity."""
    first: dict[object, Tag] = {}
    for identity, tag in found:
        earlier = first.setdefault(identity, tag)
        if earlier is not tag and tag.key:
            yield tag, earlier
