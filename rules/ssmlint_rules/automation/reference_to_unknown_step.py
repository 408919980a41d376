"""
## What it does
Reports a `{{ step.output }}`, or an item of a runbook's `outputs`, that names a step which the
runbook does not have.

## Why is this bad?
Nothing can be put in its place: Systems Manager refuses an output of the runbook ("Unknown step
name in named output"), and a step whose inputs cannot be resolved fails. Names are exact, upper and
lower case included. In a text that holds templates of another language (`{% if %}`), names that are
like no step's are left alone.

## Example
```yaml document
schemaVersion: '0.3'
parameters:
  Instance:
    type: AWS::EC2::Instance::Id
mainSteps:
  - name: describe
    action: aws:executeAwsApi
    inputs:
      Service: ec2
      Api: DescribeInstances
      InstanceIds: ['{{ Instance }}']
    outputs:
      - Name: Subnet
        Selector: $.Reservations[0].Instances[0].SubnetId
        Type: String
  - name: launch
    action: aws:runInstances
    inputs:
      ImageId: ami-0123456789abcdef0
      SubnetId: '{{ Describe.Subnet }}'  # <-
outputs:
  - launched.InstanceIds  # <-
```
Use instead:
```yaml document
schemaVersion: '0.3'
parameters:
  Instance:
    type: AWS::EC2::Instance::Id
mainSteps:
  - name: describe
    action: aws:executeAwsApi
    inputs:
      Service: ec2
      Api: DescribeInstances
      InstanceIds: ['{{ Instance }}']
    outputs:
      - Name: Subnet
        Selector: $.Reservations[0].Instances[0].SubnetId
        Type: String
  - name: launch
    action: aws:runInstances
    inputs:
      ImageId: ami-0123456789abcdef0
      SubnetId: '{{ describe.Subnet }}'
outputs:
  - launch.InstanceIds
```

A parameter is no step:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId.Id }}']  # <-
    DesiredState: stopped
```
Use instead:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
```

## Fix safety
Unsafe: the step gets a value where there was none. Only a step with nearly the same name is offered.

## References
- [Automation system variables: terminology and supported scenarios](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `Unknown step name in named output: ...`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.references import OutputReference, RunbookReferences
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.edits import word_instead
from ssmlint_rules.wording import is_filled_in_later, is_of_another_language, near


@rule("AUT201", "reference-to-unknown-step", Severity.ERROR, on=RunbookReferences)
def reference_to_unknown_step(references: RunbookReferences) -> Iterator[Problem]:
    """Report each reference to an output of no step."""
    for reference in references.outputs if references.runbook.steps else ():
        if reference.step_name not in references.runbook.by_name:
            yield from _problem(references, reference)


def _problem(references: RunbookReferences, reference: OutputReference) -> Iterator[Problem]:
    runbook, name = references.runbook, reference.step_name
    if name in runbook.document.parameters:
        text = f"`{name}` is a parameter, and nothing can be selected inside of it"
        note = Note(runbook.document.parameters[name].key.span, "declared here")
        yield Problem(reference.span, f"{text}; write `{{{{ {name} }}}}`", (note,))
        return
    meant = near(name, runbook.by_name)
    text = f"there is no step `{name}`"
    if meant is not None:
        note = Note(runbook.by_name[meant].label_span, f"`{meant}` is here")
        fix = word_instead(runbook.document.source, reference.span, name, meant)
        yield Problem(reference.span, f"{text}; did you mean `{meant}`?", (note,), fix=fix)
    elif reference.user is None:
        if not is_filled_in_later(reference.scalar.text.replace("{{", "")):
            yield Problem(reference.span, text)
    elif reference.is_whole or not is_of_another_language(reference.scalar.text):
        yield Problem(reference.span, text)
