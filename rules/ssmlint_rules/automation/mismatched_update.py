"""
## What it does
Reports an `aws:updateVariable` whose `Value` is not of the variable's type, or whose `Name` is not
written as `variable:name`.

## Why is this bad?
"Data type conversions aren't supported": the step fails. Where a text, a number and a boolean are taken
for one another it is a warning, since a text may hold the number.

## Example
```yaml document
schemaVersion: '0.3'
variables:
  ids:
    type: StringList
    default: []
  tries:
    type: Integer
    default: 0
mainSteps:
  - name: one
    action: aws:updateVariable
    inputs:
      Name: variable:ids
      Value: i-0123456789abcdef0  # <-
  - name: two
    action: aws:updateVariable
    inputs:
      Name: tries  # <-
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
  ids:
    type: StringList
    default: []
  tries:
    type: Integer
    default: 0
mainSteps:
  - name: one
    action: aws:updateVariable
    inputs:
      Name: variable:ids
      Value: [i-0123456789abcdef0]
  - name: two
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
from ssmlint_rules.variables import misfits, updates
from ssmlint_rules.wording import is_filled_in_later


@rule("AUT209", "mismatched-update", Severity.ERROR, on=Runbook)
def mismatched_update(runbook: Runbook) -> Iterator[Problem]:
    """Report each update that gives a variable what it cannot hold."""
    for update in updates(runbook):
        if update.variable is None:
            if not is_filled_in_later(update.name.text):
                text = f"`{update.name.text}` must be written `variable:{update.name.text}`"
                yield Problem(update.name.span, text)
        elif update.variable in runbook.variables:
            variable = runbook.variables[update.variable]
            note = Note(variable.node.span, "the variable")
            yield from misfits(runbook, variable, update.value, "the value", note)
