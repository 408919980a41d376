"""
## What it does
Reports steps of a runbook that lead to one another and never to the end of the automation or to
another step.

## Why is this bad?
Once it gets there, the automation goes round until a step fails, somebody cancels it, or a limit
of the service stops it, and what it calls is called again and again. A way out is a step without
a `nextStep` in front of nothing, `isEnd`, a choice of an `aws:branch` that leads away, or a failure
that leads to another step (`onFailure: step:...`).

## Example
```yaml automation
- name: check
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstanceStatus
    InstanceIds: ['{{ InstanceId }}']
- name: wait
  action: aws:sleep
  nextStep: check  # <-
  inputs:
    Duration: PT1M
```
Use instead:
```yaml automation
- name: check
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstanceStatus
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Status
      Selector: $.InstanceStatuses[0].InstanceStatus.Status
      Type: String
- name: isItWell
  action: aws:branch
  inputs:
    Choices:
      - NextStep: wait
        Not:
          Variable: '{{ check.Status }}'
          StringEquals: ok
  isEnd: true
- name: wait
  action: aws:sleep
  nextStep: check
  inputs:
    Duration: PT1M
```

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
- [aws:waitForAwsResourceProperty](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html) and [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html), which end by themselves
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.graph import Edge, StepGraph
from ssmlint.model.document import Step
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span


@rule("AUT104", "endless-steps", Severity.ERROR, on=StepGraph)
def endless_steps(graph: StepGraph) -> Iterator[Problem]:
    """Report each circle at the jump that closes it."""
    if not graph.is_certain:
        return
    for circle in graph.circles:
        yield _problem(graph, circle)


def _problem(graph: StepGraph, circle: tuple[Step, ...]) -> Problem:
    names = ", ".join(f"`{step.name}`" for step in circle[:5])
    more = f" and {len(circle) - 5} more" if len(circle) > 5 else ""
    if len(circle) == 1:
        text = f"`{circle[0].name}` is followed by itself and never by anything else"
    else:
        text = f"no way leads out of the circle of {names}{more}; it ends only when a step fails"
    notes = tuple(Note(step.label_span, "a step of the circle") for step in circle[:5])
    return Problem(_closing(graph, circle), text, notes)


def _closing(graph: StepGraph, circle: tuple[Step, ...]) -> Span:
    """The last place in the file where a step of the circle leads back into it."""
    inside = {id(step) for step in circle}
    back: list[Edge] = [
        edge
        for step in circle
        for edge in graph.edges_from(step)
        if edge.jump is not None and edge.end is not None and id(edge.end) in inside
    ]
    spans = [edge.jump.span for edge in back if edge.jump is not None]
    return max(spans) if spans else circle[-1].label_span
