"""
## What it does
Reports a default policy that keeps its backups for no longer than the time between two of them.

## Why is this bad?
`RetainInterval` must be greater than `CreateInterval`, else there are times without any backup. The
API reference says "greater", the user guide "greater than or equal": a shorter one is an error, an
equal one a warning. Where a member is not given, its default counts: 1 day and 7 days.

## Example
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
CreateInterval: 5
RetainInterval: 3  # <-
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
CreateInterval: 5
RetainInterval: 14
```

With the default of seven days:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
CreateInterval: 7  # <-
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
CreateInterval: 7
RetainInterval: 14
```

## References
- [`CreateLifecyclePolicy`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html): `RetainInterval`
- [EBS user guide: default policies](https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Scalar

#: What holds where nothing is given, in days (API reference).
_DEFAULTS = {"CreateInterval": 1, "RetainInterval": 7}


@rule("POL601", "retention-not-above-interval", Severity.ERROR, on=LifecyclePolicy)
def retention_not_above_interval(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the retention, or the creation where only that is given."""
    if not policy.kind.is_default:
        return
    (create, create_span), (retain, retain_span) = (_days(policy, name) for name in _DEFAULTS)
    span = retain_span or create_span
    if create is None or retain is None or span is None or retain > create:
        return
    if policy.form is PolicyForm.UPDATE and (create_span is None or retain_span is None):
        return  # an update leaves the other one as it is
    kept = f"kept for {retain} day{'s' * (retain != 1)}"
    if retain_span is None:
        kept += " (the default)"
    every = f"created every {create} day{'s' * (create != 1)}"
    severity = Severity.WARNING if retain == create else None
    yield Problem(span, f"{kept}, but {every}; expected a longer retention", severity=severity)


def _days(policy: LifecyclePolicy, member: str) -> tuple[int | None, Span | None]:
    """A number of days and where it is given; no number where it is no whole number."""
    entry = policy.setting(member)
    if entry is None:
        return _DEFAULTS[member], None
    value = entry.value.value if isinstance(entry.value, Scalar) else None
    known = isinstance(value, int) and not isinstance(value, bool)
    return (int(value) if known and value is not None else None), entry.value.span
