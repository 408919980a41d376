"""
## What it does
Reports a `Service` of `aws:executeAwsApi` and its like that does not exist.

## Why is this bad?
The step fails when the runbook comes to it, and what the steps before have done stays done. The names
are those of boto3's clients: `elbv2`, not `elasticloadbalancingv2`.

The services are those of the botocore that is installed beside ssmlint (`pip install 'ssmlint[aws]'`);
without it this rule says nothing. A service that is newer than that botocore is reported, too.

## Example
```yaml automation
- name: readSecret
  action: aws:executeAwsApi
  inputs:
    Service: secretmanager  # <-
    Api: GetSecretValue
    SecretId: database
```
Use instead:
```yaml automation
- name: readSecret
  action: aws:executeAwsApi
  inputs:
    Service: secretsmanager
    Api: GetSecretValue
    SecretId: database
```

## Fix safety
Unsafe: the most similar name may be another service.

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): `Service`
- [boto3, available services](https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/index.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.naming import renamed_scalar, suggested


@rule("AUT601", "unknown-aws-service", Severity.ERROR, on=ApiCall)
def unknown_aws_service(call: ApiCall) -> Iterator[Problem]:
    """Report a service that botocore does not know."""
    node = call.service_node
    if node is None or call.service is not None or not node.text.strip():
        return
    meant = suggested(node.text, call.known_services)
    hint = f"; did you mean `{meant}`?" if meant else ""
    fix = renamed_scalar(call.document.source, node, meant)
    yield Problem(node.span, f"there is no AWS service `{node.text}`{hint}", fix=fix)
