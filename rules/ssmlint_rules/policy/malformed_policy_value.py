"""
## What it does
Reports a text whose form the DLM API does not accept: names, ARNs, times, account ids and such.

## Why is this bad?
The API refuses the policy, and the AWS command line does not check any of these patterns. A
description with a full stop or parentheses is the most common one.

An empty description is a warning: the API model gives it a length of 0 to 500, and a pattern that
asks for at least one character. Values that are filled in later (`${role}`) are left alone.

## Example
```json policy
{
  "ExecutionRoleArn": "arn:aws:iam::aws:policy/backup",  # <-
  "Description": "Nightly snapshots (30 days).",  # <-
  "State": "ENABLED",
  "PolicyDetails": {
    "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
    "ResourceTypes": ["VOLUME"],
    "TargetTags": [{"Key": "backup", "Value": "nightly"}],
    "Schedules": [{
      "CreateRule": {"CronExpression": "cron(0 9 * * ? *)"},
      "RetainRule": {"Count": 7}
    }]
  }
}
```
Use instead:
```json policy
{
  "ExecutionRoleArn": "arn:aws:iam::111122223333:role/backup",
  "Description": "Nightly snapshots - 30 days",
  "State": "ENABLED",
  "PolicyDetails": {
    "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
    "ResourceTypes": ["VOLUME"],
    "TargetTags": [{"Key": "backup", "Value": "nightly"}],
    "Schedules": [{
      "CreateRule": {"CronExpression": "cron(0 9 * * ? *)"},
      "RetainRule": {"Count": 7}
    }]
  }
}
```

Written in another way:
```yaml schedule
CreateRule: {Interval: 24, IntervalUnit: HOURS, Times: ['9:00']}  # <-
RetainRule: {Count: 7}
ShareRules:
  - TargetAccounts: [1111-2222-3333]  # <-
```
Use instead:
```yaml schedule
CreateRule: {Interval: 24, IntervalUnit: HOURS, Times: ['09:00']}
RetainRule: {Count: 7}
ShareRules:
  - TargetAccounts: ['111122223333']
```

## Fix safety
Safe: the API accepts no other form. Times get a leading zero, account ids lose what stands between their
digits, Regions and zones get small letters.

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import instead
from ssmlint_rules.policy_structure import accepted_form, errors_of
from ssmlint_rules.structure import StructureError
from ssmlint_rules.wording import is_filled_in_later

_TEXT = "letters, digits, spaces, `_` and `-` only"

#: What the pattern of a member asks for, in words.
_EXPECTED = {
    "Name": _TEXT,
    "Description": _TEXT,
    "Times": "`hh:mm` from `00:00` to `23:59`",
    "TargetAccounts": "an account id of 12 digits",
    "SnapshotOwner": "an account id of 12 digits",
    "ExecutionHandler": "the name of a document (3 to 128 letters, digits, `_`, `-`, `.`) or its ARN",
    "ExecutionRoleArn": "the ARN of a role, `arn:aws:iam::<account>:role/<name>`",
    "CmkArn": "the ARN of a key, `arn:aws:kms:<region>:<account>:key/<id>`, no alias",
    "Target": "a Region or the ARN of an Outpost",
    "TargetRegion": "a Region such as `eu-west-1`",
    "AvailabilityZones": "a zone such as `eu-west-1a`",
    "AvailabilityZoneIds": "the id of a zone such as `euw1-az1`",
    "PolicyId": "`policy-` and hexadecimal digits",
    "PolicyArn": "the ARN of a lifecycle policy",
    "Tags": "letters, digits and `+-=._:/` that does not begin with `aws:`",
}
_OTHER_THAN_TEXT = re.compile(r"[^0-9A-Za-z _-]")


@rule("POL006", "malformed-policy-value", Severity.ERROR, on=LifecyclePolicy)
def malformed_policy_value(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each string that does not match its pattern."""
    for error in errors_of(policy):
        name = next((part for part in reversed(error.path) if isinstance(part, str)), "")
        scalar = error.entry.key if error.entry is not None else error.node
        if error.keyword != "pattern" or name == "CronExpression":
            continue
        if isinstance(scalar, Scalar) and not is_filled_in_later(scalar.text):
            meant = accepted_form(name, error.schema["pattern"], scalar.text)
            fix = instead(policy.source, scalar, meant, Safety.SAFE) if meant else None
            yield replace(_problem(error, name, scalar), fix=fix)


def _problem(error: StructureError, name: str, scalar: Scalar) -> Problem:
    expected = _EXPECTED.get(name, f"text that matches `{error.schema['pattern']}`")
    bad = dict.fromkeys(_OTHER_THAN_TEXT.findall(scalar.text)) if expected is _TEXT else {}
    if not scalar.text and name == "Description":
        return Problem(scalar.span, "`Description` is empty", severity=Severity.WARNING)
    if bad:
        shown = " ".join(f"`{char}`" for char in bad)
        return Problem(scalar.span, f"`{name}` holds {shown}, expected {expected}")
    what = f"key of `{name}`" if error.entry is not None else f"`{name}`"
    return Problem(scalar.span, f"`{scalar.text}` is no valid {what}; expected {expected}")
