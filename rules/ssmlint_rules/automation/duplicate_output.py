"""
## What it does
Reports an output that its step declares twice.

## Why is this bad?
`{{ step.output }}` can mean one of them only, and nothing says which. The other selector is not
used.

## Example
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Id
      Selector: $.Reservations[0].Instances[0].SubnetId
      Type: String
    - Name: Id  # <-
      Selector: $.Reservations[0].Instances[0].VpcId
      Type: String
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
    - Name: SubnetId
      Selector: $.Reservations[0].Instances[0].SubnetId
      Type: String
    - Name: VpcId
      Selector: $.Reservations[0].Instances[0].VpcId
      Type: String
```

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): `outputs`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, declared_outputs
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("AUT303", "duplicate-output", Severity.ERROR, on=Runbook)
def duplicate_output(runbook: Runbook) -> Iterator[Problem]:
    """Report each output after the first of a name."""
    for step in runbook.steps:
        first: dict[str, Scalar] = {}
        for output in declared_outputs(step):
            earlier = first.setdefault(output.name, output.node)
            if earlier is not output.node:
                note = Note(earlier.span, f"the first output `{output.name}`")
                text = f"another output of `{step.name}` is named `{output.name}`, too"
                yield Problem(output.node.span, text, (note,))
