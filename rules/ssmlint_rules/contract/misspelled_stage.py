"""
## What it does
Reports a value of a pre/post document's stage parameter that nearly is a stage:
`prescript`, `Post-Script`, `dry_run`.

## Why is this bad?
Data Lifecycle Manager sends `pre-script` and `post-script`, and Systems Manager compares values
exactly: the command is refused, no script runs, and the snapshot is not application-consistent,
or not taken at all.

## Example
```yaml parameters
command:
  type: String
  allowedValues:
    - prescript  # <-
    - post-script
    - Dry-Run  # <-
executionId:
  type: String
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues:
    - pre-script
    - post-script
    - dry-run
executionId:
  type: String
```

## Fix safety
Unsafe: a script that compares with the old spelling has to change, too.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint_rules.contract.dlm import meant_stage
from ssmlint_rules.edits import rewritten


@rule("DLM003", "misspelled-stage", Severity.ERROR, on=SsmDocument)
def misspelled_stage(document: SsmDocument) -> Iterator[Problem]:
    """Report each allowed value that was meant to be a stage."""
    stage = document.stage_parameter
    values = (stage.allowed_values if stage else None) or ()
    texts = [value.text for value in values]
    for value in values:
        meant = meant_stage(value.text, texts)
        if meant is not None:
            edit = rewritten(document.source, value, meant)
            fix = Fix(f"write `{meant}`", (edit,), Safety.UNSAFE)
            text = f"`{value.text}` is not a stage of DLM; did you mean `{meant}`?"
            yield Problem(value.span, text, fix=fix)
