"""
## What it does
Reports `allowedValues` of a runbook's parameter that are of another type than the parameter: numbers and
booleans of a `String`, texts of an `Integer` or a `Boolean`.

## Why is this bad?
Values are compared with those that are given. YAML makes a boolean of an unquoted `yes` and a number of
`1.10`, so the text that is meant is not among them; and the text `'true'` is not the boolean.

## Example
```yaml document
schemaVersion: '0.3'
parameters:
  Version:
    type: String
    allowedValues: [1.10, 1.11]  # <-
  Force:
    type: Boolean
    allowedValues: ['true', 'false']  # <-
mainSteps:
  - name: install
    action: aws:executeAutomation
    inputs:
      DocumentName: Install
      RuntimeParameters:
        Version: '{{ Version }}'
        Force: '{{ Force }}'
```
Use instead:
```yaml document
schemaVersion: '0.3'
parameters:
  Version:
    type: String
    allowedValues: ['1.10', '1.11']
  Force:
    type: Boolean
    allowedValues: [true, false]
mainSteps:
  - name: install
    action: aws:executeAutomation
    inputs:
      DocumentName: Install
      RuntimeParameters:
        Version: '{{ Version }}'
        Force: '{{ Force }}'
```

## Fix safety
Safe: only quotes are added around what is written, or taken away.

## References
- [Data elements and parameters: `allowedValues`](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [YAML 1.1: types](https://yaml.org/type/)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import Parameter
from ssmlint.rule import Edit, Fix, Note, Problem, Severity, rule
from ssmlint.source import Source
from ssmlint.tree import Scalar
from ssmlint_rules.edits import quoted, unquoted
from ssmlint_rules.typewords import type_of
from ssmlint_rules.wording import is_filled_in_later

#: Type of parameter -> what its values are, and that in words.
_WANTED: dict[str, tuple[type, str]] = {
    "String": (str, "strings, in quotes"),
    "Integer": (int, "whole numbers without quotes"),
    "Boolean": (bool, "`true` and `false` without quotes"),
}


@rule("AUT411", "mistyped-allowed-value", Severity.WARNING, on=Runbook)
def mistyped_allowed_value(runbook: Runbook) -> Iterator[Problem]:
    """Report the values of each parameter that are of another type, together."""
    for parameter in runbook.document.parameters.values():
        wanted = _WANTED.get(parameter.type or "")
        if wanted is None:
            continue
        wrong = [value for value in _values(parameter) if not _is(value, wanted[0])]
        if wrong:
            found = type_of(runbook.document.source, wrong[0])
            text = f"the values of a `{parameter.type}` are {wanted[1]}, not {found}"
            others = (Note(v.span, type_of(runbook.document.source, v)) for v in wrong[1:])
            edits = [_edit(runbook.document.source, parameter, value) for value in wrong]
            sure = tuple(edit for edit in edits if edit is not None)
            fix = Fix(f"write {wanted[1]}", sure) if len(sure) == len(wrong) else None
            yield Problem(wrong[0].span, text, tuple(others), fix=fix)


def _edit(source: Source, parameter: Parameter, value: Scalar) -> Edit | None:
    if parameter.type == "String":
        return quoted(source, value)
    is_boolean = value.text.casefold() in ("true", "false")
    return unquoted(value) if parameter.type == ("Boolean" if is_boolean else "Integer") else None


def _values(parameter: Parameter) -> Iterator[Scalar]:
    for value in parameter.allowed_values or ():
        if value.value is not None and value.tag is None and not is_filled_in_later(value.text):
            yield value


def _is(value: Scalar, kind: type) -> bool:
    if kind is int and isinstance(value.value, bool):
        return False
    return isinstance(value.value, kind)
