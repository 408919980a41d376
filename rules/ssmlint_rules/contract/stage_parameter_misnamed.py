"""
## What it does
Reports a pre/post document whose parameter for the stage is not called `command`.

## Why is this bad?
Data Lifecycle Manager sends the stage, `pre-script` or `post-script`, as parameter `command`.
Systems Manager refuses a command with a parameter that the document does not declare, so no
script runs: the snapshot is not application-consistent, or not taken at all. Names are compared
exactly, upper and lower case included.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  operation:  # <-
    type: String
    allowedValues: [pre-script, post-script, dry-run]
  executionId:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - stage='{{ operation }}'
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  command:
    type: String
    allowedValues: [pre-script, post-script, dry-run]
  executionId:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - stage='{{ command }}'
```

## Fix safety
Unsafe: the parameter gets another name, which other callers of the document must use, too.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.contract.dlm import STAGE_PARAMETER
from ssmlint_rules.renaming import renamed


@rule("DLM001", "stage-parameter-misnamed", Severity.ERROR, on=SsmDocument)
def stage_parameter_misnamed(document: SsmDocument) -> Iterator[Problem]:
    """Report the stage parameter where its name is another."""
    stage = document.stage_parameter
    if stage is not None and stage.name != STAGE_PARAMETER:
        text = f"DLM sends the stage as parameter `{STAGE_PARAMETER}`, not `{stage.name}`"
        yield Problem(stage.key.span, text, fix=renamed(document, stage, STAGE_PARAMETER))
