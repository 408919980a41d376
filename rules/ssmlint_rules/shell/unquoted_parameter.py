"""
## What it does
Reports a parameter that stands unquoted in a shell script although a value with blanks, a
wildcard or, in a test, an empty value is allowed.

## Why is this bad?
The value becomes part of the script's text. With a blank in it, it is two words: `MODE={{ mode }}`
sets `MODE` to the first and runs the second, `[ {{ mode }} = fast ]` is an error, which `if` takes
for a no. Parameters that can do worse are the business of `injectable-parameter`.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  mode:
    type: String
    allowedValues: [fast, very slow]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - MODE={{ mode }}  # <-
        - echo "$MODE"
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  mode:
    type: String
    allowedValues: [fast, very slow]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - MODE="{{ mode }}"
        - echo "$MODE"
```

## Fix safety
Unsafe: a value that was meant to be several words becomes one.

## References
- [Bash manual, Word Splitting](https://www.gnu.org/software/bash/manual/html_node/Word-Splitting.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.syntax import Quoting
from ssmlint_rules.injection import breaking_value, lets_through
from ssmlint_rules.script_fixes import in_double_quotes, script_fix
from ssmlint_rules.shell_uses import Use, in_test, is_the_command, parameter_uses

_BLANKS = ("a b", "two words", "very slow", "*", "a*", "?")


@rule(
    "SH302",
    "unquoted-parameter",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2086", "shellcheck/SC2206", "shellcheck/SC2070"),
)
def unquoted_parameter(script: ShellScript) -> Iterator[Problem]:
    """Report each unquoted parameter that may fall apart."""
    for use in parameter_uses(script):
        if use.quoting is not Quoting.BARE or use.place is None or is_the_command(script, use):
            continue
        if use.standing is not None and breaking_value(use.parameter, use.standing) is None:
            why = _why(script, use)
            if why:
                text = f"`{use.parameter.name}` stands unquoted, and {why}"
                yield Problem(script.place(use.span), text, fix=_fix(script, use))


def _fix(script: ShellScript, use: Use) -> Fix | None:
    if script.syntax.quoting_at(use.span.start) is not Quoting.BARE:
        return None  # code for another shell, in quotes of its own
    return script_fix(script, "put it in double quotes", *in_double_quotes(use.span))


def _why(script: ShellScript, use: Use) -> str | None:
    values = [value.text for value in use.parameter.allowed_values or ()]
    for value in values or _BLANKS:
        if any(char in value for char in " \t*?") and lets_through(use.parameter, [value]):
            return f"`{value}` would be taken apart"
    if in_test(script, use) and lets_through(use.parameter, [""]) is not None:
        return "an empty value is an error in this test"
    return None
