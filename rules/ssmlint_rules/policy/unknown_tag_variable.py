"""
## What it does
Reports a value in `VariableTags` that is neither `$(instance-id)` nor `$(timestamp)`.

## Why is this bad?
Only these two are replaced by a value of the run, spelt exactly so and standing alone; a policy
with anything else is refused. Text that does not vary belongs into `TagsToAdd`.

`$(timestamp)` in an AMI policy is a warning: an older user guide has it for snapshot policies only,
the present reference makes no difference.

## Example
```yaml schedule of instances
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
VariableTags:
  - Key: source
    Value: $(instanceId)  # <-
  - Key: name
    Value: backup-$(timestamp)  # <-
```
Use instead:
```yaml schedule of instances
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
VariableTags:
  - Key: source
    Value: $(instance-id)
  - Key: created
    Value: $(timestamp)
```

An AMI policy:
```yaml schedule of images
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
VariableTags:
  - Key: created
    Value: $(timestamp)  # <-
```
Use instead:
```yaml schedule of images
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
VariableTags:
  - Key: source
    Value: $(instance-id)
```

## References
- [`Schedule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Schedule.html): `VariableTags`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyKind, Schedule
from ssmlint.model.policy_members import tags
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.wording import did_you_mean, is_filled_in_later

_VARIABLES = ("$(instance-id)", "$(timestamp)")


@rule("POL108", "unknown-tag-variable", Severity.ERROR, on=Schedule)
def unknown_tag_variable(schedule: Schedule) -> Iterator[Problem]:
    """Report each value that is none of the two variables."""
    for tag in tags(schedule.node, "VariableTags"):
        value = tag.node.get_scalar("Value")
        if value is None or not value.is_string or is_filled_in_later(value.text):
            continue
        if value.text not in _VARIABLES:
            hint = did_you_mean(value.text, _VARIABLES)
            hint = hint or "; expected `$(instance-id)` or `$(timestamp)`"
            yield Problem(value.span, f"`{value.text}` is no variable of a tag{hint}")
        elif value.text == "$(timestamp)" and schedule.policy.kind is PolicyKind.IMAGES:
            text = "`$(timestamp)` may not be replaced in an AMI policy, the sources disagree"
            yield Problem(value.span, text, severity=Severity.WARNING)
