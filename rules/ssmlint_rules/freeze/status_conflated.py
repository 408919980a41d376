"""
## What it does
Reports a query with several documented exit statuses of which the script knows only one: all
others, errors included, are taken for "not frozen", and the thaw is skipped.

## Why is this bad?
InterSystems' `IsWDSuspendedExt`, for one, exits with 5 for "suspended" and 3 for "not". A login
that is refused, a container that is gone or a killed client exit with something else, and a
frozen instance may refuse the login *because* it is frozen. A script that thaws on 5 and does
nothing otherwise then leaves it frozen: *error*. Name both documented statuses, and treat the
rest as a failure.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        irissession IRIS -U %SYS '##Class(Backup.General).ExternalFreeze()'
        [ $? -eq 5 ] || exit 201
        ;;
    post-script)
        irissession IRIS -U %SYS '##Class(Backup.General).IsWDSuspendedExt()'  # <-
        if [ $? -eq 5 ]; then
            irissession IRIS -U %SYS '##Class(Backup.General).ExternalThaw()'
            [ $? -eq 5 ] || exit 202
        else
            exit 205
        fi
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        irissession IRIS -U %SYS '##Class(Backup.General).ExternalFreeze()'
        [ $? -eq 5 ] || exit 201
        ;;
    post-script)
        irissession IRIS -U %SYS '##Class(Backup.General).IsWDSuspendedExt()'
        case $? in
            3) exit 205 ;;
            5) ;;
            *) echo "can not tell; trying to thaw" ;;
        esac
        irissession IRIS -U %SYS '##Class(Backup.General).ExternalThaw()'
        [ $? -eq 5 ] || exit 202
        ;;
esac
```

## References
- docs.intersystems.com, class reference of `Backup.General`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, shortest
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening


@rule("DLM307", "status-conflated", Severity.ERROR, on=StageReport)
def status_conflated(report: StageReport) -> Iterator[Problem]:
    """Report queries whose every undocumented answer skips a release."""
    ends = [end for end in report.post.ends if _conflated(end)]
    for place, end in shortest(ends, lambda end: _conflated(end)[-1].place).items():
        effect = _conflated(end)[-1].effect
        known = ", ".join(f"{c} ({m})" for c, m in effect.row.status) if effect else ""
        message = f"every other status of this query is taken for one; documented are {known}"
        yield Problem(report.span(place), message, trace=report.trace(end))


def _conflated(end: End) -> list[Event]:
    """Queries of which only one documented status is told from all others."""
    left = {item.resource for item in end.held if not item.attempted}
    found = []
    for event in events(end, Happening.ASSUME):
        row = event.effect.row if event.effect is not None else None
        if row is None or len(row.status) < 2 or row.resource not in left:
            continue
        codes = {str(code) for code, _ in row.status}
        if "0" in codes:
            continue
        open_ended = event.constraint.equal is None
        if open_ended and len(event.constraint.excludes & codes) == 1:
            later = end.events[end.events.index(event) + 1 :]
            again = any(e.place == event.place and e.target == event.target for e in later)
            if not again:
                found.append(event)
    return found
