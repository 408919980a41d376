"""
## What it does
Reports `$name` where the variable is an array: only its first item is read.

## Why is this bad?
`for mount in $mounts` goes through one mount of many, and `fsfreeze -u "$mounts"` thaws the first
one in every turn. bash says nothing. `"${mounts[@]}"` is all items, `"${mounts[index]}"` one of
them; who means the first one can say so with `"${mounts[0]}"`. A test for emptiness is not
reported.

## Example
```bash
mounts=(/data /logs)
for mount in $mounts; do  # <-
    fsfreeze -f "$mount"
done
```
Use instead:
```bash
mounts=(/data /logs)
for mount in "${mounts[@]}"; do
    fsfreeze -f "$mount"
done
```

## References
- [Bash manual, Arrays](https://www.gnu.org/software/bash/manual/html_node/Arrays.html): referencing an array variable without a subscript is equivalent to subscript 0
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import ArrayValue, Assignment, Command, Declaration
from ssmlint.shell.variables import Way, Write


@rule("SH117", "array-without-index", Severity.WARNING, on=ShellScript)
def array_without_index(script: ShellScript) -> Iterator[Problem]:
    """Report each read of an array, and of nothing but arrays, without brackets."""
    for read in script.reads:
        writes = script.writes_by_name.get(read.name, ())
        part = read.variable
        plain = part.subscript is None and not part.indirect and not part.length and not read.bare
        if (
            plain
            and not part.operator
            and not read.tested
            and writes
            and all(map(_is_array, writes))
        ):
            note = Note(script.place(writes[0].span), "an array from here on")
            text = f"`{read.name}` is an array, and this is only its first item"
            yield Problem(script.place(read.span), text, (note,))


def _is_array(write: Write) -> bool:
    """Whether a place can only make an array of a variable."""
    node = write.node
    if isinstance(write.value, ArrayValue):
        return True
    if write.way is Way.BUILTIN:
        return isinstance(node, Command) and node.name in ("mapfile", "readarray")
    if isinstance(node, Assignment) and write.way is Way.DECLARED:
        above = write.unit.index.parent(node)
        options = above.options if isinstance(above, Declaration) else ()
        return any("a" in option.lower() for option in options)
    return isinstance(node, Assignment) and node.subscript is not None
