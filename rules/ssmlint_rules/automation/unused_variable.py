"""
## What it does
Reports a variable of a runbook that no step reads, whether one updates it or not.

## Why is this bad?
What it is given goes nowhere. Mostly the `variable:` was left out where it was meant to be read
(`{{ tries }}` is a parameter), or the step that read it is gone.

## Example
```yaml document
schemaVersion: '0.3'
variables:
  tries:  # <-
    type: Integer
    default: 0
mainSteps:
  - name: once
    action: aws:updateVariable
    inputs:
      Name: variable:tries
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
  - name: again
    action: aws:branch
    inputs:
      Choices:
        - NextStep: once
          Variable: '{{ variable:tries }}'
          NumericLesser: 1
    isEnd: true
```

## References
- [aws:updateVariable](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-update-variable.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import ReferenceKind
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.variables import updates
from ssmlint_rules.wording import near


@rule("AUT208", "unused-variable", Severity.WARNING, on=Runbook)
def unused_variable(runbook: Runbook) -> Iterator[Problem]:
    """Report each variable that nothing reads."""
    read = {
        reference.name.removeprefix("variable:")
        for reference in runbook.document.references
        if reference.kind is ReferenceKind.VARIABLE
    }
    updated = {update.variable for update in updates(runbook)}
    misspelled = {near(name, runbook.variables) for name in read - set(runbook.variables)}
    for name, variable in runbook.variables.items():
        # A misspelled use is `undeclared-variable`, one finding for one mistake.
        if name not in read | misspelled and runbook.steps:
            how = "is updated and never read" if name in updated else "is never used"
            yield Problem(variable.node.span, f"variable `{name}` {how}")
