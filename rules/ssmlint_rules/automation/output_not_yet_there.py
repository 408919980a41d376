"""
## What it does
Reports a `{{ step.output }}` in a step that can only run before the step whose output it is.

## Why is this bad?
On no way through the runbook is there such an output yet, so the input cannot be resolved and the
step fails. All ways count: the order of the steps, `nextStep`, choices, `onFailure`, `onCancel`, and
the turns of a loop.

## Example
```yaml automation
- name: launch
  action: aws:runInstances
  inputs:
    ImageId: '{{ image.ImageId }}'  # <-
- name: image
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: of {{ image.ImageState }}  # <-
```
Use instead:
```yaml automation
- name: image
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: for a copy
- name: launch
  action: aws:runInstances
  inputs:
    ImageId: '{{ image.ImageId }}'
```

Two branches do not see each other's outputs:
```yaml automation
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: copy
        Variable: '{{ InstanceId }}'
        StringEquals: i-0123456789abcdef0
    Default: tell
- name: copy
  action: aws:createImage
  isEnd: true
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: copy
- name: tell
  action: aws:executeAwsApi
  inputs:
    Service: sns
    Api: Publish
    Message: made {{ copy.ImageId }}  # <-
```

## References
- [What Systems Manager answers](https://docs.aws.amazon.com/systems-manager/latest/userguide/troubleshooting-maintenance-windows.html#step-fails): "Step fails when it is validating and resolving the step inputs"
- [Automation system variables: supported scenarios](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html): the output of a *previous* step
- [Using conditional statements in runbooks](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.references import RunbookReferences
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT203", "output-not-yet-there", Severity.ERROR, on=RunbookReferences)
def output_not_yet_there(references: RunbookReferences) -> Iterator[Problem]:
    """Report each output of a step that cannot have run."""
    graph = references.graph
    if not graph.is_certain:
        return
    for reference in references.outputs:
        step = graph.runbook.by_name.get(reference.step_name)
        if step is None or reference.user is None or id(reference.user) not in graph.reachable:
            continue
        if graph.may_follow(step, reference.user) or _is_about_its_loop(step, reference.user):
            continue
        note = Note(step.label_span, f"the step `{step.name}`")
        if step is reference.user:
            text = f"`{step.name}` has no outputs before it has run"
        else:
            text = f"`{step.name}` can not have run when `{reference.user.name}` begins"
        yield Problem(reference.span, text, (note,))


def _is_about_its_loop(step: Step, user: Step) -> bool:
    """Whether a loop's own inputs use what its steps give: its condition is asked after them."""
    loop = step.loop
    while loop is not None and loop is not user:
        loop = loop.loop
    return loop is user
