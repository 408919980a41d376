"""
## What it does
Reports target tags with several keys, because any one of them is enough.

## Why is this bad?
A resource is backed up when it has *at least one* of the target tags. Whoever writes `Name`,
`project` and `component` usually means the one instance that has all three, and gets every
instance of the project, with a pre script that freezes databases on each of them. This is advice:
several keys may be just what you want. Several values of one key are not reported.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: project
    Value: shop
  - Key: component  # <-
    Value: database
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
    Value: shop-database
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```

## References
- [EBS user guide: elements of Data Lifecycle Manager](https://docs.aws.amazon.com/ebs/latest/userguide/dlm-elements.html): target resource tags
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL106", "several-target-tags", Severity.INFO, on=LifecyclePolicy)
def several_target_tags(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the first target tag that has another key than the one before."""
    tags = [tag for tag in policy.target_tags if tag.key]
    others = [tag for tag in tags if tag.key != tags[0].key]
    if others:
        keys = ", ".join(f"`{key}`" for key in dict.fromkeys(tag.key for tag in tags))
        text = f"a resource with any one of the tags {keys} is backed up, it need not have them all"
        yield Problem(others[0].key_span, text, (Note(tags[0].key_span, "the first target tag"),))
