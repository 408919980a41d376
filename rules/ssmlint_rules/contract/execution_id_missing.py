"""
## What it does
Reports a pre/post document that does not declare the parameter `executionId`.

## Why is this bad?
Data Lifecycle Manager sends `executionId` along with the stage, and Systems Manager refuses a
command with a parameter that the document does not declare: no script runs, and the snapshot is
not application-consistent, or not taken at all. Names are compared exactly. (That DLM always sends
it is inferred from AWS's documents, all of which declare it.)

## Example
```yaml parameters
command:  # <-
  type: String
  allowedValues: [pre-script, post-script, dry-run]
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
  default: None
  allowedPattern: '^(None|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12})$'
```

Under another name:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionID:  # <-
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
Unsafe: a parameter gets another name, where one has nearly that name. Where none has, it is added, with a
default, so that nobody else needs to know of it.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.restructuring import Value, with_entry
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint_rules.contract.dlm import EXECUTION_ID, UUID, misspelled_execution_id
from ssmlint_rules.renaming import renamed


@rule("DLM005", "execution-id-missing", Severity.ERROR, on=SsmDocument)
def execution_id_missing(document: SsmDocument) -> Iterator[Problem]:
    """Report a DLM document without `executionId`."""
    stage = document.stage_parameter
    if stage is None or EXECUTION_ID in document.parameters:
        return
    other = misspelled_execution_id(document)
    if other is not None:
        text = f"DLM sends the run's id as parameter `{EXECUTION_ID}`, not `{other.name}`"
        yield Problem(other.key.span, text, fix=renamed(document, other, EXECUTION_ID))
    else:
        text = f"DLM also sends the parameter `{EXECUTION_ID}`, which is not declared"
        yield Problem(stage.key.span, text, fix=_added(document))


def _added(document: SsmDocument) -> Fix | None:
    parameters = document.root.get_mapping("parameters")
    fields: Value = {"type": "String", "default": "None", "allowedPattern": f"^(None|{UUID})$"}
    if parameters is None:
        return None
    edit = with_entry(document.source, parameters, EXECUTION_ID, fields)
    return Fix(f"declare `{EXECUTION_ID}`", (edit,), Safety.UNSAFE) if edit else None
