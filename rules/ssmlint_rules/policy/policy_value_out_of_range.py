"""
## What it does
Reports a number, a text or a list that is smaller or larger than the DLM API allows.

## Why is this bad?
The API refuses the policy. The AWS command line checks the lower limits only, CloudFormation not
the limits that only the documentation has, and Terraform lets a script timeout of 1 to 9 seconds
pass although DLM wants at least 10.

Some limits to know: 4 schedules, 1 resource type, 1 script and 1 time in a schedule, 3 copies, 45
tags to add, a script timeout of 10 to 120 seconds with 0 to 3 retries, 1000 snapshots to keep, and
for default policies a creation every 1 to 7 days and a retention of 2 to 14 days.

## Example
```yaml script
ExecutionHandler: freeze-and-thaw
ExecutionTimeout: 300  # <-
MaximumRetryCount: 5  # <-
```
Use instead:
```yaml script
ExecutionHandler: freeze-and-thaw
ExecutionTimeout: 120
MaximumRetryCount: 3
```

Lists and numbers elsewhere:
```json policy
{
  "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
  "ResourceTypes": ["VOLUME", "INSTANCE"],  # <-
  "TargetTags": [],  # <-
  "Schedules": [{"CreateRule": {"CronExpression": "cron(0 3 * * ? *)"}, "RetainRule": {"Count": 2000}}]  # <-
}
```
Use instead:
```json policy
{
  "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
  "ResourceTypes": ["VOLUME"],
  "TargetTags": [{"Key": "backup", "Value": "nightly"}],
  "Schedules": [{"CreateRule": {"CronExpression": "cron(0 3 * * ? *)"}, "RetainRule": {"Count": 1000}}]
}
```

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html)
- [EBS user guide: default policies](https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.policy_structure import errors_of
from ssmlint_rules.structure import StructureError
from ssmlint_rules.wording import is_filled_in_later

#: Keywords of the schema in pairs, with what they count.
_LIMITS = {
    "minimum": ("minimum", "maximum", ""),
    "maximum": ("minimum", "maximum", ""),
    "minLength": ("minLength", "maxLength", " characters"),
    "maxLength": ("minLength", "maxLength", " characters"),
    "minItems": ("minItems", "maxItems", " entries"),
    "maxItems": ("minItems", "maxItems", " entries"),
    "minProperties": ("minProperties", "maxProperties", " entries"),
    "maxProperties": ("minProperties", "maxProperties", " entries"),
}
_UNITS = {"ExecutionTimeout": " seconds", "CreateInterval": " days", "RetainInterval": " days"}


@rule("POL005", "policy-value-out-of-range", Severity.ERROR, on=LifecyclePolicy)
def policy_value_out_of_range(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each value beyond a limit of its schema."""
    errors = errors_of(policy)
    # Where the form is wrong as well, `malformed-policy-value` says all there is to say.
    malformed = {error.path for error in errors if error.keyword == "pattern"}
    for error in errors:
        if error.keyword not in _LIMITS or error.path in malformed:
            continue
        if error.path[-1:] == ("CronExpression",):
            continue  # `invalid-cron` knows better
        if not isinstance(error.node, Scalar) or not is_filled_in_later(error.node.text):
            yield Problem(error.span, _message(error))


def _message(error: StructureError) -> str:
    low_key, high_key, counted = _LIMITS[error.keyword]
    low, high = error.schema.get(low_key), error.schema.get(high_key)
    name = next((part for part in reversed(error.path) if isinstance(part, str)), "")
    unit = _UNITS.get(name, counted)
    match error.node:
        case Scalar(value=str(text)):
            size = str(len(text))
        case Scalar(text=text):
            size = text
        case node:
            size = str(len(node))
    unit = unit.replace("entries", "entry") if size == "1" else unit
    subject = f"`{name}` has {size}{unit}" if counted else f"`{name}` is {size}{unit}"
    return f"{subject}, expected {_range(low, high)}"


def _range(low: int | None, high: int | None) -> str:
    if high is None:
        return f"at least {low}"
    if not low:
        return f"at most {high}"
    return f"exactly {low}" if low == high else f"{low} to {high}"
