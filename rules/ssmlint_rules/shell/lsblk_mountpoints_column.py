"""
## What it does
Reports `lsblk -o MOUNTPOINTS` (plural) without a fallback.

## Why is this bad?
The column exists since util-linux 2.37. Amazon Linux 2, Red Hat 8 and Ubuntu 20.04 have an older
one, which says `unknown column` on standard error, prints nothing and exits with 1. A loop over
nothing then does nothing, and the script succeeds without having frozen anything. The new column
also lists every bind mount and subvolume of a filesystem, so that it is frozen twice.

## Example
```bash
for target in $(lsblk -nlo MOUNTPOINTS); do  # <-
    fsfreeze -f "$target"
done
```
Use instead:
```bash
for target in $(lsblk -nlo MOUNTPOINT); do
    fsfreeze -f "$target"
done
```

## Fix safety
Unsafe: `MOUNTPOINT` shows one place for each device, not all.

## References
- [util-linux 2.37 release notes](https://mirrors.edge.kernel.org/pub/linux/utils/util-linux/v2.37/v2.37-ReleaseNotes)
- lsblk(8)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import AndOr, Branch
from ssmlint.shell.units import Use
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix

_COLUMN = re.compile(r"\bMOUNTPOINTS\b", re.IGNORECASE)
_ASKS_VERSION = re.compile(r"lsblk\s+(?:--version|-V|--help|-h)\b")


@rule("SH507", "lsblk-mountpoints-column", Severity.WARNING, on=ShellScript)
def lsblk_mountpoints_column(script: ShellScript) -> Iterator[Problem]:
    """Report each use of the new column."""
    if _ASKS_VERSION.search(script.script.text):
        return
    for use, effect in script.effects:
        if effect.row.name != "lsblk-mountpoints" or _has_fallback(use):
            continue
        place = use.span
        match = _COLUMN.search(script.written(place))
        span = Span(place.start + match.start(), place.start + match.end()) if match else place
        yield Problem(
            script.place(span),
            "an `lsblk` before util-linux 2.37 has no such column: it fails, and prints nothing",
            fix=_fix(script, span) if match else None,
        )


def _fix(script: ShellScript, span: Span) -> Fix | None:
    singular = script.written(span)[:-1]
    return script_fix(script, "use the column that every version has", (span, singular))


def _has_fallback(use: Use) -> bool:
    """Whether something happens when the command fails: `||`, or it is a condition."""
    child = use.command
    for above in use.unit.index.ancestors(use.command):
        if isinstance(above, AndOr) and above.operator == "||" and above.left is child:
            return True
        if isinstance(above, Branch) and any(child is statement for statement in above.condition):
            return True
        child = above
    return False
