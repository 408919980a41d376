"""
## What it does
Reports `local x=$(command) || ...`, and the same with `export`, `readonly`, `declare`, `&&` and
`if`: the declaration succeeds, whatever became of the command.

## Why is this bad?
The status of such a line is that of `local` or `export`, which is 0 even where the command could
not be found. What stands behind `||` never runs: no default, no `exit 201`, and the script goes on
with an empty variable as if all were well. Declare the variable first, and assign to it in a
statement of its own.

## Example
```bash
freeze() {
    local device=$(findmnt -n -o SOURCE /data) || return 1  # <-
    dmsetup suspend "$device"
}
export REGION=$(ec2-metadata --region) || exit 206  # <-
```
Use instead:
```bash
freeze() {
    local device; device=$(findmnt -n -o SOURCE /data) || return 1
    dmsetup suspend "$device"
}
export REGION; REGION=$(ec2-metadata --region) || exit 206
```

A constant can be made one afterwards:
```bash
if readonly state=$(dmsetup info data); then  # <-
    echo "$state"
fi
```
Use instead:
```bash
if state=$(dmsetup info data); then
    readonly state
    echo "$state"
fi
```

## Fix safety
Unsafe: what stands behind `||` begins to run. Only `local`, `export` and `declare` of one variable
that begin a list of `||` or `&&` are fixed.

## References
- [Bash manual, Bash Builtins](https://www.gnu.org/software/bash/manual/html_node/Bash-Builtins.html): the status of `declare`, `local`, `readonly`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.declared import Declared, hidden_statuses
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import AndOr
from ssmlint_rules.script_fixes import insertion, script_fix


@rule(
    "SH206",
    "declaration-hides-status",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2155",),
)
def declaration_hides_status(script: ShellScript) -> Iterator[Problem]:
    """Report each such declaration."""
    for found in hidden_statuses(script):
        keyword = found.declaration.keyword
        asker = f"`{found.asker.operator}`" if isinstance(found.asker, AndOr) else "the condition"
        substitution = found.unit.place(found.substitution.span)
        yield Problem(
            script.place(found.unit.place(found.declaration.span)),
            f"{asker} sees the status of `{keyword}`, which is 0 whether the command fails or not",
            related=(Note(script.place(substitution), "the status of this is lost"),),
            fix=_fix(script, found),
        )


def _fix(script: ShellScript, found: Declared) -> Fix | None:
    declaration, assigned = found.declaration, found.declaration.assignments
    letters = "".join(declaration.options)
    if declaration.keyword == "readonly" or "r" in letters or len(assigned) != 1:
        return None
    if declaration.words or found.unit is not script.main or assigned[0].append:
        return None
    if not isinstance(found.asker, AndOr) or found.asker.left is not declaration:
        return None
    # `a && local x; x=$(b) || c` would not be one condition any more.
    if script.index.statement_of(declaration) is not found.asker:
        return None
    first = insertion(assigned[0].span.start, f"{assigned[0].name}; ")
    return script_fix(script, "assign in a statement of its own", first)
