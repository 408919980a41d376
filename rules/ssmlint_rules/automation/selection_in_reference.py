"""
## What it does
Reports a reference that selects inside of an output: `{{ step.output.part }}`, `{{ step.output[0] }}`.

## Why is this bad?
A reference is a step and an output, no more. What stands behind it is not looked up, and the input
cannot be resolved. What is needed of an answer is declared under the `outputs` of its step, with a
selector; a script can pick it out of a `Payload` that is handed over.

## Example
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Instances
      Selector: $.Reservations[0].Instances
      Type: MapList
- name: launch
  action: aws:runInstances
  inputs:
    ImageId: '{{ describe.Instances[0].ImageId }}'  # <-
    SubnetId: '{{ describe.Instances.SubnetId }}'  # <-
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
    - Name: ImageId
      Selector: $.Reservations[0].Instances[0].ImageId
      Type: String
    - Name: SubnetId
      Selector: $.Reservations[0].Instances[0].SubnetId
      Type: String
- name: launch
  action: aws:runInstances
  inputs:
    ImageId: '{{ describe.ImageId }}'
    SubnetId: '{{ describe.SubnetId }}'
```

## References
- [A maintainer on selecting inside of `Output`](https://github.com/aws-solutions/automated-security-response-on-aws/issues/62)
- [Using action outputs as inputs](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-outputs-inputs.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.references import RunbookReferences
from ssmlint.automation.runbook import outputs_of
from ssmlint.rule import Problem, Severity, rule


@rule("AUT204", "selection-in-reference", Severity.ERROR, on=RunbookReferences)
def selection_in_reference(references: RunbookReferences) -> Iterator[Problem]:
    """Report each reference with more than a step and an output that it has."""
    for reference in references.outputs:
        step = references.runbook.by_name.get(reference.step_name)
        if step is None or not reference.rest or reference.output_name not in outputs_of(step):
            continue  # the step or the output has a finding of its own
        name = f"{reference.step_name}.{reference.output_name}"
        text = (
            f"`{reference.rest}` selects inside of `{name}`, which references can not; "
            f"declare an output of `{reference.step_name}` for it"
        )
        yield Problem(reference.span, text)
