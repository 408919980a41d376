"""
## What it does
Reports a function that nothing calls: its name stands nowhere else in the script.

## Why is this bad?
Either it is a leftover, or the call that was to freeze, check or thaw something is missing. The
second is worth a look, since the script runs without a word. It is an *info*.

## Example
```bash
is_ready() {  # <-
    command -v fsfreeze
}
fsfreeze -f /data
```
Use instead:
```bash
is_ready() {
    command -v fsfreeze
}
is_ready || exit 206
fsfreeze -f /data
```

## References
- [Bash manual, Shell Functions](https://www.gnu.org/software/bash/manual/html_node/Shell-Functions.html)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Placeholder, Variable

_LETTER = re.compile(r"[\w.:-]")


@rule("SH116", "uncalled-function", Severity.INFO, on=ShellScript)
def uncalled_function(script: ShellScript) -> Iterator[Problem]:
    """Report each function whose name is not written a second time, comments left out."""
    if not script.functions or any(_may_name_any(use.command) for use in script.uses):
        return
    code = script.script.text
    for comment in reversed(script.syntax.comments):
        code = code[: comment.start] + code[comment.end :]
    for name, function in script.functions.items():
        if _is_written_once(name, code):
            message = f"nothing calls the function `{name}`"
            yield Problem(script.place(function.name_span), message)


def _is_written_once(name: str, code: str) -> bool:
    places = (at for at in _places(name, code) if _is_word(code, at, at + len(name)))
    return len(list(itertools.islice(places, 2))) == 1


def _places(name: str, code: str) -> Iterator[int]:
    at = code.find(name)
    while at >= 0:
        yield at
        at = code.find(name, at + len(name))


def _is_word(code: str, start: int, end: int) -> bool:
    before, behind = code[max(start - 1, 0) : start], code[end : end + 1]
    return not (_LETTER.match(before) or _LETTER.match(behind))


def _may_name_any(command: Command) -> bool:
    """Whether the name of a command is put together: `"stage_${stage//-/_}"`, `"$stage"`.

    Arguments, as in `"$@"`, are written in full where they are given.
    """
    if not command.words or command.name is not None:
        return False
    named = (part for part in command.words[0].parts if isinstance(part, Variable | Placeholder))
    return any(not part.name.isdigit() and part.name not in "@*" for part in named)
