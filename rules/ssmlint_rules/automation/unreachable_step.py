"""
## What it does
Reports a step of a runbook that no way leads to: not the order of the steps, nor any `nextStep`,
choice, `onFailure` or `onCancel`.

## Why is this bad?
The step never runs. Mostly an `isEnd: true` or a `nextStep` in front of it was meant for another
step, or the step that should lead to it was renamed. Steps that only such a step leads to are not
reported again.

## Example
```yaml automation
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: stop
        Variable: '{{ InstanceId }}'
        StringEquals: i-0123456789abcdef0
    Default: stop
- name: snapshot  # <-
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: before-the-change
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
```
Use instead:
```yaml automation
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: stop
        Variable: '{{ InstanceId }}'
        StringEquals: i-0123456789abcdef0
    Default: snapshot
- name: snapshot
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: before-the-change
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
```

A step behind the end:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  isEnd: true
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
- name: start  # <-
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: running
```

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
- [Using conditional statements in runbooks](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.graph import StepGraph
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT103", "unreachable-step", Severity.WARNING, on=StepGraph)
def unreachable_step(graph: StepGraph) -> Iterator[Problem]:
    """Report the first of each run of steps that nothing leads to."""
    if not graph.is_certain:
        return
    lost = [step for step in graph.runbook.steps if id(step) not in graph.reachable]
    followers: set[int] = set()
    for step in lost:
        if id(step) not in followers:
            # What it leads to is lost with it.
            followers.update(id(other) for other in graph.behind([step]))
            yield _problem(graph, step)


def _problem(graph: StepGraph, step: Step) -> Problem:
    name = f"`{step.name}`" if step.name else "this step"
    steps = graph.runbook.steps
    before = steps[max(0, next(i for i, one in enumerate(steps) if one is step) - 1)]
    note = Note(before.label_span, f"the step above goes {_where(graph, before)}")
    return Problem(step.label_span, f"{name} never runs: no step leads to it", (note,))


def _where(graph: StepGraph, step: Step) -> str:
    ends = [edge.end for edge in graph.edges_from(step)]
    if not ends or all(end is None for end in ends):
        return "nowhere: the automation ends"
    names = dict.fromkeys(f"`{end.name}`" for end in ends if end is not None)
    return "to " + ", ".join(names)
