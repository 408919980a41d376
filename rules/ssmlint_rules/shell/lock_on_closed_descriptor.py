"""
## What it does
Reports `flock` on a file descriptor that nothing in the script opens.

## Why is this bad?
`flock 9` locks the file that is open as descriptor 9. Where none is, it says `Bad file descriptor` and
fails with 65. A script that takes this for "another run is at work" then never works, and one that does not
look at the status runs beside the other after all.

## Example
```bash
exec 8> /run/lock/backup.lock
flock -n 9 || exit 1  # <-
```
Use instead:
```bash
exec 8> /run/lock/backup.lock
flock -n 8 || exit 1
```

Use instead: descriptors of a group and of a function count, and so does one whose number bash chooses.
```bash
(
    flock -w 5 200 || exit 1
    echo 'alone'
) 200> /run/lock/backup.lock
exec {lock}> /run/lock/other.lock
flock "$lock"
flock /run/lock/third.lock sleep 1
```

## References
- flock(1): the third form takes an open file descriptor by its number
- seen with util-linux 2.38: `flock -n 9` without it prints `9: Bad file descriptor` and exits with 65
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.options import Grammar, read
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Redirect

_FLOCK = Grammar(
    values=frozenset(["-w", "--wait", "--timeout", "-E", "--conflict-exit-code", "-c", "--command"])
)
#: Descriptors that every command has.
_ALWAYS_OPEN = frozenset({0, 1, 2})


@rule("SH517", "lock-on-closed-descriptor", Severity.ERROR, on=ShellScript)
def lock_on_closed_descriptor(script: ShellScript) -> Iterator[Problem]:
    """Report each number that `flock` is given and no redirection opens."""
    opened = {
        redirect.descriptor
        for unit in script.units
        for redirect in unit.index.of(Redirect)
        if redirect.descriptor is not None
    }
    sources = any(use.command.name in (".", "source", "eval") for use in script.uses)
    for use in script.uses if not sources else ():
        if use.invocation.name != "flock":
            continue
        operands = read(use.invocation.arguments, _FLOCK).operands
        if len(operands) != 1 or not operands[0].text.isdecimal():
            continue
        number = int(operands[0].text)
        if number not in opened | _ALWAYS_OPEN:
            other = sorted(opened - _ALWAYS_OPEN)
            hint = f"; did you mean {other[0]}?" if len(other) == 1 else ""
            yield Problem(
                script.place(use.span), f"nothing opens the file descriptor {number}{hint}"
            )
