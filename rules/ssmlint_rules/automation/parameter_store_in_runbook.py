"""
## What it does
Reports a `{{ssm:...}}` in the steps or the `assumeRole` of a runbook.

## Why is this bad?
Systems Manager refuses the runbook (`InvalidDocumentContent`): a runbook can refer to Parameter Store
only in the `default` of a parameter. And a `SecureString` can be read by no reference at all, but by
`aws:executeAwsApi` with `GetParameter`, or in a script.

## Example
```yaml document
schemaVersion: '0.3'
assumeRole: '{{ssm:/automation/role}}'  # <-
mainSteps:
  - name: launch
    action: aws:runInstances
    inputs:
      ImageId: '{{ssm:/golden/image}}'  # <-
```
Use instead:
```yaml document
schemaVersion: '0.3'
assumeRole: '{{ Role }}'
parameters:
  Role:
    type: AWS::IAM::Role::Arn
  Image:
    type: String
    default: '{{ssm:/golden/image}}'
mainSteps:
  - name: launch
    action: aws:runInstances
    inputs:
      ImageId: '{{ Image }}'
```

## References
- [Automation system variables: unsupported scenarios](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import ReferenceKind
from ssmlint.rule import Problem, Severity, rule


@rule("AUT206", "parameter-store-in-runbook", Severity.ERROR, on=Runbook)
def parameter_store_in_runbook(runbook: Runbook) -> Iterator[Problem]:
    """Report each reference to Parameter Store outside of defaults."""
    for reference in runbook.document.references:
        if reference.kind is ReferenceKind.PARAMETER_STORE:
            text = (
                f"`{reference.name}` can only be the default of a parameter; "
                "Systems Manager refuses the runbook"
            )
            yield Problem(reference.span, text)
