"""
## What it does
Reports a variable that the script sets but does not export, and that a child shell reads: one
that is started with `bash -c`, or a function that is exported with `export -f` for it.

## Why is this bad?
The child begins without the variable. It reads nothing, and takes the wrong branch without a
word: `*"$ALREADY_THAWED"*` becomes `**`, which matches every message, so that a watchdog takes
any failure for success. `sudo` starts its command with an environment of its own, so that there
even an exported variable is lost.

## Example
```bash
ALREADY_THAWED='Invalid argument'  # <-
thaw() {
    message=$(fsfreeze -u /data 2>&1)
    [[ "$message" == *"$ALREADY_THAWED"* ]] && echo 'nothing to thaw'
}
export -f thaw
nohup bash -c 'sleep 60; thaw' >/dev/null 2>&1 &
```
Use instead:
```bash
export ALREADY_THAWED='Invalid argument'
thaw() {
    message=$(fsfreeze -u /data 2>&1)
    [[ "$message" == *"$ALREADY_THAWED"* ]] && echo 'nothing to thaw'
}
export -f thaw
nohup bash -c 'sleep 60; thaw' >/dev/null 2>&1 &
```

What `sudo` does not let through has to be handed over:
```bash
TARGET=/data  # <-
sudo bash -c 'fsfreeze -f "$TARGET"'
```
Use instead:
```bash
TARGET=/data
sudo TARGET="$TARGET" bash -c 'fsfreeze -f "$TARGET"'
```

## Fix safety
Unsafe: every program that the script runs then sees the variable. What is lost behind `sudo`
is not fixed.

## References
- [Bash manual, Command Execution Environment](https://www.gnu.org/software/bash/manual/html_node/Command-Execution-Environment.html)
- sudoers(5), `env_reset`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.children import LostVariable, lost_variables
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command
from ssmlint.shell.units import Relation
from ssmlint.shell.variables import Way
from ssmlint_rules.script_fixes import insertion, script_fix


@rule(
    "SH103",
    "unexported-variable",
    Severity.ERROR,
    on=ShellScript,
    covers=("shellcheck/SC2154", "shellcheck/SC2034"),
)
def unexported_variable(script: ShellScript) -> Iterator[Problem]:
    """Report each variable that a child shell reads in vain."""
    reported: set[str] = set()
    for lost in lost_variables(script):
        if lost.name not in reported:
            reported.add(lost.name)
            yield _problem(script, lost)


def _problem(script: ShellScript, lost: LostVariable) -> Problem:
    clean = lost.child.unit.relation is Relation.CLEAN
    why = "the child has an environment of its own" if clean else "it is not exported"
    related = [
        Note(script.place(read.span), "read here, empty in the child") for read in lost.reads
    ]
    related.append(Note(script.place(lost.child.unit.span), "the child shell"))
    return Problem(
        script.place(lost.writes[0].span),
        f"`{lost.name}` has no value in the child shell that reads it: {why}",
        related=tuple(related),
        fix=None if clean else _fix(script, lost),
    )


def _fix(script: ShellScript, lost: LostVariable) -> Fix | None:
    """Export the first plain assignment outside of functions; later ones follow it."""
    for write in lost.writes:
        command = write.unit.index.parent(write.node)
        if not isinstance(command, Command) or command.words or write.function is not None:
            continue
        if write.way is Way.ASSIGNED and write.unit is script.main:
            change = insertion(command.span.start, "export ")
            return script_fix(script, f"export `{lost.name}`", change)
    return None
