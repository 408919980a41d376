"""
## What it does
Reports an `Api` of `aws:executeAwsApi` and its like that the service does not have.

## Why is this bad?
The step fails when the runbook comes to it, and what the steps before have done stays done.

`DescribeInstances` and `describe_instances` are the same operation. The operations are those of the
botocore that is installed beside ssmlint (`pip install 'ssmlint[aws]'`); without it this rule says
nothing. An operation that is newer than that botocore is reported, too.

## Example
```yaml automation
- name: listInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstance  # <-
```
Use instead:
```yaml automation
- name: listInstances
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
```

## Fix safety
Unsafe: the most similar name may be another operation.

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): `Api`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.naming import renamed_scalar, suggested


@rule("AUT602", "unknown-api-operation", Severity.ERROR, on=ApiCall)
def unknown_api_operation(call: ApiCall) -> Iterator[Problem]:
    """Report an operation that the service does not have."""
    node, service = call.api_node, call.service
    if node is None or service is None or call.operation is not None or not node.text.strip():
        return
    meant = suggested(node.text, service.operations)
    hint = f"; did you mean `{meant}`?" if meant else ""
    text = f"`{service.name}` has no operation `{node.text}`{hint}"
    yield Problem(node.span, text, fix=renamed_scalar(call.document.source, node, meant))
