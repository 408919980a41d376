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

from ssmlint.automation.runbook import Output, Runbook
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint_rules.typewords import type_of
from ssmlint_rules.variables import KINDS, Update, is_container, kinds_of, updates
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
            yield from _mismatch(runbook, update, runbook.variables[update.variable])


def _mismatch(runbook: Runbook, update: Update, variable: Output) -> Iterator[Problem]:
    node, declared = update.value, variable.field("type")
    wanted = declared.text if declared is not None else ""
    found = kinds_of(runbook, node) if node is not None else None
    if node is None or found is None or wanted not in KINDS or wanted in found:
        return
    shown = type_of(runbook.document.source, node) if len(found) > 1 else f"a `{min(found)}`"
    text = f"variable `{variable.name}` is a `{wanted}`, and the value is {shown}"
    mild = not is_container(wanted) and not any(map(is_container, found))
    note = Note(variable.node.span, "the variable")
    span = Span(node.span.start, node.span.start + 1) if len(found) > 1 else node.span
    severity = Severity.WARNING if mild else None
    yield Problem(span, text, (note,), severity=severity)
