"""
## What it does
Reports a readiness test of `pre-script` that is the wrong way round: where it succeeds the stage
ends with 206, application not ready, and only where it fails anything is frozen.

## Why is this bad?
With a database that runs and a filesystem that is mounted every pre-script fails, and Data Lifecycle Manager
makes crash-consistent snapshots, if any. The only way to a success is a host that is not ready. Mostly a `!` was
forgotten, or `&&` stands for `||`.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        if mountpoint -q /data; then  # <-
            echo "/data is not mounted"
            exit 206
        fi
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
        if ! mountpoint -q /data; then
            echo "/data is not mounted"
            exit 206
        fi
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

Only tests of databases that run and of mount points count. That a unit or a process runs may be a reason not to
begin (`pgrep pg_dump && exit 206`).

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html):
  exit code 206
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, quote, shortest
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.values import Place

_NOT_READY = "206"
#: What can be asked only in order to know whether it is there: of a unit or a process that runs
#: somebody may want to know as well whether it is in the way.
_ASKED = frozenset({"cassandra", "filesystem", "mongodb", "mysql", "postgresql", "redis"})


@rule("DLM317", "readiness-inverted", Severity.ERROR, on=StageReport)
def readiness_inverted(report: StageReport) -> Iterator[Problem]:
    """Report tests whose success ends with 206, and whose failure leads to all the work."""
    ends = report.pre.ends
    working = [end for end in ends if _works(end)]
    places = {event.place for end in ends for event in _probes(end)}
    for place in sorted(places, key=lambda place: (place.script, place.span)):
        refused = [end for end in ends if _outcomes(end, place) == {True}]
        tried = [_outcomes(end, place) for end in working]
        only_then = bool(tried) and all(outcomes == {False} for outcomes in tried)
        if refused and only_then and all(end.code == _NOT_READY for end in refused):
            what = quote(report, place)
            message = f"pre-script ends with 206, not ready, where `{what}` succeeds"
            end = shortest(refused, lambda end: 0)[0]
            yield Problem(report.span(place), message, trace=report.trace(end))


def _works(end: End) -> bool:
    return any(event.ok for event in events(end, Happening.ACQUIRE, Happening.FLUSH))


def _outcomes(end: End, place: Place) -> set[bool | None]:
    return {event.ok for event in _probes(end) if event.place == place}


def _probes(end: End) -> list[Event]:
    asked = ((event, event.effect) for event in events(end, Happening.ASSUME))
    return [event for event, effect in asked if effect is not None and effect.resource in _ASKED]
