"""
## What it does
Reports a value that is none of the few that are possible at that place.

## Why is this bad?
The API refuses the policy. Nobody says so earlier: the AWS command line does not check these
values, and CloudFormation's schema lacks several of them, so that `ENABLEDX` or an interval of 5
hours passes every check until the policy is created.

An AMI policy backs up instances only, whatever its other members say.

## Example
```json policy
{
  "ExecutionRoleArn": "arn:aws:iam::111122223333:role/backup",
  "Description": "Nightly snapshots",
  "State": "Enabled",  # <-
  "PolicyDetails": {
    "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
    "ResourceTypes": ["VOLUME"],
    "ResourceLocations": ["OUTPOST_LOCAL"],  # <-
    "TargetTags": [{"Key": "backup", "Value": "nightly"}],
    "Schedules": [{
      "CreateRule": {"Interval": 6, "IntervalUnit": "HOURS"},
      "RetainRule": {"Count": 7}
    }]
  }
}
```
Use instead:
```json policy
{
  "ExecutionRoleArn": "arn:aws:iam::111122223333:role/backup",
  "Description": "Nightly snapshots",
  "State": "ENABLED",
  "PolicyDetails": {
    "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
    "ResourceTypes": ["VOLUME"],
    "ResourceLocations": ["OUTPOST"],
    "TargetTags": [{"Key": "backup", "Value": "nightly"}],
    "Schedules": [{
      "CreateRule": {"Interval": 6, "IntervalUnit": "HOURS"},
      "RetainRule": {"Count": 7}
    }]
  }
}
```

An interval is one of a few:
```yaml schedule
CreateRule: {Interval: 5, IntervalUnit: HOURS}  # <-
RetainRule: {Count: 7}
```
Use instead:
```yaml schedule
CreateRule: {Interval: 6, IntervalUnit: HOURS}
RetainRule: {Count: 7}
```

## Fix safety
Safe where only the case of letters differs, since the policy is refused as it is; else unsafe. Only a value
with nearly the same letters is offered, and the only one that is possible.

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html)
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html): the intervals
- [EBS user guide: default policies](https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html): the volume types
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import if_case_differs, instead
from ssmlint_rules.policy_structure import a_policy, errors_of
from ssmlint_rules.structure import StructureError
from ssmlint_rules.wording import is_filled_in_later, listed, near


@rule("POL004", "unknown-policy-value", Severity.ERROR, on=LifecyclePolicy)
def unknown_policy_value(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each value that its schema does not list."""
    for error in errors_of(policy):
        node = error.node
        if error.keyword not in ("enum", "const") or not isinstance(node, Scalar):
            continue
        if node.tag is None and not is_filled_in_later(node.text):
            meant = _meant(error, node)
            safety = if_case_differs(node.text, meant or "")
            is_text = meant is not None and node.is_string
            fix = instead(policy.source, node, meant or "", safety) if is_text else None
            yield Problem(node.span, _message(policy, error, node, meant), fix=fix)


def _meant(error: StructureError, node: Scalar) -> str | None:
    if error.keyword == "const":
        return str(error.schema["const"])
    values = [str(value) for value in error.schema["enum"]]
    begins = [value for value in values if value.startswith(node.text + "_")]
    begun = [value for value in values if node.text.startswith(value + "_")]
    return near(node.text, values) or next(iter(begins + begun), None)


def _message(
    policy: LifecyclePolicy, error: StructureError, node: Scalar, meant: str | None
) -> str:
    name = next((part for part in reversed(error.path) if isinstance(part, str)), "")
    if error.keyword == "const":
        return f"`{name}` of {a_policy(policy)} is `{meant}`, not `{node.text}`"
    expected = f"expected {listed(map(str, error.schema['enum']))}"
    hint = f"did you mean `{meant}`?" if meant else expected
    return f"`{node.text}` is no value of `{name}`; {hint}"
