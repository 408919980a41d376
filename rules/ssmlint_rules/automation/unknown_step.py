"""
## What it does
Reports a `nextStep`, `onFailure: step:...`, `onCancel: step:...`, `NextStep` or `Default` of a
runbook that names a step which the runbook does not have.

## Why is this bad?
Systems Manager refuses the runbook: "Unknown step name". Names are exact, upper and lower case
included.

## Example
```yaml automation
- name: stop
  action: aws:changeInstanceState
  onFailure: step:forceStop  # <-
  nextStep: snapshott  # <-
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: snapshot
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: before-the-change
```
Use instead:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  onFailure: step:force
  nextStep: snapshot
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: force
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
    Force: true
- name: snapshot
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: before-the-change
```

One that differs in upper and lower case only is put right:
```yaml automation
- name: wait
  action: aws:sleep
  nextStep: Check  # <-
  inputs:
    Duration: PT1M
- name: check
  action: aws:pause
  inputs: {}
```
Use instead:
```yaml automation
- name: wait
  action: aws:sleep
  nextStep: check
  inputs:
    Duration: PT1M
- name: check
  action: aws:pause
  inputs: {}
```

## Fix safety
Safe: only upper and lower case change, to the one step that has the name.

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `Unknown step name: "..." in nextStep`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Jump, Runbook
from ssmlint.rule import Edit, Fix, Note, Problem, Severity, rule
from ssmlint_rules.wording import is_filled_in_later, near


@rule("AUT101", "unknown-step", Severity.ERROR, on=Runbook)
def unknown_step(runbook: Runbook) -> Iterator[Problem]:
    """Report each name that is no step's."""
    for jump in runbook.jumps:
        if jump.target in runbook.by_name or is_filled_in_later(jump.target):
            continue
        # `nextStep: step:name` is `malformed-jump`.
        if jump.target.removeprefix("step:").strip() not in runbook.by_name:
            yield _problem(runbook, jump)


def _problem(runbook: Runbook, jump: Jump) -> Problem:
    text = f"`{jump.way.value}` names the step `{jump.target}`, which the runbook does not have"
    meant = near(jump.target, runbook.by_name)
    if meant is None:
        return Problem(jump.span, text)
    label = runbook.by_name[meant].label_span
    same = [name for name in runbook.by_name if name.casefold() == jump.target.casefold()]
    fix = Fix(f"name `{meant}`", (Edit(jump.span, meant),)) if same == [meant] else None
    note = Note(label, f"`{meant}` is here")
    return Problem(jump.span, f"{text}; did you mean `{meant}`?", (note,), fix=fix)
