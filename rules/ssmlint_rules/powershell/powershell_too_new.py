"""
## What it does
Reports what only PowerShell 7 reads, in a script that an older one runs: `&&` and `||` between
commands, `$a ? $b : $c`, `??` and `??=`.

## Why is this bad?
On Windows the agent runs scripts with the Windows PowerShell 5.1 that comes with Windows, even where
PowerShell 7 is installed. It refuses the whole script, and the step fails. Automation's runtime
`PowerShell Core 6.0` does the same.

Nothing is said of a step whose precondition keeps it from Windows: elsewhere the agent runs `pwsh`.

## Example
```powershell
net stop w3svc && net start w3svc  # <-
```
Use instead:
```powershell
net stop w3svc
if ($LASTEXITCODE -eq 0) { net start w3svc }
```

## References
- aws/amazon-ssm-agent, `agent/appconfig/constants_windows.go`: `PowerShellPluginCommandName` is
  `WindowsPowerShell\\v1.0\\powershell.exe`
- [Differences between Windows PowerShell 5.1 and PowerShell 7](https://learn.microsoft.com/powershell/scripting/whats-new/differences-from-windows-powershell)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import WINDOWS_POWERSHELL, PowerShellScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.preconditions import platform_for


@rule("PS002", "powershell-too-new", Severity.ERROR, on=PowerShellScript)
def powershell_too_new(script: PowerShellScript) -> Iterator[Problem]:
    """Report each construct that is too new for what runs it."""
    version = script.runtime
    name = f"PowerShell {version[0]}.{version[1]}" if version else ""
    if script.is_on_a_node:
        if platform_for(script.document, script.step) not in (None, "windows"):
            return
        version, name = (
            WINDOWS_POWERSHELL,
            "Windows PowerShell 5.1, which the agent runs on Windows",
        )
    for flaw in script.newer(version) if version is not None else ():
        yield Problem(script.place(flaw.span), f"{flaw.message} can not be read by {name}")
