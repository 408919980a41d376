"""
## What it does
Reports a value of another type than the DLM API has at that place.

## Why is this bad?
The command line refuses the whole policy. Two traps are common: `ResourceTypes` and
`ResourceLocations` are lists even though they hold exactly one value (two examples in AWS's user
guide write a string), and YAML reads unquoted text that looks like a number as one: an account
id like `012345670123` loses its first digit, and the time `23:45` becomes 1425. Since readers of
YAML do not agree about the latter, it is a warning.

## Example
```json policy
{
  "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
  "ResourceTypes": "VOLUME",  # <-
  "TargetTags": [{"Key": "backup", "Value": "nightly"}],
  "Schedules": [{
    "Name": "nightly",
    "CopyTags": "true",  # <-
    "CreateRule": {"CronExpression": "cron(0 3 * * ? *)"},
    "RetainRule": {"Count": "7"}  # <-
  }]
}
```
Use instead:
```json policy
{
  "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
  "ResourceTypes": ["VOLUME"],
  "TargetTags": [{"Key": "backup", "Value": "nightly"}],
  "Schedules": [{
    "Name": "nightly",
    "CopyTags": true,
    "CreateRule": {"CronExpression": "cron(0 3 * * ? *)"},
    "RetainRule": {"Count": 7}
  }]
}
```

A time of day in YAML:
```yaml schedule
CreateRule:
  Interval: 24
  IntervalUnit: HOURS
  Times: [23:45]  # <-
RetainRule:
  Count: 7
```
Use instead:
```yaml schedule
CreateRule:
  Interval: 24
  IntervalUnit: HOURS
  Times: ['23:45']
RetainRule:
  Count: 7
```

## Fix safety
Safe: quotes are put around a value that has to be a string, or taken away from a number or a
boolean; a single value that has to be a list becomes one of one item, and the other way round.

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html)
- [YAML 1.1: the integer type](https://yaml.org/type/int.html), base 60 included
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.source import Source
from ssmlint.tree import Scalar
from ssmlint_rules.policy_structure import errors_of
from ssmlint_rules.retyping import as_wanted
from ssmlint_rules.structure import StructureError
from ssmlint_rules.typewords import expected_type, found_type
from ssmlint_rules.wording import is_filled_in_later

_SEXAGESIMAL = re.compile(r"\d+(:\d\d?)+")


@rule("POL003", "wrong-policy-type", Severity.ERROR, on=LifecyclePolicy)
def wrong_policy_type(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each value of a wrong type."""
    for error in errors_of(policy):
        node = error.node
        if error.keyword != "type":
            continue
        if isinstance(node, Scalar) and (node.tag or is_filled_in_later(node.text)):
            continue
        yield _problem(policy.source, error)


def _problem(source: Source, error: StructureError) -> Problem:
    name = next((part for part in reversed(error.path) if isinstance(part, str)), "the policy")
    subject = f"an item of `{name}`" if isinstance(error.path[-1], int) else f"`{name}`"
    text = f"{subject} must be {expected_type(error)}, not {found_type(source, error)}"
    if error.path == ("Tags",):
        text = f"{text}; the list of `Key` and `Value` is CloudFormation's form"
    doubtful = isinstance(error.node, Scalar) and _SEXAGESIMAL.fullmatch(source.at(error.span))
    if doubtful:
        text = f"{text} as some readers of YAML take it"
    edit = as_wanted(source, error)
    fix = Fix(f"write it as {expected_type(error)}", (edit,)) if edit is not None else None
    return Problem(error.span, text, fix=fix, severity=Severity.WARNING if doubtful else None)
