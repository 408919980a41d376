"""
## What it does
Reports a function of the script that says by `return 1` (or another number) that it has failed,
and that nothing looks at: the stage ends with 0 all the same.

## Why is this bad?
Somebody wrote the check and its `return 1`, so the failure matters. A call on a line of its own
throws the verdict away. A pre-script that goes on although the application is not ready, or the
list of mounts is not complete, freezes half of what it should, and the snapshot is tagged as
application-consistent. Where a freeze or a thaw itself is what failed, `failure-ignored` reports
it instead.

## Example
```bash dlm
is_ready() {
    pg_isready || return 1
}
case "{{ command }}" in
    pre-script)
        is_ready  # <-
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```
Use instead:
```bash dlm
is_ready() {
    pg_isready || return 1
}
case "{{ command }}" in
    pre-script)
        is_ready || exit 206
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

## References
- [Bash manual, Shell Functions](https://www.gnu.org/software/bash/manual/html_node/Shell-Functions.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, quote, shortest
from ssmlint.shell.stages import End, Scenario, StageReport
from ssmlint.shell.symbolic.events import Event, Happening

_WORK = frozenset({Happening.ACQUIRE, Happening.RELEASE, Happening.FLUSH, Happening.WATCHDOG})


@rule("DLM310", "ignored-verdict", Severity.WARNING, on=StageReport)
def ignored_verdict(report: StageReport) -> Iterator[Problem]:
    """Report calls whose failure is dropped on a path that ends with 0."""
    for scenario in (Scenario.PRE, Scenario.POST, Scenario.DRY_RUN):
        run = report.runs[scenario]
        found = [end for end in run.successes if _verdicts(end) and not _work_failed(end)]
        for place, end in shortest(found, lambda end: _verdicts(end)[0].place).items():
            name = quote(report, place).partition(" ")[0]
            message = f"{scenario.stage} ends with 0 even if `{name}` returns a failure"
            yield Problem(report.span(place), message, trace=report.trace(end))


def _verdicts(end: End) -> list[Event]:
    return [event for event in events(end, Happening.DROPPED) if event.ok is False]


def _work_failed(end: End) -> bool:
    return any(event.ok is False for event in events(end, *_WORK))
