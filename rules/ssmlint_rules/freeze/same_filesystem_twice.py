"""
## What it does
Reports a freeze of every item of a list in which one filesystem can stand more than once.

## Why is this bad?
`lsblk -o MOUNTPOINTS` (plural), `findmnt`, `df -a` and `/proc/mounts` list every place where a
filesystem is mounted: bind mounts, container volumes and btrfs subvolumes show it again.
`fsfreeze` works on the filesystem, so that the second path is refused as busy. Scripts take
that for "already frozen" and give up, with the first path left frozen. A *warning*, because
many hosts have no such mounts. Take one mount for each device (`MAJ:MIN`, `sort -u`), or name
the mounts.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(lsblk -n -l -o MOUNTPOINTS); do
            case $mount in / | /boot | /boot/* | \\[*) continue ;; esac
            fsfreeze -f "$mount" || exit 201  # <-
        done
        ;;
    post-script)
        while read -r mount; do fsfreeze -u "$mount"; done < /run/frozen
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o MAJ:MIN,TARGET | sort -u -k1,1 | cut -d' ' -f2-); do
            case $mount in / | /boot | /boot/*) continue ;; esac
            fsfreeze -f "$mount" || exit 201
        done
        ;;
    post-script)
        while read -r mount; do fsfreeze -u "$mount"; done < /run/frozen
        ;;
esac
```

## References
- util-linux 2.37 release notes, lsblk: `MOUNTPOINTS` prints all mount points of a device
- fsfreeze(8)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.mounts import is_mount_of_a_path, may_repeat
from ssmlint.shell.paths import events, freezes, notes
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import Place, Symbol, is_known, only_symbol


@rule("DLM114", "same-filesystem-twice", Severity.WARNING, on=StageReport)
def same_filesystem_twice(report: StageReport) -> Iterator[Problem]:
    """Report freezes of items of a list that may name a filesystem twice, and of equal names."""
    seen: set[Place] = set()
    for event in freezes(report):
        symbol = only_symbol(event.target)
        if symbol is None or event.place in seen:
            continue
        item = report.symbols[symbol]
        if is_mount_of_a_path(item) and len(_askings(report, item)) < 2:
            continue
        if may_repeat(item, report.scripts[event.place.script].text):
            seen.add(event.place)
            message = "the list can name one filesystem twice, and a second freeze of it is refused"
            related = notes(report, [(item.place, "the list")])
            yield Problem(report.span(event.place), message, related)
    for place, target in _named_twice(report).items():
        message = f"`{target}` is frozen a second time, which is refused"
        yield Problem(report.span(place), message)


def _named_twice(report: StageReport) -> dict[Place, str]:
    """Freezes of a path that is frozen already on the same way."""
    found: dict[Place, str] = {}
    for end in report.pre.ends:
        frozen: set[str] = set()
        for event in events(end, Happening.ACQUIRE, Happening.RELEASE):
            if event.resource != "filesystem" or not is_known(event.target):
                continue
            if event.kind is Happening.RELEASE:
                frozen.discard(event.target)
            elif event.target in frozen:
                found.setdefault(event.place, event.target)
            elif event.ok:
                frozen.add(event.target)
    return found


def _askings(report: StageReport, item: Symbol) -> set[str]:
    """How often the same question for the mount of a path was asked for what is frozen."""
    symbols = [symbol for e in freezes(report) if (symbol := only_symbol(e.target))]
    asked = [(symbol, report.symbols[symbol]) for symbol in symbols]
    return {info.of or symbol for symbol, info in asked if info.text == item.text}
