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
```

A variable stands alone:
```yaml schedule of instances
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
VariableTags:
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
  - Key: name
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

## Fix safety
Unsafe: the snapshots get another tag. Only a variable with nearly the same letters is offered.

## References
- [`Schedule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Schedule.html): `VariableTags`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyKind, Schedule
from ssmlint.model.policy_members import tags
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.edits import instead
from ssmlint_rules.wording import is_filled_in_later, near

_VARIABLES = ("$(instance-id)", "$(timestamp)")
_EXPECTED = "expected `$(instance-id)` or `$(timestamp)`"


@rule("POL108", "unknown-tag-variable", Severity.ERROR, on=Schedule)
def unknown_tag_variable(schedule: Schedule) -> Iterator[Problem]:
    """Report each value that is none of the two variables."""
    for tag in tags(schedule.node, "VariableTags"):
        value = tag.node.get_scalar("Value")
        if value is None or not value.is_string or is_filled_in_later(value.text):
            continue
        if value.text not in _VARIABLES:
            meant = near(value.text, _VARIABLES)
            hint = f"did you mean `{meant}`?" if meant else _EXPECTED
            fix = instead(schedule.policy.source, value, meant) if meant else None
            text = f"`{value.text}` is no variable of a tag; {hint}"
            yield Problem(value.span, text, fix=fix)
        elif value.text == "$(timestamp)" and schedule.policy.kind is PolicyKind.IMAGES:
            text = "`$(timestamp)` may not be replaced in an AMI policy, the sources disagree"
            yield Problem(value.span, text, severity=Severity.WARNING)
