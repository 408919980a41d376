"""
## What it does
Reports a loop that writes each of its items into a file with `>`, where the script goes through that file as
a list elsewhere.

## Why is this bad?
`>` empties the file in every turn, so that only the last item is left in it. The list is mostly that of what
was frozen: whoever goes through it to thaw, the post-script or the watchdog, thaws one of several, and all
others stay frozen. `>>` adds a line.

## Example
```bash dlm
freeze() {
    for mount in /data /logs; do
        echo "$mount" > /run/frozen  # <-
        fsfreeze -f "$mount" || return 1
    done
}
thaw() {
    while read -r mount; do
        fsfreeze -u "$mount"
    done < /run/frozen
}
```
Use instead:
```bash dlm
freeze() {
    : > /run/frozen
    for mount in /data /logs; do
        echo "$mount" >> /run/frozen
        fsfreeze -f "$mount" || return 1
    done
}
thaw() {
    while read -r mount; do
        fsfreeze -u "$mount"
    done < /run/frozen
}
```

Use instead: a file that says how far the loop has come is no list.
```bash dlm
for mount in /data /logs; do
    echo "$mount" > /run/current
    fsfreeze -f "$mount" || echo "failed at $(cat /run/current)"
done
```

## References
- [Bash manual, Redirections](https://www.gnu.org/software/bash/manual/html_node/Redirections.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Assignment,
    Command,
    For,
    Substitution,
    Variable,
    While,
    walk,
)
from ssmlint.shell.written import Written, is_list, written_files

_PRINTS = frozenset({"echo", "printf"})
_LEAVES = frozenset({"break", "exit", "return"})


@rule("DLM315", "list-overwritten", Severity.ERROR, on=ShellScript)
def list_overwritten(script: ShellScript) -> Iterator[Problem]:
    """Report each `>` that should be a `>>`."""
    if not script.document.is_dlm:
        return
    for made in written_files(script):
        loop = _loop_of(made, script)
        if loop is None or not _is_one_item(made, loop):
            continue
        if is_list(script, made.path, loop):
            yield Problem(
                script.place(made.redirect.span),
                f"each turn empties `{made.path}`, and only the last item stays; write `>>`",
            )


def _loop_of(made: Written, script: ShellScript) -> For | While | None:
    """The loop around, if it goes on behind the command and reads the file nowhere."""
    if made.command.name not in _PRINTS or made.redirect.operator != ">":
        return None
    loop = script.index.enclosing(made.command, For, While)
    statement = script.index.statement_of(made.command)
    behind = script.index.after(statement) if statement is not None else ()
    leaves = any(isinstance(s, Command) and s.name in _LEAVES for s in behind)
    return loop if loop is not None and not leaves and made.redirect.target is not None else None


def _is_one_item(made: Written, loop: For | While) -> bool:
    """Whether what is printed is the item alone: nothing that the body gathers or looks up."""
    printed = [node for word in made.command.words[1:] for node in walk(word)]
    names = {node.name for node in printed if isinstance(node, Variable)}
    if any(isinstance(node, Substitution) for node in printed):
        return False
    target = made.redirect.target
    in_path = (
        {node.name for node in walk(target) if isinstance(node, Variable)} if target else set()
    )
    inside = [node for statement in loop.body for node in walk(statement)]
    assigned = {node.name for node in inside if isinstance(node, Assignment)}
    items = _items(loop)
    return bool(items & names) and not (names | in_path) & assigned and not in_path & items


def _items(loop: For | While) -> set[str]:
    if isinstance(loop, For):
        return {loop.name}
    reads = [s for s in loop.condition if isinstance(s, Command) and s.name == "read"]
    return {word.literal for read in reads for word in read.words[1:] if word.literal}
