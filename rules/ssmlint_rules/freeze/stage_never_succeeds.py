"""
## What it does
Reports a stage that the document allows and that can only fail.

## Why is this bad?
Most often the stage is misspelled in the script's own `case` (`pre_script` for `pre-script`),
so that the branch for unknown commands answers, or a status is tested the wrong way round. If
it is pre-script, no snapshot of this policy is ever application-consistent; if it is
post-script, what pre-script has frozen stays frozen. Hence *error*.

## Example
```bash dlm
case "{{ command }}" in  # <-
    pre-script) fsfreeze -f /data || exit 201 ;;
    post_script) fsfreeze -u /data || exit 202 ;;
    dry-run) fsfreeze --version || exit 206 ;;
    *) echo "unknown command"; exit 206 ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) fsfreeze --version || exit 206 ;;
    *) echo "unknown command"; exit 206 ;;
esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import (
    branch_place,
    dispatch_place,
    events,
    last_exit,
    notes,
    stage_place,
)
from ssmlint.shell.stages import End, Scenario, StageReport, StageRun
from ssmlint.shell.symbolic.state import Happening

_WORK = (Happening.ACQUIRE, Happening.RELEASE, Happening.FLUSH, Happening.WATCHDOG)


@rule("DLM308", "stage-never-succeeds", Severity.ERROR, on=StageReport)
def stage_never_succeeds(report: StageReport) -> Iterator[Problem]:
    """Report stages all of whose ends are failures."""
    parameter = report.document.stage_parameter
    allowed = parameter.stages if parameter is not None else frozenset()
    for scenario in (Scenario.PRE, Scenario.POST, Scenario.DRY_RUN):
        run = report.runs[scenario]
        if scenario.stage not in allowed or not run.ends or run.successes:
            continue
        if scenario is Scenario.POST and not report.pre.successes:
            continue
        yield _problem(report, run)


def _problem(report: StageReport, run: StageRun) -> Problem:
    """At the way out that gets furthest, or where the stage should be told apart."""
    stage = run.scenario.stage
    end = min(run.ends, key=_distance)
    branch, leave = branch_place(report, stage), last_exit(end)
    if branch is None:
        message = f"{stage} can only fail: no branch of the script is for it"
        related = [(leave.place, "it ends here")] if leave else []
        place = dispatch_place(report)
    else:
        message = f"{stage} can only fail: every way through it ends with an error"
        related = [(branch, "the stage begins here")]
        place = leave.place if leave else stage_place(report, stage)
    return Problem(report.span(place), message, notes(report, related), report.trace(end))


def _distance(end: End) -> tuple[bool, int, int]:
    """How far an end is from a success: with a failure, with little work done, an early one."""
    work = list(events(end, *_WORK))
    done = sum(event.ok is True for event in work)
    return (any(event.ok is False for event in work), -done, -len(end.events))
