"""
## What it does
Reports tags that EC2 does not accept or that no resource can have.

## Why is this bad?
The API of Data Lifecycle Manager takes keys and values of up to 500 characters. EC2 does not: a
key has 1 to 128 characters, a value at most 256, and keys that begin with `aws:` are AWS's own. A
policy that adds such a tag fails when it creates a snapshot, and one that looks for it never
finds anything. These limits are general ones of tags on AWS, hence a warning.

A backslash or an equals sign in the key of a target tag is an error: the user guide rules them out.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [VOLUME]
TargetTags:
  - Key: backup=nightly  # <-
    Value: ''
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
    TagsToAdd:
      - Key: aws:backup  # <-
        Value: nightly
      - Key: ''  # <-
        Value: nightly
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [VOLUME]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
    TagsToAdd:
      - Key: backup
        Value: nightly
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): target tags
- [EC2 user guide: tag restrictions](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import Tag
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.policy_tags import TagList, tag_lists
from ssmlint_rules.wording import is_filled_in_later

_KEY_LENGTH, _VALUE_LENGTH = 128, 256


@rule("POL104", "unusable-tag", Severity.WARNING, on=LifecyclePolicy)
def unusable_tag(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each key and value that is beyond the limits of tags."""
    for found in tag_lists(policy):
        for tag in found.tags:
            if tag.key is not None and not is_filled_in_later(tag.key):
                yield from _key_problems(found, tag, tag.key)
            value = tag.node.get_scalar("Value")
            if value is not None and len(value.text) > _VALUE_LENGTH:
                text = f"a tag value has at most {_VALUE_LENGTH} characters, not {len(value.text)}"
                yield Problem(value.span, text)


def _key_problems(found: TagList, tag: Tag, key: str) -> Iterator[Problem]:
    if not key:
        yield Problem(tag.key_span, f"a tag key in `{found.member}` must not be empty")
    if found.is_added and key[:4].lower() == "aws:":
        yield Problem(tag.key_span, f"tag key `{key}` begins with `aws:`, which is AWS's own")
    if len(key) > _KEY_LENGTH:
        text = f"a tag key has at most {_KEY_LENGTH} characters, not {len(key)}"
        yield Problem(tag.key_span, text)
    if found.member == "TargetTags":
        for char in dict.fromkeys(char for char in key if char in "\\="):
            text = f"`{char}` must not stand in the key of a target tag"
            yield Problem(tag.key_span, text, severity=Severity.ERROR)
