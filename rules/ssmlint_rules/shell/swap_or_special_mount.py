"""
## What it does
Reports a loop over the mount points that `lsblk` shows, in which each is frozen, mounted or
unmounted, and nothing passes over `[SWAP]`.

## Why is this bad?
`lsblk` shows `[SWAP]` in that column for a swap device. It is no path: `fsfreeze` and `mount` fail
on it, and the whole stage fails with it, on every host with swap space. Unquoted it is a
pattern besides, and becomes `S` where a file of that name is.

## Example
```bash
for target in $(lsblk -nlo MOUNTPOINT); do  # <-
    fsfreeze -f "$target" || exit 201
done
```
Use instead:
```bash
for target in $(lsblk -nlo MOUNTPOINT | grep '^/'); do
    fsfreeze -f "$target" || exit 201
done
```

## Fix safety
Unsafe: everything that is no absolute path is passed over.

## References
- lsblk(8)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.lists import ListLoop, list_loops
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, walk
from ssmlint.source import Span
from ssmlint_rules.script_fixes import insertion, script_fix

#: Signs that a script knows of entries that are no paths.
_KNOWS = re.compile(
    r"SWAP|\\\[|mountpoint\s+-q|-d\s+\"?\$|\^/|[\"'\s=(|]/\*|\$\{\w+:0:1\}|index\(|~\s*/\^"
)
_TOUCHES = (EffectKind.ACQUIRE, EffectKind.RELEASE, EffectKind.MUTATE)


@rule("SH508", "swap-or-special-mount", Severity.WARNING, on=ShellScript)
def swap_or_special_mount(script: ShellScript) -> Iterator[Problem]:
    """Report each such list."""
    changes = {
        id(use.command): use.span
        for use, effect in script.effects
        if effect.resource == "filesystem" and effect.kind in _TOUCHES
    }
    for found in list_loops(script):
        if found.lister.invocation.name != "lsblk":
            continue
        text = found.filters + script.written(found.body)
        touched = _touched(found, changes)
        if touched is not None and not _KNOWS.search(text):
            yield Problem(
                script.place(found.lister.span),
                "the list has `[SWAP]` in it on a host with swap space, which is no path",
                related=(Note(script.place(touched), "fails on it"),),
                fix=_fix(script, found),
            )


def _fix(script: ShellScript, found: ListLoop) -> Fix | None:
    paths = insertion(found.lister.command.span.end, " | grep '^/'")
    return script_fix(script, "take paths only", paths, unit=found.unit)


def _touched(found: ListLoop, changes: dict[int, Span]) -> Span | None:
    """The first command in the loop that does something to a filesystem."""
    commands = (node for node in walk(found.loop) if isinstance(node, Command))
    return next((changes[id(node)] for node in commands if id(node) in changes), None)
