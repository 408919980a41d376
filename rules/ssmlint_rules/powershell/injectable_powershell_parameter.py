"""
## What it does
Reports a text parameter that is written into a PowerShell script and lets a value through that makes
PowerShell run something else.

## Why is this bad?
The value is put in the place of `{{ parameter }}` before PowerShell sees the script, and nothing is
quoted: with `; Invoke-WebRequest ... | iex` or `$(...)` as its value, that runs, as SYSTEM, on every
instance. Whoever may only run this one document then owns the host. Double quotes do not help against
`$(...)`, and single quotes are left with a single quote in the value. Only `allowedValues`, or an
`allowedPattern` that is anchored with `^` and `$` and allows harmless characters only, keep such
values out.

One finding for each parameter of a script, at the first place of the most open kind. A parameter
that is the command (alone on its line, or the argument of `Invoke-Expression`) is meant to run.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  service:
    type: String
mainSteps:
  - action: aws:runPowerShellScript
    name: restart
    inputs:
      runCommand:
        - Restart-Service -Name {{ service }}  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  service:
    type: String
    allowedPattern: '^[A-Za-z0-9_./:@=+,-]*$'
mainSteps:
  - action: aws:runPowerShellScript
    name: restart
    inputs:
      runCommand:
        - Restart-Service -Name {{ service }}
```

Where the agents are new enough (3.3.2746.0), the value can come as an environment variable:
```yaml document
schemaVersion: '2.2'
parameters:
  service:
    type: String
    interpolationType: ENV_VAR
  reason:
    type: String
mainSteps:
  - action: aws:runPowerShellScript
    name: restart
    inputs:
      runCommand:
        - |
          Write-Output "because of {{ reason }}"  # <-
          Restart-Service -Name $env:SSM_service
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  service:
    type: String
    interpolationType: ENV_VAR
  reason:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runPowerShellScript
    name: restart
    inputs:
      runCommand:
        - |
          Write-Output "because of ${env:SSM_reason}"
          Restart-Service -Name $env:SSM_service
```

## Fix safety
Unsafe. Where another parameter of the document has `interpolationType: ENV_VAR`, so has this one then;
an agent before 3.3.2746.0 would not set the variable. Elsewhere an `allowedPattern` is added that
lets letters, digits and a few signs pass: values with others, which have worked so far, are refused.
Nothing is offered where there is a pattern already, or where the default would not pass.

## References
- [amazon-ssm-agent, `docparser/parameters/parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): values are put in as they are
- [about_Quoting_Rules](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.injection import injections
from ssmlint_rules.powershell_uses import injectable_places


@rule("PS301", "injectable-powershell-parameter", Severity.WARNING, on=PowerShellScript)
def injectable_powershell_parameter(script: PowerShellScript) -> Iterator[Problem]:
    """Report each parameter that can carry a command."""
    yield from injections(script.script, injectable_places(script))
