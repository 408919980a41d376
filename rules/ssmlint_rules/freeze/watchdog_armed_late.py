"""
## What it does
Reports a watchdog that `pre-script` arms only after something is frozen or locked.

## Why is this bad?
`fsfreeze` waits for running I/O and can hang; the script can be killed, or fail, between two
freezes. In each of these cases the watchdog does not exist yet, and nothing thaws what is
frozen by then: writes block until somebody comes. Armed before the first freeze it covers all
of them. The trace shows the order; *error*, because the watchdog is missing just when it is
needed.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data || exit 201
        systemd-run --on-active=150 --unit=thaw-data fsfreeze -u /data  # <-
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        systemctl stop thaw-data.timer
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw-data fsfreeze -u /data || exit 201
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        systemctl stop thaw-data.timer
        ;;
esac
```

## References
- fsfreeze(8)
- systemd-run(1)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import HOLDS_UP_NOBODY, acquired, events, notes, shortest
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening


@rule("DLM202", "watchdog-armed-late", Severity.ERROR, on=StageReport)
def watchdog_armed_late(report: StageReport) -> Iterator[Problem]:
    """Report each place where the first watchdog of a path comes after an acquire."""
    late = [end for end in report.pre.ends if _is_late(end)]
    for place, end in shortest(late, lambda end: _armed(end)[0].place).items():
        first = _blocking(end)[0]
        yield Problem(
            report.span(place),
            "the watchdog is armed when things are frozen already; arm it before the first freeze",
            notes(report, [(first.place, "this is in force before the watchdog exists")]),
            report.trace(end),
        )


def _armed(end: End) -> list[Event]:
    return [event for event in events(end, Happening.WATCHDOG) if event.ok]


def _blocking(end: End) -> list[Event]:
    return [event for event in acquired(end) if event.resource not in HOLDS_UP_NOBODY]


def _is_late(end: End) -> bool:
    armed, held = _armed(end), _blocking(end)
    return bool(armed and held) and end.events.index(held[0]) < end.events.index(armed[0])
