"""
## What it does
Reports settings of a default policy that stand partly in the request and partly in its details.

## Why is this bad?
The settings of a default policy may stand in the body of the request or in its `PolicyDetails`,
"but not both" (API reference). Which of the two would win is nowhere said.

## Example
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
RetainInterval: 14  # <-
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  ResourceType: VOLUME
  RetainInterval: 7
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  ResourceType: VOLUME
  RetainInterval: 7
```

Twice the same:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
CopyTags: true  # <-
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  ResourceType: VOLUME
  CopyTags: true
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  ResourceType: VOLUME
  CopyTags: true
```

## Fix safety
Safe: a setting is taken out of the request if it has the same value in `PolicyDetails`.

## References
- [`CreateLifecyclePolicy`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html): `PolicyDetails`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm
from ssmlint.rule import Note, Problem, Safety, Severity, rule
from ssmlint.tree import plain
from ssmlint_rules.edits import taken_out

#: The members that the request and the details both have.
_SETTINGS = (
    "CreateInterval",
    "RetainInterval",
    "CopyTags",
    "ExtendDeletion",
    "CrossRegionCopyTargets",
    "Exclusions",
)


@rule("POL009", "setting-given-twice", Severity.ERROR, on=LifecyclePolicy)
def setting_given_twice(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each setting in the request of a policy whose details have settings, too."""
    details = policy.details
    if details is None or details is policy.root or policy.form is PolicyForm.STORED:
        return
    inside = [entry for name in _SETTINGS if (entry := details.entry(name)) is not None]
    if not inside or not policy.kind.is_default:
        return
    for name in _SETTINGS:
        entry = policy.root.entry(name)
        if entry is not None:
            other = details.entry(name) or inside[0]
            text = f"`{name}` stands in the request, and `{other.key.text}` in `PolicyDetails`"
            note = Note(other.key.span, "settings in `PolicyDetails`")
            fix = None
            if other.key.text == name and plain(other.value) == plain(entry.value):
                fix = taken_out(policy.source, policy.root, entry, Safety.SAFE)
            text = f"{text}; one of the two places is allowed"
            yield Problem(entry.key.span, text, (note,), fix=fix)
