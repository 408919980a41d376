"""
## What it does
Reports AWS's default role for snapshots in a policy for AMIs, and the other way round.

## Why is this bad?
There are two default roles: `AWSDataLifecycleManagerDefaultRole` may create and delete snapshots,
`AWSDataLifecycleManagerDefaultRoleForAMIManagement` may create and deregister images. With the
wrong one the policy is created all the same, and fails for lack of permissions when it first runs.

It is a warning, since somebody may have given the role more permissions.

## Example
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/AWSDataLifecycleManagerDefaultRole  # <-
Description: Nightly images
State: ENABLED
PolicyDetails:
  PolicyType: IMAGE_MANAGEMENT
  ResourceTypes: [INSTANCE]
  TargetTags:
    - Key: backup
      Value: nightly
  Schedules:
    - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
      RetainRule: {Count: 7}
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/AWSDataLifecycleManagerDefaultRoleForAMIManagement
Description: Nightly images
State: ENABLED
PolicyDetails:
  PolicyType: IMAGE_MANAGEMENT
  ResourceTypes: [INSTANCE]
  TargetTags:
    - Key: backup
      Value: nightly
  Schedules:
    - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
      RetainRule: {Count: 7}
```

## Fix safety
Unsafe: the role has other permissions.

## References
- [EBS user guide: service roles of Data Lifecycle Manager](https://docs.aws.amazon.com/ebs/latest/userguide/service-role.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyKind
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.edits import instead

_FOR_SNAPSHOTS = "AWSDataLifecycleManagerDefaultRole"
_FOR_IMAGES = "AWSDataLifecycleManagerDefaultRoleForAMIManagement"


@rule("POL102", "swapped-default-role", Severity.WARNING, on=LifecyclePolicy)
def swapped_default_role(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the default role of the other kind of resource."""
    role = policy.root.get_scalar("ExecutionRoleArn")
    if role is None or not policy.is_kind_certain:
        return
    makes_images = policy.kind in (PolicyKind.IMAGES, PolicyKind.DEFAULT_FOR_INSTANCES)
    expected, other = _FOR_SNAPSHOTS, _FOR_IMAGES
    if makes_images:
        expected, other = other, expected
    if role.text.rpartition("/")[2] == other:
        what = "AMIs" if makes_images else "snapshots"
        text = f"`{other}` is not the default role for {what}, `{expected}` is"
        fix = instead(policy.source, role, role.text.removesuffix(other) + expected)
        yield Problem(role.span, text, fix=fix)
