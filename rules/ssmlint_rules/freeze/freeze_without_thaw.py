"""
## What it does
Reports something that `pre-script` freezes or locks and `post-script` never releases.

## Why is this bad?
After a snapshot has been started, post-script is what lets the application write again. If it
does not release what pre-script acquired, the database stands still after every snapshot. The
rule looks at all paths of post-script on a host that a successful pre-script left behind, and
speaks only when not one of them releases the resource. With a watchdog that thaws later it is
a *warning*, because writes wait until then; without one it is an *error*. What ends by itself
(Redis' `CLIENT PAUSE`, say) is left out.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        mysql_hold_lock &
        fsfreeze -f /data || exit 201  # <-
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
        mysql_hold_lock &
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

## References
- fsfreeze(8)
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import acquired, events, notes, quote, stage_place
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Happening, Held
from ssmlint.shell.symbolic.values import is_known


@rule("DLM102", "freeze-without-thaw", Severity.ERROR, on=StageReport)
def freeze_without_thaw(report: StageReport) -> Iterator[Problem]:
    """Report each resource that pre-script leaves held and post-script never releases."""
    if not report.post.successes:
        # A post-script that can only fail is reported as that.
        return
    for end in report.pre.successes:
        expiring = {e.place for e in acquired(end) if e.effect and e.effect.row.expires}
        for held in end.held:
            if held.place not in expiring and not _is_released(report, held):
                yield _problem(report, end, held)


def _is_released(report: StageReport, held: Held) -> bool:
    """Whether some way through post-script lets go of it, or may (its name is not known).

    Something with a known name is not released by releasing another known name.
    """
    ends = report.post.ends
    releases = [event for end in ends for event in events(end, Happening.RELEASE)]
    same = [e for e in releases if e.resource == held.resource and not e.session_lost]
    if not held.target or not is_known(held.target):
        return bool(same)
    return any(
        not event.target or not is_known(event.target) or event.target == held.target
        for event in same
    )


def _problem(report: StageReport, end: End, held: Held) -> Problem:
    watched = all(end.watchdogs for end in report.pre.successes if end.held)
    after = min(report.post.successes, key=lambda end: len(end.events))
    return Problem(
        report.span(held.place),
        f"`{quote(report, held.place)}` is never undone by post-script",
        notes(report, [(stage_place(report, "post-script"), "post-script begins here")]),
        trace=(*report.trace(end), *report.trace(after, calls=True)),
        severity=Severity.WARNING if watched else None,
    )
