"""
## What it does
Reports `mount -o remount,...` where it is used to find something out: in a pre/post document of
Data Lifecycle Manager, or in a function whose name begins with `check`, `is`, `has` or `test`.

## Why is this bad?
A remount is no probe. It changes the mount's options until the next one (`noatime` stays), merges
in those of `/etc/fstab`, and so undoes what an administrator has set for the moment. To learn
whether a filesystem is frozen, note it when you freeze it.

## Example
```bash
check_frozen() {
    mount -o remount,noatime "$1" 2>&1 | grep -q busy  # <-
}
check_frozen /data
```
Use instead:
```bash
check_frozen() {
    grep -qx "$1" /run/frozen
}
check_frozen /data
```

## References
- mount(8), remount
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript

_ASKS = re.compile(r"(?:check|is|has|test|verify|probe)(?:_|[A-Z]|$)")


@rule("SH506", "remount-as-probe", Severity.WARNING, on=ShellScript)
def remount_as_probe(script: ShellScript) -> Iterator[Problem]:
    """Report each remount that is not about read-only or read-write."""
    for use, effect in script.effects:
        if effect.row.name != "remount":
            continue
        function = use.unit.index.function_of(use.command)
        if script.document.is_dlm or (function is not None and _ASKS.match(function.name)):
            yield Problem(
                script.place(use.span),
                "a remount changes the options of the mount, and is no way to ask about it",
            )
