"""
## What it does
Reports nested mounts that are thawed in the order in which they were frozen.

## Why is this bad?
Freezes are best undone like locks: what was frozen last is thawed first. Thawed in the order of
the freeze, one of two nested filesystems takes writes again while the other still blocks, and a
process that works on both waits in the middle. It is advice, hence *info*; only literal, nested
paths are looked at.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data/logs || exit 201
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data/logs || result=202  # <-
        fsfreeze -u /data || result=202
        exit "${result:-0}"
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data/logs || exit 201
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || result=202
        fsfreeze -u /data/logs || result=202
        exit "${result:-0}"
        ;;
esac
```

## References
- fsfreeze(8)
- That the order matters for processes that hold both is inferred.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, shortest
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Happening


@rule("DLM105", "thaw-order", Severity.INFO, on=StageReport)
def thaw_order(report: StageReport) -> Iterator[Problem]:
    """Report the first release of a pair of nested mounts that repeats the order of the freeze."""
    orders = {_targets(end, Happening.ACQUIRE) for end in report.pre.successes}
    if len(orders) != 1:
        return
    frozen = orders.pop()
    for end in shortest(report.post.successes, lambda end: 0).values():
        thawed = _targets(end, Happening.RELEASE)
        for first, second in itertools.pairwise(thawed):
            if _nested(first, second) and _before(frozen, first, second):
                event = next(e for e in events(end, Happening.RELEASE) if e.target == first)
                message = f"`{first}` is thawed before `{second}`, in the order of the freeze"
                yield Problem(report.span(event.place), message)


def _targets(end: End, kind: Happening) -> tuple[str, ...]:
    return tuple(e.target for e in events(end, kind) if e.ok and e.target.startswith("/"))


def _nested(one: str, two: str) -> bool:
    return f"{one}/".startswith(f"{two}/") or f"{two}/".startswith(f"{one}/")


def _before(order: tuple[str, ...], first: str, second: str) -> bool:
    return first in order and second in order and order.index(first) < order.index(second)
