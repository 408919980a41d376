"""
## What it does
Reports a rule for copies to other Regions that names its destination in the wrong member, in both
or in none.

## Why is this bad?
Snapshot policies have `Target`, AMI policies `TargetRegion`; the API model requires neither. A
`TargetRegion` in a snapshot policy is a warning only: policies from before `Target` was introduced
have it and go on working.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Encrypted: true  # <-
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-north-1
    Encrypted: true
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
```

In an AMI policy:
```yaml schedule of images
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1  # <-
    Encrypted: true
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
```
Use instead:
```yaml schedule of images
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - TargetRegion: eu-central-1
    Encrypted: true
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
```

## Fix safety
Unsafe: what a policy with the wrong member does is not documented.

## References
- [`CrossRegionCopyRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CrossRegionCopyRule.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm, PolicyKind, Schedule
from ssmlint.model.policy_members import first_span
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping
from ssmlint_rules.edits import instead
from ssmlint_rules.wording import near

_MEMBERS = ("Target", "TargetRegion")


@rule("POL501", "wrong-copy-target", Severity.ERROR, on=Schedule)
def wrong_copy_target(schedule: Schedule) -> Iterator[Problem]:
    """Report each rule whose destination does not stand in the right member alone."""
    policy = schedule.policy
    if policy.is_kind_certain and policy.form is not PolicyForm.STORED:
        images = policy.kind is PolicyKind.IMAGES
        for copy in schedule.copy_rules:
            yield from _problems(policy, copy, images)


def _problems(policy: LifecyclePolicy, copy: Mapping, images: bool) -> Iterator[Problem]:
    target, region = copy.entry("Target"), copy.entry("TargetRegion")
    right, wrong = (region, target) if images else (target, region)
    name = "TargetRegion" if images else "Target"
    if right is not None and wrong is not None:
        text = "`Target` and `TargetRegion` stand here together"
        yield Problem(
            wrong.key.span, f"{text}; expected `{name}` alone", (Note(right.key.span, "the other"),)
        )
    elif wrong is not None:
        kind = "an AMI policy" if images else "a snapshot policy"
        text = f"`{wrong.key.text}` in {kind}, where the destination is `{name}`"
        fix = instead(policy.source, wrong.key, name)
        yield Problem(wrong.key.span, text, fix=fix, severity=None if images else Severity.WARNING)
    elif right is None:
        names = [entry.key.text for entry in copy]
        if not any(near(other, _MEMBERS) for other in names):
            yield Problem(first_span(copy), f"a copy without a destination; expected `{name}`")
