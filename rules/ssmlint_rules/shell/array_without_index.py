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

## Fix safety
Unsafe: the other items count from then on. Only a word that is nothing but the variable is fixed, where
several words are welcome: in the list of a loop, and as argument of a command.

## References
- [Bash manual, Arrays](https://www.gnu.org/software/bash/manual/html_node/Arrays.html): referencing an array variable without a subscript is equivalent to subscript 0
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import ArrayValue, Assignment, Command, Declaration, For
from ssmlint.shell.variables import Read, Way, Write
from ssmlint_rules.script_fixes import script_fix


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
            yield Problem(script.place(read.span), text, (note,), fix=_fix(script, read))


def _fix(script: ShellScript, read: Read) -> Fix | None:
    """All items, each as a word."""
    index = read.unit.index
    words = [word for loop in index.of(For) for word in loop.words or ()]
    words += [word for command in index.of(Command) for word in command.words[1:]]
    word = next((w for w in words if w.parts == (read.variable,)), None)
    if word is None:
        return None
    change = (word.span, f'"${{{read.name}[@]}}"')
    return script_fix(script, "take all of its items", change, unit=read.unit)


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
