"""
## What it does
Reports a document that needs a parameter which Data Lifecycle Manager does not send.

## Why is this bad?
A policy has no place for parameters: the document is called with `command` and, in all of AWS's
examples, `executionId`. A further parameter without a default makes the call fail (inferred: no
page names the parameters that are sent, hence a warning).

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
  mountPoint: {type: String, allowedPattern: '^/[a-z/]+$'}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs: {runCommand: ['/opt/backup/{{ command }} {{ mountPoint }}']}
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw  # <-
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
  mountPoint: {type: String, allowedPattern: '^/[a-z/]+$', default: /data}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs: {runCommand: ['/opt/backup/{{ command }} {{ mountPoint }}']}
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
    RetainRule: {Count: 7}
```

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): the sample documents
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind
from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.pairs import in_document

_SENT = frozenset({"command", "executionid"})


@rule("POL703", "unsent-parameter", Severity.WARNING, on=Pair)
def unsent_parameter(pair: Pair) -> Iterator[Problem]:
    """Report each parameter that has no default and that nobody sends."""
    if pair.document.kind is not DocumentKind.COMMAND:
        return
    for parameter in pair.document.parameters.values():
        if parameter is pair.document.stage_parameter or parameter.name.casefold() in _SENT:
            continue
        if parameter.default is None:
            note = in_document(pair, parameter.key.span, "needs a default")
            text = f"`{pair.document.name}` needs the parameter `{parameter.name}`, which a policy "
            text += "does not send"
            yield Problem(pair.script.label_span, text, (note,))
