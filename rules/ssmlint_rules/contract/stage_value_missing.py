"""
## What it does
Reports a pre/post document whose parameter `command` does not allow all of `pre-script`,
`post-script` and `dry-run`.

## Why is this bad?
Data Lifecycle Manager looks for the three values in the document. Where they are not there, it
treats the run as failed: the snapshot is not application-consistent, or not taken at all.

## Example
```yaml parameters
command:
  type: String
  allowedValues:  # <-
    - pre-script
    - post-script
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

Without any:
```yaml parameters
command:  # <-
  type: String
executionId:
  type: String
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
```

## Fix safety
Unsafe: the script has to know what to do at the stage that is added.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DLM_STAGES, Parameter, SsmDocument
from ssmlint.restructuring import with_entry
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Sequence
from ssmlint_rules.contract.dlm import meant_stage
from ssmlint_rules.edits import appended
from ssmlint_rules.wording import is_filled_in_later, is_misspelled_in, listed


@rule("DLM002", "stage-value-missing", Severity.ERROR, on=SsmDocument)
def stage_value_missing(document: SsmDocument) -> Iterator[Problem]:
    """Report the stages that the stage parameter does not allow."""
    stage = document.stage_parameter
    if stage is None or (stage.fields and is_misspelled_in(stage.fields, "allowedValues")):
        return
    entry = stage.fields.entry("allowedValues") if stage.fields else None
    if entry is None:
        text = f"`{stage.name}` has no `allowedValues`; DLM looks for {_all()} there"
        yield Problem(stage.key.span, text, fix=_all_added(document, stage))
        return
    missing = _missing(stage)
    if missing:
        text = f"`allowedValues` lacks {' and '.join(f'`{value}`' for value in missing)}"
        fix = _fix(document, entry.value, missing) if len(missing) == 1 else None
        yield Problem(entry.key.span, f"{text}; DLM looks for {_all()} there", fix=fix)


def _all_added(document: SsmDocument, stage: Parameter) -> Fix | None:
    if stage.fields is None:
        return None
    edit = with_entry(document.source, stage.fields, "allowedValues", list(DLM_STAGES))
    return Fix("add all three", (edit,), Safety.UNSAFE) if edit else None


def _all() -> str:
    return listed(DLM_STAGES).replace(" or ", " and ")


def _missing(stage: Parameter) -> list[str]:
    """The stages that no value names; a misspelled one is `misspelled-stage`."""
    texts = [value.text for value in stage.allowed_values or ()]
    if any(is_filled_in_later(text) for text in texts):
        return []
    meant = {meant_stage(text, texts) for text in texts} | set(texts)
    return [value for value in DLM_STAGES if value not in meant]


def _fix(document: SsmDocument, values: object, missing: list[str]) -> Fix | None:
    if not isinstance(values, Sequence):
        return None
    edit = appended(document.source, values, missing[0])
    return Fix(f"add `{missing[0]}`", (edit,), Safety.UNSAFE) if edit else None
