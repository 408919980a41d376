"""
## What it does
Reports `$LASTEXITCODE` right behind `Start-Process`, and `$?` right behind a command that only prints.

## Why is this bad?
`$LASTEXITCODE` is the exit code of the last program that PowerShell itself has run. `Start-Process`
starts a program and does not set it, so that the code of an earlier program is read, or none. With
`-Wait -PassThru` the process that it returns has an `ExitCode`. `$?` tells of the last command,
whatever it was: behind `Write-Host` it is always true, and the failure before it goes by.

## Example
```powershell
Start-Process msiexec.exe -ArgumentList '/i C:\\agent.msi /qn' -Wait
exit $LASTEXITCODE  # <-
```
Use instead:
```powershell
$setup = Start-Process msiexec.exe -ArgumentList '/i C:\\agent.msi /qn' -Wait -PassThru
exit $setup.ExitCode
```

Behind a message:
```powershell
Stop-Service -Name MSSQLSERVER
Write-Host 'stopped'
if (-not $?) { exit 1 }  # <-
```
Use instead:
```powershell
Stop-Service -Name MSSQLSERVER
if (-not $?) { exit 1 }
Write-Host 'stopped'
```

## References
- [about_Automatic_Variables](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_automatic_variables):
  `$?` and `$LASTEXITCODE`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.rule import Note, Problem, Severity, rule

_STARTS = frozenset({"start-process", "saps"})
_PRINTS = frozenset(
    {"write-host", "write-output", "echo", "write-verbose", "write-information", "write-debug"}
)


@rule("PS203", "status-of-other-command", Severity.WARNING, on=PowerShellScript)
def status_of_other_command(script: PowerShellScript) -> Iterator[Problem]:
    """Report each variable that does not hold what it is read for."""
    questions = (
        ("$lastexitcode", _STARTS, "does not set it"),
        ("$?", _PRINTS, "always succeeds"),
    )
    for variable, commands, why in questions:
        for read, command in script.statements.reads_behind(variable, commands):
            text = f"`{read.text}` is not the status that is meant: `{command.text}` {why}"
            note = Note(script.place(command.span), "the command before")
            yield Problem(script.place(read.span), text, (note,))
