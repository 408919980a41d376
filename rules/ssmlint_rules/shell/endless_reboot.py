"""
## What it does
Reports a shell script that ends with 194 every time it runs.

## Why is this bad?
The agent takes 194 for the wish to restart the instance and to run *the same step again*. A script
that always ends so restarts the instance again and again, and the command never ends. It has to find
out whether the work is done, and then end with something else.

Nothing is said where the script has any other `exit`, or `set -e`, or where the 194 stands in a
condition or a function.

## Example
```bash
yum -y update
exit 194  # <-
```
Use instead:
```bash
yum -y check-update && exit 0
yum -y update
exit 194
```

## References
- [Handling reboots when running commands](https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-reboot.html)
- aws/amazon-ssm-agent, `agent/appconfig/constants_unix.go`: `RebootExitCode`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.exits import exits
from ssmlint.shell.scriptfacts import ShellScript

_REBOOT = 194


@rule("SH209", "endless-reboot", Severity.ERROR, on=ShellScript)
def endless_reboot(script: ShellScript) -> Iterator[Problem]:
    """Report the exit that the script always comes to."""
    found = exits(script)
    if len(found) != 1 or script.syntax.errors or "errexit" in script.options:
        return
    only = found[0]
    is_last = only.statement in script.syntax.block
    if only.use is None or only.code is None or only.code % 256 != _REBOOT or not is_last:
        return
    text = (
        f"the script always ends with {_REBOOT}: the instance restarts and runs it again, forever"
    )
    yield Problem(script.place(only.span), text)
