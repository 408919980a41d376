"""
## What it does
Reports an array that the script fills and never reads, or one that it reads item by item and
never fills.

## Why is this bad?
Such an array is half of an idea: what was to be remembered is not looked up, or what is looked
up was never remembered. In a script that freezes filesystems it is often the memory of what has
been frozen already; without it the same filesystem is frozen twice, which the kernel refuses,
or nothing is found to thaw.

## Example
```bash
declare -A seen=()
for mount in /data /logs; do
    device=$(stat -c %d "$mount")
    seen[$device]=yes  # <-
    fsfreeze -f "$mount" || exit 201
done
```
Use instead:
```bash
declare -A seen=()
for mount in /data /logs; do
    device=$(stat -c %d "$mount")
    [ -n "${seen[$device]:-}" ] && continue
    seen[$device]=yes
    fsfreeze -f "$mount" || exit 201
done
```

The other half:
```bash
declare -A seen=()
for mount in /data /logs; do
    device=$(stat -c %d "$mount")
    [ -n "${seen[$device]:-}" ] && continue  # <-
    fsfreeze -f "$mount" || exit 201
done
```

## References
- [Bash manual, Arrays](https://www.gnu.org/software/bash/manual/html_node/Arrays.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import ArrayValue, Assignment
from ssmlint.shell.undefined import spoken_of
from ssmlint.shell.variables import Read, Write


@rule("SH118", "idle-array", Severity.WARNING, on=ShellScript)
def idle_array(script: ShellScript) -> Iterator[Problem]:
    """Report each array of which only one half is used."""
    if script.assigns_unknown or script.script.interpreter != "bash":
        return
    spoken = spoken_of(script)
    reads: dict[str, list[Read]] = {}
    for read in script.reads:
        reads.setdefault(read.name, []).append(read)
    for name, writes in script.writes_by_name.items():
        if name in spoken or may_be_given(name) or any(write.exported for write in writes):
            continue
        filled = [write for write in writes if not _is_empty(write)]
        uses = reads.get(name, [])
        if not uses and all(_is_item(write) for write in filled) and filled:
            message = f"the array `{name}` is filled here and never read"
            yield Problem(script.place(filled[0].span), message)
        elif uses and not filled and all(item.variable.index is not None for item in uses):
            yield Problem(
                script.place(uses[0].span),
                f"the array `{name}` is always empty: nothing ever puts an item into it",
                related=(Note(script.place(writes[0].span), "it is made here"),),
            )


def _is_empty(write: Write) -> bool:
    """Whether it makes the array, with nothing in it: `seen=()`."""
    return isinstance(write.value, ArrayValue) and not write.value.words and not write.append


def _is_item(write: Write) -> bool:
    return isinstance(write.node, Assignment) and write.node.index is not None
