"""
## What it does
Reports a way through `post-script` that ends with 0 and has not tried to release what
`pre-script` has frozen or locked.

## Why is this bad?
Data Lifecycle Manager takes 0 for "the application goes on", reports success, and does not come
again. The filesystem stays frozen, and every write to it blocks, until a watchdog or a person
thaws it. Other ways through the stage do thaw, so it is seen only on the day when this one is
taken; hence *error*.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        [ -e /run/frozen ] || exit 0  # <-
        fsfreeze -u /data || exit 202
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        touch /run/frozen
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        [ -e /run/frozen ] || exit 205
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
from ssmlint.shell.paths import asks_about, events, last_exit, quote, shortest, stage_place
from ssmlint.shell.stages import End, Scenario, StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import Place


@rule("DLM106", "thaw-skipped", Severity.ERROR, on=StageReport)
def thaw_skipped(report: StageReport) -> Iterator[Problem]:
    """Report ends of post-script that leave everything as pre-script left it."""
    released = any(list(events(end, Happening.RELEASE)) for end in report.post.ends)
    idle = [end for end in report.post.successes if end.before and _tries_nothing(end)]
    if not released:
        return
    for place, end in shortest(idle, lambda end: _place(report, end)).items():
        what = quote(report, end.before[0].place)
        message = f"post-script ends with 0 without trying to undo `{what}`"
        yield Problem(report.span(place), message, trace=report.trace(end))


def _tries_nothing(end: End) -> bool:
    """Nothing was tried or asked; what a loop passes over is reported by other rules."""
    if list(events(end, Happening.RELEASE, Happening.TURNS)):
        return False
    asked = any(asks_about(e, item.resource) for e in end.events for item in end.before)
    return not asked and not any(event.ok is False for event in events(end, Happening.ASSUME))


def _place(report: StageReport, end: End) -> Place:
    leave = last_exit(end)
    return leave.place if leave else stage_place(report, Scenario.POST.stage)
