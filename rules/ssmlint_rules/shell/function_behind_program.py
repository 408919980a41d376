"""
## What it does
Reports a function of the script that is given to a program to run: `timeout 30 freeze`,
`sudo freeze`, `nohup freeze &`.

## Why is this bad?
Only the shell knows its functions. `timeout`, `sudo`, `nohup`, `xargs`, `env` and their like
look for a *program* of that name, find none, and end with status 127 (or 125, or 1): the
function never runs.

## Example
```bash
freeze() { fsfreeze -f /data; }
timeout 30 freeze || exit 201  # <-
```
Use instead:
```bash
freeze() { fsfreeze -f /data; }
export -f freeze
timeout 30 bash -c freeze || exit 201
```

## Fix safety
Unsafe: the function begins to run. Behind `sudo`, which takes functions out of the environment, and where
the function is given arguments, nothing is fixed.

## References
- [Coreutils manual, timeout invocation](https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html): exit statuses
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.children import function_exports
from ssmlint.shell.programs import known_names
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Function
from ssmlint.shell.units import Relation, Use
from ssmlint_rules.script_fixes import insertion, script_fix

#: Not programs but parts of the shell, or not known.
_SHELL_WORDS = frozenset({"time", "command", "builtin", "?"})
#: Those whose command has the environment of the script.
_HANDS_ON = frozenset({"timeout", "nohup", "nice", "ionice", "setsid", "env", "stdbuf"})


@rule(
    "SH107",
    "function-behind-program",
    Severity.ERROR,
    on=ShellScript,
    covers=("shellcheck/SC2032", "shellcheck/SC2033"),
)
def function_behind_program(script: ShellScript) -> Iterator[Problem]:
    """Report each function that is handed to a program by name."""
    for use in script.uses:
        wrappers = [name for name in use.invocation.wrappers if name not in _SHELL_WORDS]
        function = script.functions.get(use.invocation.name)
        if not wrappers or function is None or function.name in known_names():
            continue
        if use.unit.relation is Relation.FOREIGN or use.invocation.script is not None:
            continue
        yield Problem(
            script.place(use.span),
            f"`{wrappers[-1]}` runs programs, and `{function.name}` is a function of this script",
            related=(Note(script.place(function.name_span), "defined here"),),
            fix=_fix(script, use, function),
        )


def _fix(script: ShellScript, use: Use, function: Function) -> Fix | None:
    word = use.command.words[-1]
    if not script.is_bash or use.unit is not script.main or word.literal != function.name:
        return None
    if not _HANDS_ON.issuperset(use.invocation.wrappers):
        return None
    changes = [insertion(word.span.start, "bash -c ")]
    exported = {a.name for e in function_exports(script) for a in e.assignments}
    if function.name not in exported:
        changes.append(insertion(function.span.end, f"\nexport -f {function.name}"))
    return script_fix(script, "let a shell run it, and export it", *changes)
