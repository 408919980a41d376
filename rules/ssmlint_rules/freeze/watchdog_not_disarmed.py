"""
## What it does
Reports a watchdog that is still armed when `post-script` has ended.

## Why is this bad?
A watchdog that outlives its own run thaws the next one in the middle: that snapshot is tagged
as application-consistent and is not. A unit of the same name that still exists also keeps the
next pre-script from arming its own. It is a *warning*: it takes a second run within the
watchdog's time.

Reported is a post-script that never disarms the watchdog, and one that disarms a background
job only where it succeeds. A timer that is left running on a path where the thaw failed is not
reported: there it is a second try.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw-data fsfreeze -u /data || exit 201  # <-
        fsfreeze -f /data || exit 201
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
- systemd-run(1), `--unit=`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.paths import events, last_exit, notes, shortest
from ssmlint.shell.stages import End, StageReport, StageRun
from ssmlint.shell.symbolic.events import Happening, Watchdog
from ssmlint.shell.symbolic.values import Place


@rule("DLM204", "watchdog-not-disarmed", Severity.WARNING, on=StageReport)
def watchdog_not_disarmed(report: StageReport) -> Iterator[Problem]:
    """Report watchdogs that post-script leaves armed, always or when it fails."""
    dogs = {dog for end in report.pre.successes for dog in end.watchdogs}
    if not dogs or not report.post.complete:
        return
    if report.post.ends and not report.post.successes:
        # It is not reached at all, which stage-never-succeeds says.
        return
    places = {e.place for end in report.post.ends for e in events(end, Happening.DISARM)}
    left = [dog for dog in dogs if not places or _is_always_left(dog, report.post)]
    if left:
        for dog in sorted(left, key=lambda dog: dog.place.span):
            message = (
                "post-script never disarms this watchdog; it may thaw the next snapshot's freeze"
            )
            yield Problem(report.span(dog.place), message, trace=_way_past(report))
        return
    failing = [end for end in report.post.ends if not end.succeeds and _jobs(end.watchdogs)]
    skipped = [end for end in failing if last_exit(end) and not list(events(end, Happening.DISARM))]
    if skipped:
        yield _skipped(report, min(places, key=lambda place: place.span), skipped)


def _is_always_left(dog: Watchdog, post: StageRun) -> bool:
    """Whether each whole run leaves a unit armed, whatever else it stops."""
    return bool(dog.unit and post.successes) and all(dog in e.watchdogs for e in post.successes)


def _way_past(report: StageReport) -> tuple[Note, ...]:
    """A way through post-script, with all that it calls."""
    ends = report.post.successes or report.post.ends
    return report.trace(min(ends, key=lambda end: len(end.events)), calls=True) if ends else ()


def _jobs(dogs: tuple[Watchdog, ...]) -> list[Watchdog]:
    return [dog for dog in dogs if not dog.detached]


def _skipped(report: StageReport, disarm: Place, ends: list[End]) -> Problem:
    by_exit = shortest(ends, _leaving)
    related = [(place, "post-script leaves here, the watchdog still armed") for place in by_exit]
    first = next(iter(by_exit.values()))
    message = "the watchdog is not disarmed when post-script fails before it gets here"
    return Problem(report.span(disarm), message, notes(report, related), report.trace(first))


def _leaving(end: End) -> Place:
    leave = last_exit(end)
    return end.watchdogs[0].place if leave is None else leave.place
