"""
## What it does
Reports two schedules of a policy that fire at the same time.

## Why is this bad?
Data Lifecycle Manager makes one snapshot for both of them, keeps it for the longer of the two
retention times and gives it the tags of both. That may be just what you want (every seventh
nightly snapshot is the weekly one); it is a surprise for whoever counts snapshots. Schedules that
only sometimes coincide are reported, too, with the next such time within a year.

## Example
```yaml schedule
- Name: nightly
  CreateRule:
    CronExpression: cron(0 3 * * ? *)
  RetainRule: {Count: 7}
- Name: weekly  # <-
  CreateRule:
    CronExpression: cron(0 3 ? * SUN *)
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
- [EBS user guide: elements of Data Lifecycle Manager](https://docs.aws.amazon.com/ebs/latest/userguide/dlm-elements.html): policy schedules
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.firing import firing
from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.fire_times import first_common_time, written

#: A policy has at most so many schedules; more are another rule's finding.
_SCHEDULES = 4


@rule("POL207", "coinciding-schedules", Severity.INFO, on=LifecyclePolicy)
def coinciding_schedules(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each schedule that fires together with an earlier one."""
    known = [(schedule, firing(schedule)) for schedule in policy.schedules[:_SCHEDULES]]
    for index, (schedule, cron) in enumerate(known):
        for other, other_cron in known[:index]:
            if cron is None or other_cron is None:
                continue
            moment = first_common_time(other_cron, cron)
            if moment is not None:
                text = (
                    f"schedules `{other.name}` and `{schedule.name}` make one snapshot "
                    "when they fire at the same time"
                )
                notes = (
                    Note(other.label_span, f"schedule `{other.name}`"),
                    Note(schedule.label_span, f"both fire at {written(moment)} UTC"),
                )
                yield Problem(schedule.label_span, text, notes)
