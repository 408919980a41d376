"""
## What it does
Reports a handler that names a document which is not among the files of the run.

## Why is this bad?
A misspelt name is noticed only when the policy runs: each attempt fails, and by default the
snapshots are made all the same. The rule is opt-in, because a document may well be kept somewhere
else; select it where all documents that your policies call stand beside them. The names are those
of the files without their endings, of comments `# ssmlint: name=...`, and of the `[documents]`
table in the configuration.

Only names are compared: an ARN of another account is left alone.

## Example
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
        - ExecutionHandler: freeze-and-taw  # <-
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
    RetainRule: {Count: 7}
```

## Fix safety
Unsafe: the policy begins to call the document.

## Configuration
`[documents]` maps names that policies use to files, for documents whose file has another name.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionHandler`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Handler
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.edits import instead
from ssmlint_rules.wording import is_filled_in_later, near


@rule("POL706", "unknown-handler", Severity.ERROR, on=Handler, default=False)
def unknown_handler(handler: Handler) -> Iterator[Problem]:
    """Report a name that no document of the run has."""
    node = handler.script.handler
    if node is None or handler.documents or is_filled_in_later(node.text):
        return
    if not node.text.startswith("arn:") and not handler.name.startswith("AWS-"):
        meant = near(handler.name, handler.known)
        hint = f"; did you mean `{meant}`?" if meant else ""
        text = f"no document of this run is named `{handler.name}`{hint}"
        fix = instead(handler.script.schedule.policy.source, node, meant) if meant else None
        yield Problem(node.span, text, fix=fix)
