"""
## What it does
Reports `$SSM_name` in a PowerShell script where the parameter `name` has `interpolationType: ENV_VAR`, and
no line of the script sets a variable of that name.

## Why is this bad?
The value is in the environment, which PowerShell reads as `$env:SSM_name`. `$SSM_name` is a variable of
PowerShell itself; one that is not there is empty, and the script goes on with nothing.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  service:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runPowerShellScript
    name: restart
    inputs:
      runCommand:
        - |
          Restart-Service -Name $SSM_service  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  service:
    type: String
    interpolationType: ENV_VAR
mainSteps:
  - action: aws:runPowerShellScript
    name: restart
    inputs:
      runCommand:
        - |
          Restart-Service -Name $env:SSM_service
```

## Fix safety
Unsafe: what was empty before has a value then.

## References
- [Creating SSM document content](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-creating-content.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Quoting
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.source import Span

_READ = re.compile(r"(?<!`)\$\{?(SSM_\w+)", re.IGNORECASE)
_LITERAL = (Quoting.SINGLE, Quoting.HERE_SINGLE, Quoting.COMMENT)
#: `$NAME = ...`, `foreach ($NAME in ...)`, `Set-Variable NAME ...`; `param(...)` may have any.
_ASSIGNS = (
    r"\$\{{?(?:\w+:)?{name}\}}?\s*(?:\?\?|[-+*/%])?=|\$\{{?{name}\}}?\s+in\b"
    r"|Variable[^\n]*\b{name}\b|\bparam\s*\("
)


@rule("PS102", "environment-read-as-variable", Severity.WARNING, on=PowerShellScript)
def environment_read_as_variable(script: PowerShellScript) -> Iterator[Problem]:
    """Report each name once."""
    if not script.is_on_a_node or script.reader.is_doubtful or script.flaw is not None:
        return
    text = script.script.text
    declared = script.document.parameters.values()
    left = {f"SSM_{parameter.name}".casefold() for parameter in declared if parameter.is_env_var}
    for match in _READ.finditer(text) if left else ():
        name = match[1]
        if name.casefold() not in left or script.quoting_at(match.start()) in _LITERAL:
            continue
        if not re.search(_ASSIGNS.format(name=name), text, re.IGNORECASE):
            left.discard(name.casefold())
            yield _problem(script, script.place(Span(match.start(), match.end())), name)


def _problem(script: PowerShellScript, place: Span, name: str) -> Problem:
    text = f"`${name}` is never set; the environment's variable is `$env:{name}`"
    at = script.source.at(place).find(name)
    edit = Edit(Span(place.start + at, place.start + at), "env:")
    fix = Fix(f"read `$env:{name}`", (edit,), Safety.UNSAFE) if at >= 0 else None
    return Problem(place, text, fix=fix)
