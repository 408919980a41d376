"""
## What it does
Reports the first place where bash refuses to read a script.

## Why is this bad?
bash reads a script piece by piece: what stands above the error has run when it gives up, with
status 2. If that was a freeze, nothing undoes it.

## Example
```bash
fsfreeze -f /data
if [ -e /run/frozen ]; then  # <-
    echo 'frozen'
```
Use instead:
```bash
fsfreeze -f /data
if [ -e /run/frozen ]; then
    echo 'frozen'
fi
```

## References
- [Bash manual, Shell Syntax](https://www.gnu.org/software/bash/manual/html_node/Shell-Syntax.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript

_READ_BY_US = ("bash", "sh", "dash", "ash")


@rule(
    "SH404",
    "script-syntax-error",
    Severity.ERROR,
    on=ShellScript,
    covers_script=("shellcheck/SC1",),
)
def script_syntax_error(script: ShellScript) -> Iterator[Problem]:
    """Report the first error; those behind it may be its consequences."""
    if script.script.interpreter not in _READ_BY_US or "\r" in script.script.text:
        return
    for error in script.syntax.errors[:1]:
        related = (Note(script.place(error.related), "opened here"),) if error.related else ()
        yield Problem(script.place(error.span), error.message, related=related)
