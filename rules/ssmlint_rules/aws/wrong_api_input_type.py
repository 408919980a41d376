"""
## What it does
Reports an input of a call of an AWS operation that is a list, a mapping or a single value where the
operation takes another of these, and texts where it takes a number or a boolean.

## Why is this bad?
The call is refused, and the step fails when the runbook comes to it. Most often it is one value for
a list: `InstanceIds: i-1234`. A parameter of type `String` in the place of a whole list is the same.

What the operation takes is said by the botocore that is installed beside ssmlint (`pip install
'ssmlint[aws]'`); without it this rule says nothing. A text that looks like JSON is left alone.

## Example
```yaml automation
- name: stopInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: StopInstances
    InstanceIds: i-0123456789abcdef0  # <-
    Force: maybe  # <-
```
Use instead:
```yaml automation
- name: stopInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: StopInstances
    InstanceIds: [i-0123456789abcdef0]
    Force: true
```

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): the inputs are those of the operation
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Node, Scalar


@rule("AUT605", "wrong-api-input-type", Severity.ERROR, on=ApiCall)
def wrong_api_input_type(call: ApiCall) -> Iterator[Problem]:
    """Report each value that can not be what the operation takes."""
    for misfit in call.misfits:
        text = f"`{call.operation_name}` takes {misfit.expected} here, not {misfit.found}"
        yield Problem(_place(misfit.node), text)


def _place(node: Node) -> Span:
    return node.span if isinstance(node, Scalar) else Span(node.span.start, node.span.start + 1)
