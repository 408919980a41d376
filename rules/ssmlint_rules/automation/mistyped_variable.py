"""
## What it does
Reports a default of a variable that is not of the variable's `type`.

## Why is this bad?
The type of a variable stays what it was declared as, and every update is held against it. A text where a
list or a number is meant is refused, or breaks the first step that takes the variable for what it says. Where both are a single value it is a
warning, since of a number in quotes mostly the same digits arrive.

## Example
```yaml document
schemaVersion: '0.3'
variables:
  tries:
    type: Integer
    default: none  # <-
  ids:
    type: StringList
    default: ''  # <-
mainSteps:
  - name: one
    action: aws:updateVariable
    inputs:
      Name: variable:tries
      Value: 1
  - name: tell
    action: aws:runCommand
    inputs:
      DocumentName: AWS-RunShellScript
      InstanceIds: '{{ variable:ids }}'
      Comment: try {{ variable:tries }}
```
Use instead:
```yaml document
schemaVersion: '0.3'
variables:
  tries:
    type: Integer
    default: 0
  ids:
    type: StringList
    default: []
mainSteps:
  - name: one
    action: aws:updateVariable
    inputs:
      Name: variable:tries
      Value: 1
  - name: tell
    action: aws:runCommand
    inputs:
      DocumentName: AWS-RunShellScript
      InstanceIds: '{{ variable:ids }}'
      Comment: try {{ variable:tries }}
```

## References
- [aws:updateVariable](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-update-variable.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.variables import misfits


@rule("AUT214", "mistyped-variable", Severity.ERROR, on=Runbook)
def mistyped_variable(runbook: Runbook) -> Iterator[Problem]:
    """Report each default that its type does not fit."""
    for variable in runbook.variables.values():
        declared = variable.field("type")
        if declared is not None:
            note = Note(declared.span, "the type")
            default = variable.fields.get("default")
            yield from misfits(runbook, variable, default, "its default", note)
