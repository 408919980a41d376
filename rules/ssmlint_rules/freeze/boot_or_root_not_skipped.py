"""
## What it does
Reports a freeze of the items of a list of mounts on a path that passes over neither `/` nor
`/boot`.

## Why is this bad?
`lsblk`, `findmnt` and `df` list every mount, the root filesystem and `/boot` too. Freezing the
root filesystem can lock up the host, the agent included (see `root-filesystem-frozen`); hence
*error*. Every path from the list to the freeze has to rule both out, or the list has to name
its mounts.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs,ext4); do
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
        for mount in $(findmnt -n -l -o TARGET -t xfs,ext4); do
            case $mount in / | /boot | /boot/*) continue ;; esac
            fsfreeze -f "$mount" || exit 201
        done
        ;;
    post-script)
        while read -r mount; do fsfreeze -u "$mount"; done < /run/frozen
        ;;
esac
```

## Fix safety
Unsafe: these filesystems are passed over. Only offered where the freeze is a statement of the loop itself.

## References
- fsfreeze(8)
- lsblk(8), findmnt(8)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.mounts import may_hold
from ssmlint.shell.paths import freezes, notes
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Event
from ssmlint.shell.symbolic.values import Place, only_symbol
from ssmlint_rules.stage_fixes import passing_over

_DANGEROUS = ("/", "/boot")


@rule("DLM112", "boot-or-root-not-skipped", Severity.ERROR, on=StageReport)
def boot_or_root_not_skipped(report: StageReport) -> Iterator[Problem]:
    """Report freezes of a list's item that may be the root or boot filesystem."""
    possible: dict[Place, tuple[Event, set[str]]] = {}
    for event in freezes(report):
        symbol = only_symbol(event.target)
        if symbol is not None:
            item = report.symbols[symbol]
            paths = {p for p in _DANGEROUS if event.constraint.allows(p) and may_hold(item, p)}
            possible.setdefault(event.place, (event, set()))[1].update(paths)
    for place, (event, paths) in possible.items():
        if paths:
            named = " and ".join(f"`{path}`" for path in sorted(paths))
            message = f"{named} may be in the list, and nothing passes over it before the freeze"
            related = notes(report, [(report.symbols[event.target].place, "the list")])
            yield Problem(report.span(place), message, related, fix=passing_over(report, place))
