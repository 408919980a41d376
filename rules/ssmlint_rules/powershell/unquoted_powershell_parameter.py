"""
## What it does
Reports a parameter that stands unquoted in a PowerShell script although a value with blanks, or an
empty one, is allowed.

## Why is this bad?
The value becomes part of the script's text. With a blank in it, `Stop-Service -Name {{ name }}` gets
two arguments; behind `=` a word without quotes is no text at all but a command that PowerShell looks
for: `$mode = fast` fails with "The term 'fast' is not recognized". Parameters that can do worse are the business of `injectable-powershell-parameter`.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  name:
    type: String
    allowedValues: [MSSQLSERVER, SQL Server Browser]
mainSteps:
  - action: aws:runPowerShellScript
    name: stop
    inputs:
      runCommand:
        - |
          $service = {{ name }}  # <-
          Stop-Service -Name {{ name }}  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  name:
    type: String
    allowedValues: [MSSQLSERVER, SQL Server Browser]
mainSteps:
  - action: aws:runPowerShellScript
    name: stop
    inputs:
      runCommand:
        - |
          $service = '{{ name }}'
          Stop-Service -Name '{{ name }}'
```

## Fix safety
Unsafe: a value that was meant to be several words becomes one.

## References
- [about_Parsing](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing):
  expression mode and argument mode
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Quoting
from ssmlint.rewriting import in_script
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.source import Span
from ssmlint_rules.injection import breaking_value, lets_through
from ssmlint_rules.powershell_uses import Use, is_a_value, parameter_uses

_BLANKS = ("a b", "two words")
_WORDS = ("abc", "a", "x-1", "a1")


@rule("PS302", "unquoted-powershell-parameter", Severity.WARNING, on=PowerShellScript)
def unquoted_powershell_parameter(script: PowerShellScript) -> Iterator[Problem]:
    """Report each unquoted parameter that may fall apart, or that is no value."""
    for use in parameter_uses(script):
        if use.quoting is not Quoting.BARE or use.standing is None:
            continue
        if breaking_value(use.parameter, use.standing) is None:
            why = _why(script, use)
            if why:
                text = f"`{use.parameter.name}` stands unquoted, and {why}"
                yield Problem(script.place(use.span), text, fix=_fix(script, use))


def _why(script: PowerShellScript, use: Use) -> str | None:
    values = [value.text for value in use.parameter.allowed_values or ()]
    for value in values or _BLANKS:
        if " " in value and lets_through(use.parameter, [value]):
            return f"`{value}` would be taken apart"
    if is_a_value(script, use):
        for value in values or _WORDS:
            if value[:1].isalpha() and lets_through(use.parameter, [value]):
                return f"`{value}` would be taken for a command here"
    return None


def _fix(script: PowerShellScript, use: Use) -> Fix | None:
    ends = (use.span.start, use.span.end)
    edits = in_script(script.script, (Edit(Span(at, at), "'") for at in ends))
    return Fix("put it in single quotes", edits, Safety.UNSAFE) if edits else None
