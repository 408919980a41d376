"""
## What it does
Reports an item of `DesiredValues` that the property which is looked at can never have, because it is not
among the values that the model of the operation lists.

## Why is this bad?
`aws:waitForAwsResourceProperty` waits until its time is over, an hour without `timeoutSeconds`, and then
fails; `aws:assertAwsResourceProperty` fails at once. Snapshots are `completed`, volumes `available`
and instances `running`: what one service calls its good state, another does not know.

Which values there are is said by the botocore that is installed beside ssmlint (`pip install
'ssmlint[aws]'`); without it this rule says nothing. Only upper and lower case may differ.

## Example
```yaml automation
- name: waitForSnapshot
  action: aws:waitForAwsResourceProperty
  inputs:
    Service: ec2
    Api: DescribeSnapshots
    SnapshotIds: [snap-0123456789abcdef0]
    PropertySelector: $.Snapshots[0].State
    DesiredValues: [complete]  # <-
```
Use instead:
```yaml automation
- name: waitForSnapshot
  action: aws:waitForAwsResourceProperty
  inputs:
    Service: ec2
    Api: DescribeSnapshots
    SnapshotIds: [snap-0123456789abcdef0]
    PropertySelector: $.Snapshots[0].State
    DesiredValues: [completed]
```

## Fix safety
Unsafe: the most similar value may mean something else.

## References
- [aws:waitForAwsResourceProperty](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html): `DesiredValues`
- [aws:assertAwsResourceProperty](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-assertAwsResourceProperty.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.naming import renamed_scalar, suggested
from ssmlint_rules.wording import is_filled_in_later, listed

#: More values than these are not told one by one.
_MOST_SHOWN = 8


@rule("AUT608", "impossible-desired-value", Severity.WARNING, on=ApiCall)
def impossible_desired_value(call: ApiCall) -> Iterator[Problem]:
    """Report each value that never comes."""
    wanted, shape = call.inputs.get_sequence("DesiredValues"), call.awaited
    if wanted is None or shape is None or shape.type != "string" or not shape.values:
        return
    folded = {value.casefold() for value in shape.values}
    for node in wanted:
        if not isinstance(node, Scalar) or not node.is_string or is_filled_in_later(node.text):
            continue
        if node.text.casefold() not in folded:
            meant = suggested(node.text, shape.values)
            few = f"; expected {listed(shape.values)}" if len(shape.values) <= _MOST_SHOWN else ""
            hint = f"; did you mean `{meant}`?" if meant else few
            text = f"`{call.operation_name}` never answers `{node.text}` here{hint}"
            yield Problem(node.span, text, fix=renamed_scalar(call.document.source, node, meant))
