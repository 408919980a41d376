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
from ssmlint.source import Span

_READ_BY_US = ("bash", "sh", "dash", "ash")

#: How a message ends when something is missing that might stand anywhere behind its opening.
_AT_THE_END = " before the end"


def _end(script: ShellScript) -> Note:
    """The last character of the script that is no blank."""
    last = len(script.script.text.rstrip())
    return Note(script.place(Span(max(last - 1, 0), max(last, 1))), "the script ends here")


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
        if error.message.endswith(_AT_THE_END):
            related = (*related, _end(script))
        yield Problem(script.place(error.span), error.message, related=related)
