"""
## What it does
Reports `$env:SSM_name` in a PowerShell script where no parameter `name` with `interpolationType: ENV_VAR`
sets it, nor the step's `environment`, nor the script.

## Why is this bad?
PowerShell takes a variable that is not there for an empty value and goes on. `interpolationType` belongs
to the declaration of the parameter; elsewhere it does nothing.

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
        - |
          Restart-Service -Name $env:SSM_service  # <-
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
Unsafe: an agent before 3.3.2746.0 sets no such variable. Where the name is nearly that of a parameter, that
one is written.

## References
- [Creating SSM document content](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-creating-content.html)
- aws/amazon-ssm-agent, `agent/executers/executers.go`: `SSM_COMMAND_ID` is set for every script
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import Parameter
from ssmlint.near import nearest
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Quoting
from ssmlint.restructuring import with_entry
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Mapping
from ssmlint_rules.edits import word_instead
from ssmlint_rules.wording import is_misspelled_in

_READ = re.compile(r"\$\{?env:(SSM_\w+)", re.IGNORECASE)
_LITERAL = (Quoting.SINGLE, Quoting.HERE_SINGLE, Quoting.COMMENT)
#: `$env:NAME = ...`, `Set-Item Env:NAME ...`, `SetEnvironmentVariable('NAME', ...)`.
_SETS = (
    r"\$\{{?env:{name}\}}?\s*\??\??=|\b(?:New-Item|Set-\w+|SetEnvironmentVariable)[^\n]*{name}\b"
)
_BY_THE_AGENT = "SSM_COMMAND_ID"


@rule("PS101", "undefined-environment-parameter", Severity.WARNING, on=PowerShellScript)
def undefined_environment_parameter(script: PowerShellScript) -> Iterator[Problem]:
    """Report each variable that nothing sets, once."""
    if not script.is_on_a_node or script.reader.is_doubtful or script.flaw is not None:
        return
    text = script.script.text
    known = {name.casefold() for name in _set_names(script)}
    seen: set[str] = set()
    for match in _READ.finditer(text):
        name = match[1]
        if name.casefold() in known | seen or script.quoting_at(match.start()) in _LITERAL:
            continue
        if re.search(_SETS.format(name=name), text, re.IGNORECASE):
            continue
        seen.add(name.casefold())
        yield _problem(script, Span(match.start(), match.end()), name)


def _set_names(script: PowerShellScript) -> Iterator[str]:
    yield _BY_THE_AGENT
    yield from (f"SSM_{p.name}" for p in script.document.parameters.values() if p.is_env_var)
    for inputs in script.step.inputs:
        environment = inputs.get("environment")
        if isinstance(environment, Mapping):
            yield from (entry.key.text for entry in environment.entries)


def _problem(script: PowerShellScript, span: Span, name: str) -> Problem:
    declared = {f"SSM_{n}".casefold(): p for n, p in script.document.parameters.items()}
    parameter = declared.get(name.casefold())
    if parameter is not None:
        text = f"`{name}` is never set: `{parameter.name}` has no `interpolationType: ENV_VAR`"
        fix = _from_environment(script, parameter)
        return Problem(script.place(span), text, fix=fix)
    meant = nearest(name, [f"SSM_{n}" for n in script.document.parameters], cutoff=0.8)
    hint = f"; did you mean `{meant}`?" if meant else ""
    fix = word_instead(script.source, script.place(span), name, meant) if meant else None
    return Problem(script.place(span), f"`{name}` is never set{hint}", fix=fix)


def _from_environment(script: PowerShellScript, parameter: Parameter) -> Fix | None:
    fields = parameter.fields
    if fields is None or parameter.type != "String":
        return None
    if fields.get("interpolationType") or is_misspelled_in(fields, "interpolationType"):
        return None
    edit = with_entry(script.source, fields, "interpolationType", "ENV_VAR")
    return Fix("put it into the environment", (edit,), Safety.UNSAFE) if edit else None
