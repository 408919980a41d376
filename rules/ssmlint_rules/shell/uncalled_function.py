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

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript

_WORD = re.compile(r"[\w.:-]+")


@rule("SH116", "uncalled-function", Severity.INFO, on=ShellScript)
def uncalled_function(script: ShellScript) -> Iterator[Problem]:
    """Report each function whose name is not written a second time, comments left out."""
    code = script.script.text
    for comment in reversed(script.syntax.comments):
        code = code[: comment.start] + code[comment.end :]
    words = list(_WORD.findall(code))
    for name, function in script.functions.items():
        if words.count(name) == 1:
            message = f"nothing calls the function `{name}`"
            yield Problem(script.place(function.name_span), message)
