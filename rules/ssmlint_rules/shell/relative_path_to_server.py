"""
## What it does
Reports a relative path that a script hands to a database server in a statement or method call.

## Why is this bad?
The server opens the file, in its own working directory and perhaps inside a container: the log is
written to a place that nobody looks at, or not at all. The agent's own directory is a new one
for every run besides. Give the full path.

## Example
```bash
LOGDIR=.  # <-
irissession IRIS -U %SYS "##Class(Backup.General).ExternalFreeze(\\"$LOGDIR/freeze.log\\")"
```
Use instead:
```bash
LOGDIR=/var/log
irissession IRIS -U %SYS "##Class(Backup.General).ExternalFreeze(\\"$LOGDIR/freeze.log\\")"
```

## References
- InterSystems class reference, `Backup.General`, `ExternalFreeze`: the full path of the log file
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.constants import text_of
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Variable, Word
from ssmlint.shell.units import Use
from ssmlint.shell.variables import Write

_RELATIVE = re.compile(r"\.\.?/?(?:\Z|/)|\.\.?/")
_FOLLOWED = 5


@rule("SH514", "relative-path-to-server", Severity.WARNING, on=ShellScript)
def relative_path_to_server(script: ShellScript) -> Iterator[Problem]:
    """Report the variable that holds the relative path, once."""
    found: dict[int, tuple[Write, list[Use]]] = {}
    for use in script.uses:
        if not any(text.dialect == "iris" for text in use.invocation.texts):
            continue
        for word in use.command.words[1:]:
            write = _origin(script, word, _FOLLOWED, inside=True)
            if write is not None:
                found.setdefault(id(write), (write, []))[1].append(use)
    for write, uses in found.values():
        yield Problem(
            script.place(write.span),
            f"`{write.name}` is a relative path, and the server that gets it has another directory",
            related=tuple(Note(script.place(use.span), "handed over here") for use in uses),
        )


def _origin(script: ShellScript, word: Word, depth: int, *, inside: bool = False) -> Write | None:
    """The assignment of the relative path that a word begins with (or has in it)."""
    variables = [part for part in word.parts if isinstance(part, Variable)]
    if not inside:
        variables = [part for part in word.parts[:1] if isinstance(part, Variable)]
    for variable in variables if depth else ():
        for write in script.writes_by_name.get(variable.name, ()):
            if not isinstance(write.value, Word):
                continue
            further = _origin(script, write.value, depth - 1)
            if further is not None:
                return further
            if _RELATIVE.match(text_of(write.value)):
                return write
    return None
