"""
## What it does
Reports a parameter of a pre/post document, besides `command` and `executionId`, that has no
default.

## Why is this bad?
Data Lifecycle Manager sends these two and nothing else. Systems Manager refuses a command that
lacks a required parameter, so no script runs: the snapshot is not application-consistent, or not
taken at all.

## Example
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
mountPoint:  # <-
  type: String
  allowedPattern: ^/[a-z/]+$
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
mountPoint:
  type: String
  default: /data
  allowedPattern: ^/[a-z/]+$
```

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.contract.dlm import EXECUTION_ID, STAGE_PARAMETER, misspelled_execution_id


@rule("DLM009", "extra-required-parameter", Severity.ERROR, on=SsmDocument)
def extra_required_parameter(document: SsmDocument) -> Iterator[Problem]:
    """Report each further parameter that must be given."""
    if not document.is_dlm:
        return
    sent = {STAGE_PARAMETER, EXECUTION_ID}
    meant = (document.stage_parameter, misspelled_execution_id(document))
    for parameter in document.parameters.values():
        default = parameter.default
        is_given = parameter.name in sent or parameter in meant
        is_empty = isinstance(default, Scalar) and default.value is None
        if not is_given and (default is None or is_empty):
            text = f"`{parameter.name}` needs a default; DLM sends `command` and `executionId` only"
            yield Problem(parameter.key.span, text)
