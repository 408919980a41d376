"""
## What it does
Reports `$SSM_name` without quotes as an argument of a command, where `name` is a parameter with
`interpolationType: ENV_VAR` that lets a value with blanks or wildcards pass.

## Why is this bad?
As a variable the value is never read as a command. But without quotes it is taken apart at blanks, and
wildcards in it become the names of files: `rm -r $SSM_directory` with the value `/srv/old *` removes what
the caller chooses.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  directory:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runShellScript
    name: clean
    inputs:
      runCommand:
        - |
          rm -r $SSM_directory  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  directory:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runShellScript
    name: clean
    inputs:
      runCommand:
        - |
          rm -r "$SSM_directory"
```

## Fix safety
Unsafe: a value that was meant to be several words becomes one.

## References
- [Creating SSM document content](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-creating-content.html):
  `"$SSM_name"` in quotes
- [Bash manual, Word Splitting](https://www.gnu.org/software/bash/manual/html_node/Word-Splitting.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Variable
from ssmlint_rules.injection import lets_through
from ssmlint_rules.script_fixes import in_double_quotes, script_fix
from ssmlint_rules.shell_uses import environment_parameters

_TAKEN_APART = ("a b", "/srv/a *", "*", "a*", "?")


@rule(
    "SH304",
    "unquoted-environment-parameter",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2086",),
)
def unquoted_environment_parameter(script: ShellScript) -> Iterator[Problem]:
    """Report each such argument."""
    parameters = environment_parameters(script)
    if not parameters or "noglob" in script.options:
        return
    for use in script.uses:
        for word in use.command.words[1:]:
            for part in word.parts:
                if not isinstance(part, Variable) or part.quoted or part.length:
                    continue
                parameter = parameters.get(part.name)
                value = lets_through(parameter, _TAKEN_APART) if parameter else None
                if parameter is not None and value is not None:
                    place = script.place(use.unit.place(part.span))
                    note = Note(parameter.key.span, f"`{parameter.name}` is declared here")
                    text = f"`${part.name}` stands without quotes: `{value}` would be taken apart"
                    quotes = in_double_quotes(part.span)
                    fix = script_fix(script, "put it in double quotes", *quotes, unit=use.unit)
                    yield Problem(place, text, (note,), fix=fix)
