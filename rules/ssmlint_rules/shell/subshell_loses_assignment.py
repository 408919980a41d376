"""
## What it does
Reports an assignment inside a pipeline or a subshell to a variable that is read behind it.

## Why is this bad?
Every part of a pipeline runs in a process of its own, the last part too. What it assigns is
gone when the pipeline ends: a counter that was counted up in `... | while read` is still 0
behind `done`, an exit code that was set there is forgotten.

## Example
```bash
count=0
findmnt -nlo TARGET -t xfs | while read -r target; do
    fsfreeze -f "$target" && count=$((count + 1))  # <-
done
[ "$count" -gt 0 ] || exit 206
```
Use instead:
```bash
count=0
while read -r target; do
    fsfreeze -f "$target" && count=$((count + 1))
done < <(findmnt -nlo TARGET -t xfs)
[ "$count" -gt 0 ] || exit 206
```

## Fix safety
Unsafe: the value is kept. Only a loop that a command on the same line feeds is fixed, in a script for bash.

## References
- [Bash manual, Pipelines](https://www.gnu.org/software/bash/manual/html_node/Pipelines.html): each command is executed in its own subshell
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.order import lost_assignments
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Background, Subshell
from ssmlint_rules.loop_fixes import fed_from_behind


@rule(
    "SH106",
    "subshell-loses-assignment",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2030", "shellcheck/SC2031"),
)
def subshell_loses_assignment(script: ShellScript) -> Iterator[Problem]:
    """Report the first assignment of each variable that is lost."""
    if script.script.interpreter in ("ksh", "zsh"):  # these run the last part themselves
        return
    for write, inside, read in lost_assignments(script):
        kind = "pipeline"
        if isinstance(inside, (Subshell, Background)):
            kind = "subshell" if isinstance(inside, Subshell) else "background process"
        yield Problem(
            script.place(write.span),
            f"this value of `{write.name}` is lost at the end of the {kind}",
            related=(Note(script.place(read.span), "read here, without that value"),),
            fix=fed_from_behind(script, inside),
        )
