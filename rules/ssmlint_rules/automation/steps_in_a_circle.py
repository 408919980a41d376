"""
## What it does
Reports a step of a runbook that leads back to an earlier one, where another way leads out.

## Why is this bad?
Automation looks for infinite loops before it runs a runbook and refuses those that it finds; no source
says whether a way out is enough for it, and among the published runbooks there is none that goes back.
`aws:loop` repeats steps and ends after a hundred turns at the latest, and
`aws:waitForAwsResourceProperty` waits by itself. It is an info, since the runbook may work.

## Example
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
      - NextStep: check  # <-
        Not:
          Variable: '{{ check.Status }}'
          StringEquals: ok
  isEnd: true
```
Use instead:
```yaml automation
- name: waitUntilWell
  action: aws:waitForAwsResourceProperty
  timeoutSeconds: 600
  inputs:
    Service: ec2
    Api: DescribeInstanceStatus
    InstanceIds: ['{{ InstanceId }}']
    PropertySelector: $.InstanceStatuses[0].InstanceStatus.Status
    DesiredValues: [ok]
```

## References
- [Using conditional statements in runbooks](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-branch-condition.html): "the system verifies that the runbook doesn't create an infinite loop"
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html), [aws:waitForAwsResourceProperty](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.graph import StepGraph
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT110", "steps-in-a-circle", Severity.INFO, on=StepGraph)
def steps_in_a_circle(graph: StepGraph) -> Iterator[Problem]:
    """Report each circle that has a way out at the jump that closes it."""
    for circle in graph.circles if graph.is_certain else ():
        if circle.has_way_out:
            notes = tuple(Note(s.label_span, "a step of the circle") for s in circle.steps[:5])
            text = "steps lead back here, which Automation may refuse; `aws:loop` repeats steps"
            yield Problem(circle.closing, text, notes)
