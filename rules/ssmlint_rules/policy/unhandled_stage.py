"""
## What it does
Reports a stage that the policy runs and its document does not accept.

## Why is this bad?
For each stage Data Lifecycle Manager calls the document with `pre-script` or `post-script`. Systems
Manager refuses a value that the parameter's `allowedValues` do not have, so the attempt fails before
anything runs on the instance. If that is the post script, what the pre script froze stays frozen.
The user guide wants all of `pre-script`, `post-script` and `dry-run` in the list, and counts a
document without them as a failed execution.

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs: {runCommand: ['/opt/backup/{{ command }}']}
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          Stages: [PRE, POST]  # <-
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs: {runCommand: ['/opt/backup/{{ command }}']}
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          Stages: [PRE, POST]
    RetainRule: {Count: 7}
```

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): preparing the document
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `Stages`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind
from ssmlint.model.pair import Pair
from ssmlint.model.policy import STAGE_COMMANDS
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Scalar
from ssmlint_rules.pairs import in_document


@rule("POL702", "unhandled-stage", Severity.ERROR, on=Pair)
def unhandled_stage(pair: Pair) -> Iterator[Problem]:
    """Report each stage whose command the document refuses."""
    document = pair.document
    if document.kind is not DocumentKind.COMMAND:
        return
    parameter = document.stage_parameter or document.parameters.get("command")
    if parameter is None:
        text = f"`{document.name}` has no parameter `command` that takes `pre-script` and such"
        place = in_document(pair, document.root.entries[0].key.span, "the document")
        yield Problem(pair.script.label_span, text, (place,))
        return
    values = parameter.allowed_values
    allowed = None if values is None else {value.text for value in values}
    for stage in dict.fromkeys(pair.script.stages):
        command = STAGE_COMMANDS.get(stage)
        if command is not None and allowed is not None and command not in allowed:
            node = parameter.field("allowedValues")
            span = node.span if node is not None else parameter.key.span
            note = in_document(pair, span, f"`{command}` is not among these")
            text = f"stage `{stage}` sends `{command}`, which `{document.name}` does not accept"
            yield Problem(_stage_span(pair, stage), text, (note,))


def _stage_span(pair: Pair, stage: str) -> Span:
    for item in pair.script_node.get_sequence("Stages") or ():
        if isinstance(item, Scalar) and item.text == stage:
            return item.span
    return pair.script.label_span
