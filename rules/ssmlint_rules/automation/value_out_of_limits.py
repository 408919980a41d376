"""
## What it does
Reports a number that is below the least or above the greatest that is possible at that place of a
runbook, and a list that is too long.

## Why is this bad?
A loop ends after 100 turns, whatever `MaxIterations` says; `aws:runCommand` takes 50 instances and waits
at least 30 seconds for each to take the command. What is beyond is refused, or not done. Loops
that stand inside of one another by the dozen are reported, too: nothing else is checked of their keys.

## Example
```yaml automation
- name: each
  action: aws:loop
  maxAttempts: 0  # <-
  inputs:
    Iterators: ['{{ InstanceId }}']
    MaxIterations: 500  # <-
    Steps:
      - name: run
        action: aws:runCommand
        inputs:
          DocumentName: AWS-RunShellScript
          InstanceIds: ['{{ each.CurrentIteratorValue }}']
          TimeoutSeconds: 10  # <-
          Parameters:
            commands: [date]
```
Use instead:
```yaml automation
- name: each
  action: aws:loop
  maxAttempts: 1
  inputs:
    Iterators: ['{{ InstanceId }}']
    MaxIterations: 100
    Steps:
      - name: run
        action: aws:runCommand
        inputs:
          DocumentName: AWS-RunShellScript
          InstanceIds: ['{{ each.CurrentIteratorValue }}']
          TimeoutSeconds: 30
          Parameters:
            commands: [date]
```

## References
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html), [aws:runCommand](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runcommand.html)
- [SendCommand](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html): `TimeoutSeconds`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.structure import DEPTH, StructureError, errors_of

_WORDS = {"minimum": "at least", "maximum": "at most"}


@rule("AUT409", "value-out-of-limits", Severity.ERROR, on=Runbook)
def value_out_of_limits(runbook: Runbook) -> Iterator[Problem]:
    """Report each number or list beyond a limit of the schema."""
    for error in errors_of(runbook.document):
        if error.keyword in _WORDS or error.keyword == "maxItems":
            yield Problem(error.span, _text(error))
        elif error.keyword == DEPTH:
            yield Problem(
                error.label, "the loops of the runbook are nested too deeply to be checked"
            )


def _text(error: StructureError) -> str:
    limit = error.schema[error.keyword]
    if error.keyword == "maxItems":
        return f"`{error.path[-1]}` has at most {limit} items"
    return f"`{error.path[-1]}` is {_WORDS[error.keyword]} {limit}"
