"""
## What it does
Reports something that `post-script` thaws or unlocks and `pre-script` never freezes or locks.

## Why is this bad?
The two stages are two halves. Where the first half is missing (the call was dropped, or it says
`-u` where it should say `-f`), the snapshot is taken while the application writes, and is tagged
as application-consistent all the same. *Error*.

A server that post-script starts and pre-script does not stop is left alone: that may be a
precaution.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -u /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202  # <-
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

## References
- [EBS user guide, automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, quote
from ssmlint.shell.stages import Scenario, StageReport
from ssmlint.shell.symbolic.events import Event, Happening

#: What may be released to be on the safe side.
_PRECAUTIONS = frozenset({"service", "process", "container"})


@rule("DLM107", "thaw-without-freeze", Severity.ERROR, on=StageReport)
def thaw_without_freeze(report: StageReport) -> Iterator[Problem]:
    """Report the first release of each resource that pre-script never tries to acquire."""
    if not report.complete or not report.pre.successes:
        return
    begun = {e.resource for end in report.pre.ends for e in events(end, Happening.ACQUIRE)}
    undone: dict[str, Event] = {}
    for run in (report.post, report.runs[Scenario.POST_ALONE]):
        for end in run.ends:
            for event in events(end, Happening.RELEASE):
                undone.setdefault(event.resource, event)
    for resource, event in undone.items():
        if resource not in begun | _PRECAUTIONS:
            message = f"pre-script never does what `{quote(report, event.place)}` undoes"
            way = min(report.pre.successes, key=lambda end: len(end.events))
            yield Problem(report.span(event.place), message, trace=report.trace(way, calls=True))
