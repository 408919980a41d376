"""
## What it does
Reports a `pre-script` that finds the application down, skips the work, and ends with 0.

## Why is this bad?
`systemctl is-active` and its like fail for many reasons: the unit has another name on this
distribution (`mysql`, `mysqld`, `mariadb`), the database runs in a container, `sudo` is not
installed. If that is taken for "nothing to do", the snapshot of a running database is tagged
as application-consistent though nobody flushed or locked it. Data Lifecycle Manager has an exit
code for the case: 206, application not ready. An *error*, because the backup is wrong in silence.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        if systemctl is-active --quiet postgresql; then  # <-
            psql -c 'CHECKPOINT' || exit 201
        else
            echo "PostgreSQL is not running"
        fi
        ;;
    post-script)
        echo "done"
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        if systemctl is-active --quiet postgresql; then
            psql -c 'CHECKPOINT' || exit 201
        else
            echo "PostgreSQL is not running"
            exit 206
        fi
        ;;
    post-script)
        echo "done"
        ;;
esac
```

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


@rule("DLM303", "not-ready-reported-as-success", Severity.ERROR, on=StageReport)
def not_ready_reported_as_success(report: StageReport) -> Iterator[Problem]:
    """Report probes whose failure makes a successful pre-script do less."""
    ends = report.pre.successes
    for place in sorted({e.place for end in ends for e in _probes(end)}, key=lambda p: p.span):
        work = {w for end in ends if _outcome(end, place) is True for w in _work(end)}
        skipping = [end for end in ends if _outcome(end, place) is False and work - _work(end)]
        for end in shortest(skipping, lambda end: 0).values():
            message = f"pre-script ends with 0 when `{quote(report, place)}` fails; exit with 206"
            yield Problem(report.span(place), message, trace=report.trace(end))


def _probes(end: End) -> list[Event]:
    """The readiness tests of a path: those to which 0 is the good answer."""
    return [event for event in events(end, Happening.ASSUME) if _zero_is_good(event)]


def _zero_is_good(event: Event) -> bool:
    status = event.effect.row.status if event.effect is not None else ()
    return not status or any(code == 0 for code, _ in status)


def _outcome(end: End, place: Place) -> bool | None:
    return next((event.ok for event in _probes(end) if event.place == place), None)


def _work(end: End) -> set[Place]:
    done = events(end, Happening.ACQUIRE, Happening.FLUSH)
    return {event.place for event in done if event.ok}
