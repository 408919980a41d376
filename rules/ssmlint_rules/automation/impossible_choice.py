"""
## What it does
Reports a choice of `aws:branch` that can never hold, or never decides: it compares a parameter with a
value that its `allowedValues` do not have, or asks what an earlier choice has asked.

## Why is this bad?
The step that the choice leads to does not run. Mostly a value was spelled in two ways: `allowedValues`
say `Windows`, the choice says `windows`, and `StringEquals` compares exactly.

## Example
```yaml document
schemaVersion: '0.3'
parameters:
  System:
    type: String
    allowedValues: [Windows, Linux]
mainSteps:
  - name: choose
    action: aws:branch
    inputs:
      Choices:
        - NextStep: windows
          Variable: '{{ System }}'
          StringEquals: windows  # <-
        - NextStep: linux
          Variable: '{{ System }}'
          StringEquals: Linux
        - NextStep: windows  # <-
          Variable: '{{ System }}'
          StringEquals: Linux
    isEnd: true
  - name: windows
    action: aws:sleep
    isEnd: true
    inputs: {Duration: PT1S}
  - name: linux
    action: aws:sleep
    inputs: {Duration: PT2S}
```
Use instead:
```yaml document
schemaVersion: '0.3'
parameters:
  System:
    type: String
    allowedValues: [Windows, Linux]
mainSteps:
  - name: choose
    action: aws:branch
    inputs:
      Choices:
        - NextStep: windows
          Variable: '{{ System }}'
          StringEquals: Windows
        - NextStep: linux
          Variable: '{{ System }}'
          EqualsIgnoreCase: linux
    isEnd: true
  - name: windows
    action: aws:sleep
    isEnd: true
    inputs: {Duration: PT1S}
  - name: linux
    action: aws:sleep
    inputs: {Duration: PT2S}
```

## References
- [aws:branch](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-branch.html): the first choice that holds decides
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.automation.runbook import Runbook, choices, conditions
from ssmlint.model.document import SsmDocument
from ssmlint.model.references import REFERENCE
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar, plain
from ssmlint_rules.wording import is_filled_in_later, listed

#: Each is compared with all before it.
_MOST_CHOICES = 200


@rule("AUT109", "impossible-choice", Severity.WARNING, on=Runbook)
def impossible_choice(runbook: Runbook) -> Iterator[Problem]:
    """Report each condition that no allowed value fulfils, and each choice asked before."""
    for step in runbook.steps if runbook.document.parameters else ():
        for choice in choices(step) if step.action == "aws:branch" else ():
            for condition in conditions(choice):
                yield from _not_allowed(runbook.document, condition)
    for step in runbook.steps:
        if step.action == "aws:branch":
            yield from _asked_before(tuple(choices(step)))


def _not_allowed(document: SsmDocument, condition: Mapping) -> Iterator[Problem]:
    variable = condition.get_scalar("Variable")
    match = REFERENCE.fullmatch(variable.text.strip()) if variable else None
    parameter = document.parameters.get(match["name"]) if match else None
    allowed = [value.text for value in (parameter.allowed_values if parameter else None) or ()]
    if parameter is None or not allowed or parameter.type != "String":
        return
    for operation, fold in (("StringEquals", str), ("EqualsIgnoreCase", str.casefold)):
        value = condition.get_scalar(operation)
        if value is None or is_filled_in_later(value.text):
            continue
        if fold(value.text) not in {fold(one) for one in allowed}:
            text = f"`{parameter.name}` is never `{value.text}`, only {listed(allowed)}"
            yield Problem(value.span, text, (Note(parameter.key.span, "declared here"),))


def _asked_before(found: tuple[Mapping, ...]) -> Iterator[Problem]:
    earlier: list[tuple[dict[str, Any], Mapping]] = []
    for choice in found[:_MOST_CHOICES]:
        asked: dict[str, Any] = plain(choice)
        asked.pop("NextStep", None)
        same = next((first for other, first in earlier if other == asked and asked), None)
        earlier.append((asked, choice))
        if same is not None and isinstance(choice.entries[0].key, Scalar):
            note = Note(same.entries[0].key.span, "this choice decides")
            text = "an earlier choice asks the same, so this one never decides"
            yield Problem(choice.entries[0].key.span, text, (note,))
