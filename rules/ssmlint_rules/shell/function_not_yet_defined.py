"""
## What it does
Reports a call, at the top of a script, of a function that is defined only further down.

## Why is this bad?
The shell learns of a function when it comes by the definition. A call in front of it is `command
not found`, status 127, in every run: an `|| exit 201` behind the call ends the stage each time,
and without one the work is silently left out. Functions may call each other in any order, as long
as the first call from outside stands below all of them. A file that is read with `source` may
bring functions of its own, so such scripts are left alone.

## Example
```bash
freeze_all || exit 201  # <-
freeze_all() {
    fsfreeze -f /data
}
```
Use instead:
```bash
freeze_all() {
    fsfreeze -f /data
}
freeze_all || exit 201
```

What a function calls must be there when the function runs:
```bash
main() {
    say 'begin'  # <-
    fsfreeze -f /data
}
main
say() { echo "$(date): $1"; }
```
Use instead:
```bash
main() {
    say 'begin'
    fsfreeze -f /data
}
say() { echo "$(date): $1"; }
main
```

## References
- [Bash manual, Shell Functions](https://www.gnu.org/software/bash/manual/html_node/Shell-Functions.html)
- [Bash manual, Exit Status](https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html): 127
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.functions import early_calls
from ssmlint.shell.scriptfacts import ShellScript


@rule(
    "SH109",
    "function-not-yet-defined",
    Severity.ERROR,
    on=ShellScript,
    covers=("shellcheck/SC2218",),
)
def function_not_yet_defined(script: ShellScript) -> Iterator[Problem]:
    """Report the first such call of each function."""
    for found in early_calls(script):
        related = [Note(script.place(found.function.name_span), "defined here, too late")]
        if found.call is not found.missing:
            related.append(Note(script.place(found.call.words[0].span), "reached from here"))
        yield Problem(
            script.place(found.missing.words[0].span),
            f"`{found.function.name}` is not defined yet when this runs: status 127",
            related=tuple(related),
        )
