"""
## What it does
Reports an output that a step declares without a `Type`.

## Why is this bad?
The guide asks for the type. Without it, nobody knows whether later steps get a text or a list, and
Systems Manager may refuse the runbook (no source says what it does).

## Example
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Groups  # <-
      Selector: $.Reservations[0].Instances[0].SecurityGroups[*].GroupId
```
Use instead:
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Groups
      Selector: $.Reservations[0].Instances[0].SecurityGroups[*].GroupId
      Type: StringList
```

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): `Type`, required
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, declared_outputs
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.wording import is_misspelled_in


@rule("AUT305", "untyped-output", Severity.WARNING, on=Runbook)
def untyped_output(runbook: Runbook) -> Iterator[Problem]:
    """Report each output without a type."""
    for step in runbook.steps:
        for output in declared_outputs(step):
            if output.fields.get("Type") is None and not is_misspelled_in(output.fields, "Type"):
                yield Problem(output.node.span, f"output `{output.name}` has no `Type`")
