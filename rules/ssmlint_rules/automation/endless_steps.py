"""
## What it does
Reports steps of a runbook that lead to one another and never to the end of the automation or to
another step.

## Why is this bad?
Automation looks for infinite loops before it runs a runbook, and answers with an error and the circle
that it has found. A way out is the end of the runbook, `isEnd`, a choice of an `aws:branch` that leads
away, or a failure that leads to another step (`onFailure: step:...`); circles with one are the business
of `steps-in-a-circle`.

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
- [Using conditional statements in runbooks](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html): "the system verifies that the runbook doesn't create an infinite loop"
- [aws:waitForAwsResourceProperty](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html) and [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html), which end by themselves
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.graph import Circle, StepGraph
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT104", "endless-steps", Severity.ERROR, on=StepGraph)
def endless_steps(graph: StepGraph) -> Iterator[Problem]:
    """Report each circle without a way out at the jump that closes it."""
    for circle in graph.circles if graph.is_certain else ():
        if not circle.has_way_out:
            notes = tuple(Note(s.label_span, "a step of the circle") for s in circle.steps[:5])
            yield Problem(circle.closing, _text(circle), notes)


def _text(circle: Circle) -> str:
    steps = circle.steps
    if len(steps) == 1:
        return f"`{steps[0].name}` is followed by itself and never by anything else"
    names = ", ".join(f"`{step.name}`" for step in steps[:5])
    more = f" and {len(steps) - 5} more" if len(steps) > 5 else ""
    return f"no way leads out of the circle of {names}{more}"
