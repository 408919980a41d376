"""
## What it does
Reports a policy in which some schedules keep a number of snapshots and others keep them for a time.

## Why is this bad?
All schedules of a policy must have the same type of retention, by count or by age. The user guide
says so of the console; that the API refuses it as well is inferred, hence a warning.

## Example
```yaml schedule
- Name: nightly
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule:
    Count: 7
- Name: weekly
  CreateRule:
    CronExpression: cron(0 13 ? * SUN *)
  RetainRule:
    Interval: 4  # <-
    IntervalUnit: WEEKS
```
Use instead:
```yaml schedule
- Name: nightly
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule:
    Interval: 7
    IntervalUnit: DAYS
- Name: weekly
  CreateRule:
    CronExpression: cron(0 13 ? * SUN *)
  RetainRule:
    Interval: 4
    IntervalUnit: WEEKS
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): retention type
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Note, Problem, Severity, rule

_WORDS = {"count": "a number of snapshots", "age": "snapshots for a time"}


@rule("POL209", "mixed-retention-types", Severity.WARNING, on=LifecyclePolicy)
def mixed_retention_types(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the first schedule whose retention is of another type than that of the first."""
    rules = [
        (schedule, schedule.retain_rule, schedule.retain_rule.type)
        for schedule in policy.schedules
        if schedule.retain_rule is not None and schedule.retain_rule.type is not None
    ]
    for schedule, retain, kind in rules[1:]:
        first, first_retain, first_kind = rules[0]
        if kind != first_kind:
            text = f"schedule `{schedule.name}` keeps {_WORDS[kind or '']}, `{first.name}` keeps "
            text += _WORDS[first_kind or ""]
            note = Note(first_retain.span, f"retention of `{first.name}`")
            yield Problem(retain.node.entries[0].value.span, text, (note,))
            return
