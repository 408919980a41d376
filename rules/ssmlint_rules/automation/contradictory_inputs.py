"""
## What it does
Reports inputs of a runbook's step that exclude each other, and a `Handler` of a PowerShell script.

## Why is this bad?
The operation behind the action refuses both at once, so the step fails when it runs. PowerShell has
no handler: the script itself is run; that is a warning.

## Example
```yaml automation
- name: stack
  action: aws:createStack
  inputs:
    StackName: network
    TemplateBody: 'Resources: {}'
    TemplateURL: https://example.s3.amazonaws.com/network.yaml  # <-
    OnFailure: DELETE
    DisableRollback: false  # <-
```
Use instead:
```yaml automation
- name: stack
  action: aws:createStack
  inputs:
    StackName: network
    TemplateURL: https://example.s3.amazonaws.com/network.yaml
    OnFailure: DELETE
```

A loop is either over items or under a condition:
```yaml automation
- name: each
  action: aws:loop
  inputs:
    Iterators: [a, b]
    LoopCondition:  # <-
      Variable: '{{ tell.OutputPayload }}'
      StringEquals: again
    Steps:
      - name: tell
        action: aws:executeAwsApi
        inputs:
          Service: sns
          Api: Publish
          Message: '{{ each.CurrentIteratorValue }}'
```

## References
- [aws:createStack](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-createstack.html), [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html), [aws:executeScript](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html): `Handler` is not supported by PowerShell
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, action_of
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("AUT402", "contradictory-inputs", Severity.ERROR, on=Runbook)
def contradictory_inputs(runbook: Runbook) -> Iterator[Problem]:
    """Report each input behind the first of a group that exclude each other."""
    for step in runbook.steps:
        action = action_of(step)
        for group in action.exclusive if action is not None else ():
            given = [entry for name in group if (entry := step.input(name)) is not None]
            for entry in sorted(given, key=lambda entry: entry.span)[1:]:
                others = [other for other in given if other is not entry]
                notes = tuple(Note(other.key.span, "the other one") for other in others)
                names = " and ".join(f"`{other.key.text}`" for other in others)
                text = f"`{entry.key.text}` and {names} exclude each other"
                yield Problem(entry.key.span, text, notes)
        yield from _handler(step)


def _handler(step: Step) -> Iterator[Problem]:
    runtime, handler = step.input("Runtime"), step.input("Handler")
    if step.action != "aws:executeScript" or handler is None or runtime is None:
        return
    if isinstance(runtime.value, Scalar) and runtime.value.text.startswith("PowerShell"):
        text = "PowerShell scripts have no `Handler`; the script itself is run"
        note = Note(runtime.value.span, "the runtime")
        yield Problem(handler.key.span, text, (note,), severity=Severity.WARNING)
