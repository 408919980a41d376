"""
## What it does
Reports a `{{ step.output }}` in a step that is reached only where that other step has failed or was
cancelled.

## Why is this bad?
An operation or a script that has failed has no answer to select outputs from. The step that should clean
up or tell somebody fails itself, because its inputs cannot be resolved. Only `aws:executeAwsApi` and
`aws:executeScript` are meant: a failed `aws:runCommand` still has its `Output`. That nothing is left of a
failed operation is inferred.

## Example
```yaml automation
- name: create
  action: aws:executeAwsApi
  onFailure: step:remove
  isEnd: true
  inputs:
    Service: ec2
    Api: CreateSnapshot
    VolumeId: vol-0123456789abcdef0
  outputs:
    - Name: SnapshotId
      Selector: $.SnapshotId
      Type: String
- name: remove
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DeleteSnapshot
    SnapshotId: '{{ create.SnapshotId }}'  # <-
```
Use instead:
```yaml automation
- name: create
  action: aws:executeAwsApi
  onFailure: step:tell
  inputs:
    Service: ec2
    Api: CreateSnapshot
    VolumeId: vol-0123456789abcdef0
  outputs:
    - Name: SnapshotId
      Selector: $.SnapshotId
      Type: String
- name: wait
  action: aws:waitForAwsResourceProperty
  onFailure: step:remove
  isEnd: true
  inputs:
    Service: ec2
    Api: DescribeSnapshots
    SnapshotIds: ['{{ create.SnapshotId }}']
    PropertySelector: $.Snapshots[0].State
    DesiredValues: [completed]
- name: remove
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DeleteSnapshot
    SnapshotId: '{{ create.SnapshotId }}'
- name: tell
  action: aws:executeAwsApi
  inputs:
    Service: sns
    Api: Publish
    Message: no snapshot
```

## References
- [What Systems Manager answers](https://docs.aws.amazon.com/systems-manager/latest/userguide/troubleshooting-maintenance-windows.html#step-fails): "Step fails when it is validating and resolving the step inputs"
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): outputs are selected from the response
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.references import RunbookReferences
from ssmlint.automation.runbook import action_of, declared_outputs
from ssmlint.rule import Note, Problem, Severity, rule


@rule("AUT213", "output-of-failed-step", Severity.ERROR, on=RunbookReferences)
def output_of_failed_step(references: RunbookReferences) -> Iterator[Problem]:
    """Report each output that a failure has taken away."""
    graph = references.graph
    for reference in references.outputs if graph.is_certain else ():
        step, user = graph.runbook.by_name.get(reference.step_name), reference.user
        action = action_of(step) if step is not None else None
        if step is None or user is None or action is None or not action.declares:
            continue
        is_declared = any(o.name == reference.output_name for o in declared_outputs(step))
        if is_declared and graph.follows_failure_only(step, user):
            text = (
                f"`{step.name}` has failed wherever `{user.name}` runs, so it has no "
                f"`{reference.output_name}`"
            )
            yield Problem(reference.span, text, (Note(step.label_span, "the step that failed"),))
