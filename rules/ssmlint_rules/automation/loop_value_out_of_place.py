"""
## What it does
Reports `{{ loop.CurrentIteratorValue }}` or `{{ loop.CurrentIteration }}` outside of the steps of that
loop, and `CurrentIteratorValue` of a loop that has no `Iterators`.

## Why is this bad?
The values exist while a turn of the loop runs, and a loop under a `LoopCondition` has no items. The
input cannot be resolved, and the step fails.

## Example
```yaml automation
- name: each
  action: aws:loop
  inputs:
    Iterators: ['{{ InstanceId }}']
    Steps:
      - name: stop
        action: aws:changeInstanceState
        inputs:
          InstanceIds: ['{{ each.CurrentIteratorValue }}']
          DesiredState: stopped
- name: start
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ each.CurrentIteratorValue }}']  # <-
    DesiredState: running
```
Use instead:
```yaml automation
- name: each
  action: aws:loop
  inputs:
    Iterators: ['{{ InstanceId }}']
    Steps:
      - name: stop
        action: aws:changeInstanceState
        inputs:
          InstanceIds: ['{{ each.CurrentIteratorValue }}']
          DesiredState: stopped
- name: start
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: running
```

## References
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html): `Steps`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.references import OutputReference, RunbookReferences
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule

_OF_A_TURN = ("CurrentIteration", "CurrentIteratorValue")


@rule("AUT408", "loop-value-out-of-place", Severity.ERROR, on=RunbookReferences)
def loop_value_out_of_place(references: RunbookReferences) -> Iterator[Problem]:
    """Report each value of a turn where there is no such turn."""
    for reference in references.outputs:
        loop = references.runbook.by_name.get(reference.step_name)
        if loop is None or loop.action != "aws:loop" or reference.output_name not in _OF_A_TURN:
            continue
        text = _wrong(loop, reference)
        if text is not None:
            yield Problem(reference.span, text, (Note(loop.label_span, "the loop"),))


def _wrong(loop: Step, reference: OutputReference) -> str | None:
    if reference.user is not loop and not _is_inside(loop, reference.user):
        name = reference.output_name
        return f"`{name}` is there only in the steps of the loop `{loop.name}`"
    is_value = reference.output_name == "CurrentIteratorValue"
    if is_value and loop.input("Iterators") is None and loop.input("LoopCondition") is not None:
        return f"the loop `{loop.name}` has no `Iterators`, so there is no `CurrentIteratorValue`"
    return None


def _is_inside(loop: Step, step: Step | None) -> bool:
    while step is not None:
        if step.loop is loop:
            return True
        step = step.loop
    return False
