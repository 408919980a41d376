"""
## What it does
Reports a pre/post document whose parameter for the stage has `pre-script` or `post-script` as its
default.

## Why is this bad?
Whoever runs the document by hand and gives no parameters, perhaps to see what it does, freezes a
database that nobody will thaw, or thaws one that is being backed up. AWS's own documents take
`dry-run`; a document without a default is safe, too.

## Example
```yaml parameters
command:
  type: String
  default: pre-script  # <-
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
```
Use instead:
```yaml parameters
command:
  type: String
  default: dry-run
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
```

## Fix safety
Unsafe: a caller that relies on the default gets a dry run.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DLM_STAGES, SsmDocument, stage_named
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten


@rule("DLM004", "stage-default-acts", Severity.WARNING, on=SsmDocument)
def stage_default_acts(document: SsmDocument) -> Iterator[Problem]:
    """Report a default that freezes or thaws."""
    stage = document.stage_parameter
    default = stage.default if stage else None
    if stage is None or not isinstance(default, Scalar):
        return
    if stage_named(default.text) in DLM_STAGES[:2]:
        fix = None
        if "dry-run" in stage.stages:
            edit = rewritten(document.source, default, "dry-run")
            fix = Fix("use `dry-run`", (edit,), Safety.UNSAFE)
        text = f"a run without parameters does the `{default.text}`; let the default be `dry-run`"
        yield Problem(default.span, text, fix=fix)
