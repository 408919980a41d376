"""
## What it does
Reports a variable that the script reads before the first place that sets it.

## Why is this bad?
The variable is empty there. The lines are in the wrong order, or one of them was meant to
stand inside a function. Only what is certain is reported: reads outside of functions and loops,
and variables that no function, file or `eval` may have set.

## Example
```bash
fsfreeze -f "$target"  # <-
target=/data
echo "frozen: $target"
```
Use instead:
```bash
target=/data
fsfreeze -f "$target"
echo "frozen: $target"
```

## References
- [Bash manual, Shell Parameters](https://www.gnu.org/software/bash/manual/html_node/Shell-Parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.order import early_reads
from ssmlint.shell.scriptfacts import ShellScript


@rule(
    "SH102",
    "use-before-assignment",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2154",),
)
def use_before_assignment(script: ShellScript) -> Iterator[Problem]:
    """Report each read in front of the first assignment."""
    checked = {read.name for read in script.reads if read.provided_for or read.tested}
    given = script.provided | script.sourced_names | checked
    for read, write in early_reads(script):
        if read.name not in given and not may_be_given(read.name):
            note = Note(script.place(write.span), "set only here")
            text = f"`{read.name}` is empty here: it is set further down only"
            yield Problem(script.place(read.span), text, related=(note,))
