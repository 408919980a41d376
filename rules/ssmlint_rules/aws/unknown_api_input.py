"""
## What it does
Reports an input of `aws:executeAwsApi` and its like that the operation does not take, at any depth.

## Why is this bad?
The inputs besides `Service` and `Api` go to the operation as they are. One that it does not have makes
the call fail, or is left out, and the operation does something else than is written: it describes all
instances instead of one.

The members are those of the botocore that is installed beside ssmlint (`pip install 'ssmlint[aws]'`);
without it this rule says nothing.

## Example
```yaml automation
- name: listInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceId: ['{{ InstanceId }}']  # <-
    Filters:
      - Name: instance-state-name
        Value: [running]  # <-
```
Use instead:
```yaml automation
- name: listInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
    Filters:
      - Name: instance-state-name
        Values: [running]
```

## Fix safety
Unsafe: the most similar name may mean something else.

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): the inputs are those of the operation
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.naming import renamed_scalar, suggested


@rule("AUT603", "unknown-api-input", Severity.ERROR, on=ApiCall)
def unknown_api_input(call: ApiCall) -> Iterator[Problem]:
    """Report each key that is no member."""
    for flaw in call.unknown_members:
        key = flaw.entry.key
        meant = suggested(key.text, flaw.shape.members)
        where = f"`{flaw.shape.name}`" if flaw.is_inner else f"`{call.operation_name}`"
        hint = f"; did you mean `{meant}`?" if meant else ""
        fix = renamed_scalar(call.document.source, key, meant)
        yield Problem(key.span, f"{where} has no member `{key.text}`{hint}", fix=fix)
