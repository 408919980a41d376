"""
## What it does
Reports a PowerShell script that ends with 3010 every time it runs.

## Why is this bad?
The agent takes 3010 for the wish to restart Windows and to run *the same step again*. A script that
always ends so restarts the instance again and again, and the command never ends. It has to find out
whether the work is done, and then end with something else.

Nothing is said where the script has any other `exit` or `return`, where an error ends it
(`$ErrorActionPreference`, `throw`), or where the 3010 stands in a block.

## Example
```powershell
Install-WindowsFeature -Name Web-Server
exit 3010  # <-
```
Use instead:
```powershell
if ((Get-WindowsFeature -Name Web-Server).Installed) { exit 0 }
Install-WindowsFeature -Name Web-Server
exit 3010
```

## References
- [Handling reboots when running commands](https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-reboot.html)
- aws/amazon-ssm-agent, `agent/appconfig/constants_windows.go`: `RebootExitCode`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.preconditions import platform_for

_REBOOT = 3010

#: What may end the script before.
_ENDS = re.compile(r"\b(?:return|throw|trap|ErrorActionPreference)\b|-ErrorAction", re.IGNORECASE)


@rule("PS202", "endless-powershell-reboot", Severity.ERROR, on=PowerShellScript)
def endless_powershell_reboot(script: PowerShellScript) -> Iterator[Problem]:
    """Report the exit that the script always comes to."""
    if not script.is_on_a_node or platform_for(script.document, script.step) not in (
        None,
        "windows",
    ):
        return
    found = list(script.statements.exits())
    if len(found) != 1 or _ENDS.search(script.script.text):
        return
    only = found[0]
    if only.code == _REBOOT and not only.is_conditional:
        text = "the script always ends with 3010: the instance restarts and runs it again, forever"
        yield Problem(script.place(only.span), text)
