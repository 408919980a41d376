"""
## What it does
Reports `local` in a place that is in no function.

## Why is this bad?
`bash` says `local: can only be used in a function`, sets nothing, and goes on with the variable
empty; `dash` ends the script right there with status 2. Mostly a function was taken apart, and
its body moved to the top.

## Example
```bash
local target=/data  # <-
fsfreeze -f "$target"
```
Use instead:
```bash
target=/data
fsfreeze -f "$target"
```

## Fix safety
Unsafe: the script begins to work with the value.

## References
- [Bash manual, `local`](https://www.gnu.org/software/bash/manual/html_node/Bash-Builtins.html#index-local)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Declaration
from ssmlint.shell.units import Relation, Unit
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix


@rule(
    "SH111",
    "local-outside-function",
    Severity.ERROR,
    on=ShellScript,
    covers=("shellcheck/SC2168",),
)
def local_outside_function(script: ShellScript) -> Iterator[Problem]:
    """Report each such declaration."""
    for unit in script.units:
        # An `eval` or a trap may well run while a function does.
        if unit.relation is Relation.SAME:
            continue
        for declaration in unit.index.of(Declaration):
            outside = unit.index.function_of(declaration) is None
            if declaration.keyword == "local" and outside:
                start = declaration.span.start
                yield Problem(
                    script.place(unit.place(Span(start, start + len("local")))),
                    "`local` outside of a function is an error, and sets nothing",
                    fix=_fix(script, unit, declaration),
                )


def _fix(script: ShellScript, unit: Unit, declaration: Declaration) -> Fix | None:
    """Leave an assignment; of a `local` with options or without a value nothing can be left."""
    assigned = declaration.assignments
    if declaration.options or declaration.words or unit is not script.main:
        return None
    if len(assigned) != 1 or assigned[0].value is None:
        return None
    keyword = Span(declaration.span.start, assigned[0].span.start)
    return script_fix(script, "remove `local`", (keyword, ""))
