"""
## What it does
Reports a `{{ step.output }}`, or an item of a runbook's `outputs`, whose step exists and has no
output of that name.

## Why is this bad?
The step that uses it fails, because the input cannot be resolved. Outputs are those that an action
has by itself (`aws:runInstances` has `InstanceIds`) and those that the step declares under
`outputs`: `aws:executeAwsApi` has no others, and of `aws:executeScript` only `Payload` as a whole is
there undeclared. Of actions that the guide says have no outputs it is a warning.

## Example
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
- name: launch
  action: aws:runInstances
  inputs:
    ImageId: ami-0123456789abcdef0
    SubnetId: '{{ describe.Subnet }}'  # <-
- name: tag
  action: aws:createTags
  inputs:
    ResourceIds: ['{{ launch.InstanceId }}']  # <-
    Tags:
      - Key: copyOf
        Value: '{{ InstanceId }}'
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
- name: launch
  action: aws:runInstances
  inputs:
    ImageId: ami-0123456789abcdef0
    SubnetId: '{{ describe.SubnetId }}'
- name: tag
  action: aws:createTags
  inputs:
    ResourceIds: ['{{ launch.InstanceIds }}']
    Tags:
      - Key: copyOf
        Value: '{{ InstanceId }}'
```

## Fix safety
Unsafe: the step gets a value where there was none. Only an output with nearly the same name is offered.

## References
- [What Systems Manager answers](https://docs.aws.amazon.com/systems-manager/latest/userguide/troubleshooting-maintenance-windows.html#step-fails): "Step fails when it is validating and resolving the step inputs"
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): the outputs of each action stand on its page
- [An output of a child runbook is not an output of the step](https://github.com/aws-solutions/automated-security-response-on-aws/issues/62)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.references import OutputReference, RunbookReferences
from ssmlint.automation.runbook import action_of, declared_outputs, outputs_of
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Source
from ssmlint_rules.edits import word_instead
from ssmlint_rules.wording import listed, near


@rule("AUT202", "undeclared-output", Severity.ERROR, on=RunbookReferences)
def undeclared_output(references: RunbookReferences) -> Iterator[Problem]:
    """Report each output that its step does not have."""
    for reference in references.outputs:
        step = references.runbook.by_name.get(reference.step_name)
        if step is None or action_of(step) is None:
            continue
        if reference.output_name not in outputs_of(step):
            yield _problem(references.runbook.document.source, reference, step)


def _problem(source: Source, reference: OutputReference, step: Step) -> Problem:
    action = action_of(step)
    known = outputs_of(step)
    text = f"step `{step.name}` has no output `{reference.output_name}`"
    meant = near(reference.output_name, known)
    places = {output.name: output.node.span for output in declared_outputs(step)}
    note = Note(places.get(meant or "", step.label_span), "the step")
    if meant is not None:
        behind, old = len(reference.step_name), reference.output_name
        fix = word_instead(source, reference.span, old, meant, behind)
        return Problem(reference.span, f"{text}; did you mean `{meant}`?", (note,), fix=fix)
    if action is not None and action.declares and not places:
        return Problem(reference.span, f"{text}; it declares none", (note,))
    if action is not None and not action.outputs and not places and not action.declares:
        text = f"{text}: `{action.name}` has none"
        return Problem(reference.span, text, (note,), severity=Severity.WARNING)
    names = [name for name in known if name != "OutputPayload"]
    return Problem(reference.span, f"{text}, only {listed(names)}", (note,))
