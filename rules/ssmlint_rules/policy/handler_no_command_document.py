"""
## What it does
Reports a policy whose pre and post scripts are a document that is no Command document.

## Why is this bad?
Data Lifecycle Manager sends a command to the instances, and only documents of the type Command can
be sent. With an Automation or a Session document each attempt fails, and by default the snapshots
are made all the same, without a pre script.

The document is found among the files of the run by its name: its file's name without the ending, a
comment `# ssmlint: name=...` in it, or an entry of the `[documents]` table in the configuration.

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '0.3'
mainSteps:
  - name: wait
    action: aws:sleep
    inputs: {Duration: PT5M}
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

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): creating the document
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind
from ssmlint.model.pair import Pair
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.pairs import in_document


@rule("POL701", "handler-no-command-document", Severity.ERROR, on=Pair)
def handler_no_command_document(pair: Pair) -> Iterator[Problem]:
    """Report a handler that names another type of document."""
    document = pair.document
    if document.kind is not DocumentKind.COMMAND:
        version = document.schema_version_node
        notes: tuple[Note, ...] = ()
        if version is not None:
            notes = (in_document(pair, version.span, f"schema version {version.text}"),)
        kind = document.kind.value
        article = "an" if kind[0] in "AEIOU" else "a"
        text = f"`{document.name}` is {article} {kind} document, expected a Command document"
        yield Problem(pair.script.label_span, text, notes)
