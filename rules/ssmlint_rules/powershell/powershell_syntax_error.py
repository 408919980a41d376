"""
## What it does
Reports the first place where PowerShell refuses to read a script: a bracket, a string or a
here-string that is never closed, a closing bracket too many, `else if`, a condition without brackets,
`==` and `!=`.

## Why is this bad?
PowerShell reads a script whole before it runs any of it: with one such mistake nothing runs, and the
step fails.

A here-string ends only where `'@` or `"@` are the first characters of their line. In a document that
means: in a block scalar they stand as far left as its first line.

Only what no PowerShell takes is reported; this is no complete reader of the language. Nothing is said
of scripts in which a `#` stands where the full grammar decides whether it begins a comment.

## Example
```powershell
if ((Get-Service -Name MSSQLSERVER).Status -ne 'Running' {  # <-
    exit 1
}
```
Use instead:
```powershell
if ((Get-Service -Name MSSQLSERVER).Status -ne 'Running') {
    exit 1
}
```

The habits of other languages:
```powershell
$state = (Get-Service -Name MSSQLSERVER).Status
if ($state == 'Running') {  # <-
    Write-Output 'ready'
}
```
Use instead:
```powershell
$state = (Get-Service -Name MSSQLSERVER).Status
if ($state -eq 'Running') {
    Write-Output 'ready'
}
```

## References
- [about_Language_Keywords](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_keywords)
- [about_Quoting_Rules](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules), on here-strings
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.rule import Problem, Severity, rule


@rule("PS001", "powershell-syntax-error", Severity.ERROR, on=PowerShellScript)
def powershell_syntax_error(script: PowerShellScript) -> Iterator[Problem]:
    """Report the first flaw of a script."""
    flaw = script.flaw
    if flaw is not None:
        yield Problem(script.place(flaw.span), f"this is no PowerShell: {flaw.message}")
