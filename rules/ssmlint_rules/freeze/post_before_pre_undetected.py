"""
## What it does
Reports a `post-script` that ends with 0 although there was nothing to thaw, and every release it
tried has failed.

## Why is this bad?
When post-script comes without a pre-script before it (a retry that was already done, a policy
that is out of step, a watchdog that was faster), the snapshot between them was not protected.
Data Lifecycle Manager has the exit codes 205 and 203 for that; with 0 it tags the snapshot as
application-consistent. It is a *warning*, because it takes something else to go wrong first.

## Example
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script)
        fsfreeze -u /data  # <-
        exit 0
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script)
        fsfreeze -u /data || exit 205
        exit 0
        ;;
esac
```

The same holds for an `exit 0` where post-script sees that nothing is frozen (any more), and does nothing: if a
watchdog was armed, it may have ended the freeze before the snapshot was begun. That is of severity info, since it
may as well be a retry of a post-script that has thawed.

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html):
  exit codes 203 and 205
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, last_exit, quote, shortest
from ssmlint.shell.stages import End, Scenario, StageReport
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.values import Place

#: Releases of these fail when there is nothing to release; an `UNLOCK TABLES` does not.
_STRICT = frozenset({"filesystem"})


@rule("DLM306", "post-before-pre-undetected", Severity.WARNING, on=StageReport)
def post_before_pre_undetected(report: StageReport) -> Iterator[Problem]:
    """Report releases that all fail on a path of a lone post-script that ends with 0."""
    fooled = [end for end in report.runs[Scenario.POST_ALONE].successes if _all_failed(end)]
    for place, end in shortest(fooled, lambda end: _releases(end)[-1].place).items():
        what = quote(report, place)
        message = f"post-script ends with 0 when `{what}` finds nothing to release; exit with 205"
        yield Problem(report.span(place), message, trace=report.trace(end))
    yield from _untried(report)


def _untried(report: StageReport) -> Iterator[Problem]:
    """An `exit 0` where post-script finds nothing frozen, though a watchdog may have thawed it."""
    whole = report.post.successes
    guarded = any(end.watchdogs for end in report.pre.successes)
    if not guarded or not whole or not all(_released(end) for end in whole):
        return
    ends = [end for end in report.runs[Scenario.POST_ALONE].successes if _does_nothing(end)]
    for place, end in shortest(ends, _leaving).items():
        message = "post-script ends with 0 here though nothing is frozen any more; exit with 205"
        trace = report.trace(end)
        yield Problem(report.span(place), message, trace=trace, severity=Severity.INFO)


def _released(end: End) -> bool:
    return any(event.ok for event in events(end, Happening.RELEASE))


def _does_nothing(end: End) -> bool:
    """Whether an `exit` was chosen by a look at the host, with nothing done."""
    done = events(end, Happening.RELEASE, Happening.TURNS, Happening.RUN, Happening.DISARM)
    return last_exit(end) is not None and not list(done)


def _leaving(end: End) -> Place:
    leave = last_exit(end)
    assert leave is not None
    return leave.place


def _releases(end: End) -> list[Event]:
    found = events(end, Happening.RELEASE)
    return [event for event in found if event.resource in _STRICT]


def _all_failed(end: End) -> bool:
    return bool(_releases(end)) and not any(event.ok for event in _releases(end))
