"""
## What it does
Reports schedules of one policy that have the same name, or none beside others.

## Why is this bad?
Snapshots carry the name of their schedule in the tag `aws:dlm:lifecycle-schedule-name`, and
nothing else tells which schedule made them. No source forbids equal names, so this is advice.

## Example
```yaml schedule
- Name: backup
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule: {Count: 7}
- Name: backup  # <-
  CreateRule:
    CronExpression: cron(0 13 ? * SUN *)
  RetainRule: {Count: 4}
```
Use instead:
```yaml schedule
- Name: nightly
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule: {Count: 7}
- Name: weekly
  CreateRule:
    CronExpression: cron(0 13 ? * SUN *)
  RetainRule: {Count: 4}
```

## References
- [EBS user guide: elements of Data Lifecycle Manager](https://docs.aws.amazon.com/ebs/latest/userguide/dlm-elements.html): system tags
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, Schedule
from ssmlint.rule import Note, Problem, Severity, rule


@rule("POL208", "indistinct-schedule-name", Severity.INFO, on=LifecyclePolicy)
def indistinct_schedule_name(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each schedule whose name does not tell it apart."""
    first: dict[str, Schedule] = {}
    for schedule in policy.schedules:
        name = schedule.node.get_scalar("Name")
        if name is None:
            if len(policy.schedules) > 1 and schedule.node.get("Name") is None:
                text = "a schedule without a name, beside others in the same policy"
                yield Problem(schedule.label_span, text)
            continue
        earlier = first.setdefault(name.text, schedule)
        if earlier is not schedule:
            text = f"another schedule of the policy is named `{name.text}`, too"
            yield Problem(name.span, text, (Note(earlier.label_span, "the first one"),))
