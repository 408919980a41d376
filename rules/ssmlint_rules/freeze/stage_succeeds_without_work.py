"""
## What it does
Reports a way in which a stage ends with 0 though it has frozen (or thawed) nothing.

## Why is this bad?
Data Lifecycle Manager takes exit code 0 of pre-script as "the application is quiesced" and tags
the snapshot as application-consistent. The usual cause is a loop over the output of a command:
when the command fails, is not installed or prints something else, the list is empty, the loop
never turns, and nobody notices. The trace shows that path. It is an *error*: the backup is
wrong, and nothing tells you before you need it. A list of which every item is passed over
(because the data lie on the root filesystem, say) comes to the same.

Check the command's status, or count what was frozen and leave with 206 when it was nothing.
Also reported is a stage that only prints something (a template that was never filled in).

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs /data); do  # <-
            fsfreeze -f "$mount" || exit 201
        done
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
        mounts=$(findmnt -n -l -o TARGET -t xfs /data) || exit 206
        [ -n "$mounts" ] || exit 206
        for mount in $mounts; do
            fsfreeze -f "$mount" || exit 201
        done
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

Likewise a stage that was never filled in:
```bash dlm
prepare() {  # <-
    echo "pre-script"
}
case "{{ command }}" in
    pre-script) prepare ;;
    post-script) fsfreeze -u /data ;;
esac
```
Use instead:
```bash dlm
prepare() {
    fsfreeze -f /data || exit 201
}
case "{{ command }}" in
    pre-script) prepare ;;
    post-script) fsfreeze -u /data ;;
esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
- bash(1), "for": with no words the commands are not executed, and the status is 0
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import acquired_or_lost, events, quote, shortest, stage_place
from ssmlint.shell.stages import End, Scenario, StageReport, StageRun
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import Place

_WORK = (
    Happening.ACQUIRE,
    Happening.RELEASE,
    Happening.FLUSH,
    Happening.MUTATE,
    Happening.WATCHDOG,
    Happening.RUN,
    Happening.ASSUME,
    Happening.LIST,
)


@rule("DLM301", "stage-succeeds-without-work", Severity.ERROR, on=StageReport)
def stage_succeeds_without_work(report: StageReport) -> Iterator[Problem]:
    """Report lists that may be empty, and stages in which nothing happens at all."""
    frozen = {e.resource for end in report.pre.successes for e in acquired_or_lost(end)}
    for resource in sorted(frozen):
        idle = [end for end in report.pre.successes if _skips(end, resource)]
        for place, end in shortest(idle, _list_place).items():
            what = quote(report, place)
            message = (
                f"pre-script succeeds with nothing frozen when `{what}` lists nothing to freeze"
            )
            yield Problem(report.span(place), message, trace=report.trace(end))
    for run in (report.pre, report.runs[Scenario.POST_ALONE]):
        if _is_idle(run) and (run is report.pre or frozen or _is_idle(report.pre)):
            place = stage_place(report, run.scenario.stage)
            message = f"{run.scenario.stage} ends with 0 and does nothing but print"
            yield Problem(report.span(place), message)


def _is_idle(run: StageRun) -> bool:
    """Whether a stage succeeds and never does or looks at anything."""
    return bool(run.successes) and not any(list(events(end, *_WORK)) for end in run.ends)


def _skips(end: End, resource: str) -> bool:
    tried = any(event.resource == resource for event in events(end, Happening.ACQUIRE))
    probed = any(event.ok is False for event in events(end, Happening.ASSUME))
    return not tried and not probed and bool(list(events(end, Happening.TURNS)))


def _list_place(end: End) -> Place:
    return list(events(end, Happening.TURNS))[-1].place
