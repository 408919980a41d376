"""
## What it does
Reports a freeze, lock, flush, watchdog or thaw whose failure the stage does not notice: it ends
with 0 all the same.

## Why is this bad?
Exit code 0 tells Data Lifecycle Manager that the stage has done its work. A pre-script that
ignores a failed freeze yields a snapshot that is tagged as application-consistent and is not;
a post-script that ignores a failed thaw leaves the database frozen, and reports success.
Hence *error*; it is a *warning* where the release that fails would have had nothing to release,
and for a watchdog, which is missed only when something else fails too.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data  # <-
        echo "frozen"
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
        fsfreeze -f /data || exit 201
        echo "frozen"
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

## References
- bash(1), "Exit status": the status of a script is that of its last command
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import quote
from ssmlint.shell.stages import End, StageReport, StageRun
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.values import Place, SymbolKind, SymbolTable


@rule("DLM302", "failure-ignored", Severity.ERROR, on=StageReport)
def failure_ignored(report: StageReport) -> Iterator[Problem]:
    """Report commands of interest that fail on a path that ends with 0."""
    begin = (Happening.ACQUIRE, Happening.FLUSH, Happening.WATCHDOG)
    yield from _ignored(report, report.pre, *begin)
    yield from _ignored(report, report.post, Happening.RELEASE)


def _ignored(report: StageReport, run: StageRun, *kinds: Happening) -> Iterator[Problem]:
    first: dict[Place, tuple[Event, End]] = {}
    judged = {place for end in run.ends for place in _judged_by_output(end, report.symbols)}
    for end in sorted(run.successes, key=lambda end: len(end.events)):
        for event in _failed(end, kinds):
            if event.place not in judged:
                first.setdefault(event.place, (event, end))
    for place, (event, end) in first.items():
        what = quote(report, place)
        yield Problem(
            report.span(place),
            f"{run.scenario.stage} ends with 0 even if `{what}` fails; check its status",
            trace=report.trace(end),
            severity=Severity.WARNING if _is_lesser(event, end) else None,
        )


def _is_lesser(event: Event, end: End) -> bool:
    held = any(item.resource == event.resource for item in end.held)
    return event.kind is Happening.WATCHDOG or (event.kind is Happening.RELEASE and not held)


def _failed(end: End, kinds: tuple[Happening, ...]) -> list[Event]:
    """What failed and was not done successfully later on the same path."""
    found = []
    for index, event in enumerate(end.events):
        if event.kind in kinds and event.ok is False:
            same = (event.kind, event.resource, event.target)
            later = end.events[index + 1 :]
            if not any((e.kind, e.resource, e.target) == same and e.ok for e in later):
                found.append(event)
    return found


def _judged_by_output(end: End, symbols: SymbolTable) -> Iterator[Place]:
    """Commands that have succeeded, and whose output is looked at nevertheless.

    A script that judges by what a command has printed does not need its status.
    """
    done: dict[tuple[int, int], Place] = {}
    for event in end.events:
        key = (event.place.script, event.place.span.start)
        acts = event.resource or event.kind is Happening.WATCHDOG
        if acts and event.ok is not None:
            done.pop(key, None)
        if acts and event.ok:
            done[key] = event.place
        elif event.kind is Happening.BRANCH and event.target in symbols:
            printed = symbols[event.target]
            if printed.kind is SymbolKind.OUTPUT:
                yield from (place for place in done.values() if _is_part(place, printed.place))


def _is_part(place: Place, whole: Place) -> bool:
    """Whether a command is one of a pipeline, or all of it."""
    return place.script == whole.script and whole.span.covers(place.span)
