"""
## What it does
Reports `exit -1` in a PowerShell script that the agent runs on Windows.

## Why is this bad?
-1 is the code by which the agent knows a step that it has stopped itself. The step is shown as
`TimedOut`, however quickly it failed, and whoever looks for the cause looks at the time limit.

## Example
```powershell
if (-not (Test-Path D:\\backup)) {
    exit -1  # <-
}
```
Use instead:
```powershell
if (-not (Test-Path D:\\backup)) {
    exit 1
}
```

## Fix safety
Unsafe: whoever reads the exit code may know -1.

## References
- aws/amazon-ssm-agent, `agent/appconfig/constants_windows.go`: `CommandStoppedPreemptivelyExitCode`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint_rules.preconditions import platform_for

#: -1 as Windows knows it, too.
_TIMED_OUT = (-1, 0xFFFFFFFF)


@rule("PS201", "misread-exit-code", Severity.WARNING, on=PowerShellScript)
def misread_exit_code(script: PowerShellScript) -> Iterator[Problem]:
    """Report each exit with that code."""
    if not script.is_on_a_node:
        return
    if platform_for(script.document, script.step) not in (None, "windows"):
        return
    for found in script.statements.exits():
        if found.code in _TIMED_OUT:
            place = script.place(found.span)
            text = f"exit code {found.code}: the agent takes the step for one that ran into its timeout"
            fix = Fix("write `1`", (Edit(place, "1"),), Safety.UNSAFE)
            is_plain = script.source.at(place) == str(found.code)
            yield Problem(place, text, fix=fix if is_plain else None)
