"""
## What it does
Reports a `{{ variable:name }}`, and a `Name` of `aws:updateVariable`, that the `variables` of the
runbook do not declare.

## Why is this bad?
Only declared variables have a value and a type. The step that uses or updates another one fails, or
the runbook is refused.

## Example
```yaml document
schemaVersion: '0.3'
variables:
  tries:
    type: Integer
    default: 0
mainSteps:
  - name: once
    action: aws:updateVariable
    inputs:
      Name: variable:trie  # <-
      Value: 1
```
Use instead:
```yaml document
schemaVersion: '0.3'
variables:
  tries:
    type: Integer
    default: 0
mainSteps:
  - name: once
    action: aws:updateVariable
    inputs:
      Name: variable:tries
      Value: 1
```

Not declared at all:
```yaml automation
- name: wait
  action: aws:sleep
  inputs:
    Duration: PT{{ variable:seconds }}S  # <-
```
Use instead:
```yaml document
schemaVersion: '0.3'
variables:
  seconds:
    type: Integer
    default: 60
mainSteps:
  - name: wait
    action: aws:sleep
    inputs:
      Duration: PT{{ variable:seconds }}S
```

## Fix safety
Unsafe: another variable is read or set. Only one with nearly the same name is offered.

## References
- [aws:updateVariable](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-update-variable.html)
- [Data elements and parameters: `variables`](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import ReferenceKind
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint_rules.edits import word_instead
from ssmlint_rules.variables import updates
from ssmlint_rules.wording import is_filled_in_later, is_misspelled_in, near


@rule("AUT207", "undeclared-variable", Severity.ERROR, on=Runbook)
def undeclared_variable(runbook: Runbook) -> Iterator[Problem]:
    """Report each name that is no variable's."""
    if is_misspelled_in(runbook.document.root, "variables"):
        return  # that is the one mistake
    for reference in runbook.document.references:
        if reference.kind is ReferenceKind.VARIABLE:
            name = reference.name.removeprefix("variable:")
            yield from _problem(runbook, name, reference.name_span)
    for update in updates(runbook):
        if update.variable is not None:
            yield from _problem(runbook, update.variable, update.name.span)


def _problem(runbook: Runbook, name: str, span: Span) -> Iterator[Problem]:
    if name in runbook.variables or is_filled_in_later(name):
        return
    text = f"variable `{name}` is not declared"
    meant = near(name, runbook.variables)
    if meant is not None:
        note = Note(runbook.variables[meant].node.span, f"`{meant}` is declared here")
        fix = word_instead(runbook.document.source, span, name, meant)
        yield Problem(span, f"{text}; did you mean `{meant}`?", (note,), fix=fix)
    elif name in runbook.document.parameters:
        yield Problem(span, f"{text}; it is a parameter, whose value never changes")
    else:
        yield Problem(span, text)
