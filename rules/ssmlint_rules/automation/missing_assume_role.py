"""
## What it does
Reports a runbook without an `assumeRole` that has a script which calls AWS.

## Why is this bad?
Steps act with the rights of whoever starts the automation, but a script of `aws:executeScript` that
calls operations of AWS always needs a role to assume: without one it has no credentials, and the call
fails.

## Example
```yaml document
schemaVersion: '0.3'
mainSteps:
  - name: count
    action: aws:executeScript  # <-
    inputs:
      Runtime: python3.11
      Handler: count
      Script: |
        import boto3

        def count(events, context):
            return {"count": len(boto3.client("ec2").describe_instances()["Reservations"])}
```
Use instead:
```yaml document
schemaVersion: '0.3'
assumeRole: '{{ Role }}'
parameters:
  Role:
    type: AWS::IAM::Role::Arn
mainSteps:
  - name: count
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: count
      Script: |
        import boto3

        def count(events, context):
            return {"count": len(boto3.client("ec2").describe_instances()["Reservations"])}
```

## References
- [aws:executeScript](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html): "a service role (or assume role) is always required"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.wording import is_misspelled_in

_CALLS_AWS = re.compile(
    r"^[ \t]*(?:import boto3|from boto3)\b|\bboto3\.(?:client|resource|session|Session)\b"
    r"|\b(?:Install|Import)-Module\b[^\n]*\bAWS\.Tools\.",
    re.MULTILINE,
)


@rule("AUT502", "missing-assume-role", Severity.WARNING, on=Runbook)
def missing_assume_role(runbook: Runbook) -> Iterator[Problem]:
    """Report the first script that calls AWS without a role."""
    root = runbook.document.root
    role = root.get("assumeRole")
    is_given = role is not None and not (isinstance(role, Scalar) and not role.text.strip())
    if is_given or is_misspelled_in(root, "assumeRole"):
        return
    for step in runbook.steps:
        script = step.input("Script") if step.action == "aws:executeScript" else None
        node = script.value if script is not None else None
        if isinstance(node, Scalar) and _CALLS_AWS.search(node.text) and step.action_node:
            text = "the script calls AWS, and the runbook has no `assumeRole`"
            yield Problem(step.action_node.span, text)
            return
