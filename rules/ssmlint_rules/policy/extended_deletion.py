"""
## What it does
Reports a default policy with `ExtendDeletion: true`.

## Why is this bad?
By default the last backup of a deleted volume or instance is kept, and a policy that is disabled,
deleted or in error deletes nothing any more. `ExtendDeletion` switches off both: the last backup is
deleted, too, also when the policy has broken down and makes no new ones. This is advice, for it may
be what you want.

## Example
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
ExtendDeletion: true  # <-
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
ExtendDeletion: false
```

## References
- [`CreateLifecyclePolicy`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html): `ExtendDeletion`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("POL602", "extended-deletion", Severity.INFO, on=LifecyclePolicy)
def extended_deletion(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the setting where it is on."""
    entry = policy.setting("ExtendDeletion") if policy.kind.is_default else None
    if entry is not None and isinstance(entry.value, Scalar) and entry.value.value is True:
        text = "the last backup is deleted, too, even when the policy is disabled or in error"
        yield Problem(entry.key.span, text)
