"""
## What it does
Reports a call of an operation that gives back a stream of bytes, such as `GetObject`.

## Why is this bad?
`aws:executeAwsApi` does not support streaming operations: the step fails, or its outputs are empty.
A script (`aws:executeScript`) can call them.

Which operations these are is said by the botocore that is installed beside ssmlint (`pip install
'ssmlint[aws]'`); without it this rule says nothing.

## Example
```yaml automation
- name: readList
  action: aws:executeAwsApi
  inputs:
    Service: s3
    Api: GetObject  # <-
    Bucket: '{{ Bucket }}'
    Key: list.txt
```
Use instead:
```yaml automation
- name: readList
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    InputPayload:
      bucket: '{{ Bucket }}'
    Script: |
      import boto3

      def main(events, context):
          reply = boto3.client("s3").get_object(Bucket=events["bucket"], Key="list.txt")
          return {"list": reply["Body"].read().decode()}
```

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html):
  streaming operations are not supported
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule


@rule("AUT607", "streaming-operation", Severity.ERROR, on=ApiCall)
def streaming_operation(call: ApiCall) -> Iterator[Problem]:
    """Report an operation with a stream."""
    node, operation = call.api_node, call.operation
    if node is not None and operation is not None and operation.is_streaming:
        text = f"`{operation.name}` streams, which `{call.step.action}` does not support"
        yield Problem(node.span, text)
