"""
## What it does
Reports a call of an AWS operation without an input that it must have, at any depth.

## Why is this bad?
The call is refused, and the step fails when the runbook comes to it.

What must be there is said by the botocore that is installed beside ssmlint (`pip install
'ssmlint[aws]'`); without it this rule says nothing. Tokens that callers make up are not missed.

## Example
```yaml automation
- name: stopInstances  # <-
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: StopInstances
    Force: true
```
Use instead:
```yaml automation
- name: stopInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: StopInstances
    InstanceIds: ['{{ InstanceId }}']
    Force: true
```

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): the inputs are those of the operation
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule


@rule("AUT604", "missing-api-input", Severity.ERROR, on=ApiCall)
def missing_api_input(call: ApiCall) -> Iterator[Problem]:
    """Report each member that must be there, at the step or at the mapping that lacks it."""
    for flaw in call.missing_members:
        inner = flaw.mapping.entries[0].key.span if flaw.mapping.entries else flaw.mapping.span
        where = f"`{flaw.shape.name}`" if flaw.is_inner else f"`{call.operation_name}`"
        place = inner if flaw.is_inner else call.step.label_span
        yield Problem(place, f"{where} needs `{flaw.name}`, which is not given")
