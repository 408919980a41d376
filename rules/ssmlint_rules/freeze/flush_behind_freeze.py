"""
## What it does
Reports a database that is flushed or locked when its filesystem is frozen already.

## Why is this bad?
A flush writes, and whatever writes to a frozen filesystem waits until it is thawed: the client
hangs, the stage with it, until the time limit kills it and leaves everything frozen. What it was
to bring to disk is not in the snapshot either. First the database, then the filesystem. *Error*.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data || exit 201
        psql -c CHECKPOINT || { fsfreeze -u /data; exit 201; }  # <-
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        psql -c CHECKPOINT || exit 201
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

## References
- fsfreeze(8): a process that writes to a frozen filesystem blocks until it is thawed
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, notes
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.values import Place

_KINDS = (Happening.ACQUIRE, Happening.RELEASE, Happening.FLUSH)


@rule("DLM115", "flush-behind-freeze", Severity.ERROR, on=StageReport)
def flush_behind_freeze(report: StageReport) -> Iterator[Problem]:
    """Report what a database is told on a path on which a filesystem is frozen."""
    late: dict[Place, tuple[Event, Event, End]] = {}
    for end in sorted(report.pre.ends, key=lambda end: len(end.events)):
        for event, freeze in _behind(end):
            late.setdefault(event.place, (event, freeze, end))
    for place, (event, freeze, end) in late.items():
        name = event.effect.row.name if event.effect is not None else event.resource
        message = f"`{name}` waits for the thaw: the filesystem is frozen already"
        related = notes(report, [(freeze.place, "frozen here")])
        yield Problem(report.span(place), message, related, trace=report.trace(end))


def _behind(end: End) -> Iterator[tuple[Event, Event]]:
    frozen: dict[str, Event] = {}
    for event in events(end, *_KINDS):
        if event.resource == "filesystem" and event.kind is Happening.ACQUIRE and event.ok:
            frozen[event.target] = event
        elif event.resource == "filesystem" and event.kind is Happening.RELEASE:
            frozen.clear()
        elif frozen and event.kind is not Happening.RELEASE and _is_of_database(event):
            yield event, next(iter(frozen.values()))


def _is_of_database(event: Event) -> bool:
    return event.effect is not None and bool(event.effect.row.dialect)
