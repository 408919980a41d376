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
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post_script) fsfreeze -u /data || exit 202 ;;
    dry-run) fsfreeze --version || exit 206 ;;
    *) echo "unknown command"; exit 206 ;;  # <-
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
from ssmlint.shell.paths import last_exit, shortest, stage_place
from ssmlint.shell.stages import Scenario, StageReport


@rule("DLM308", "stage-never-succeeds", Severity.ERROR, on=StageReport)
def stage_never_succeeds(report: StageReport) -> Iterator[Problem]:
    """Report stages all of whose ends are failures, at the shortest way out."""
    parameter = report.document.stage_parameter
    allowed = parameter.stages if parameter is not None else frozenset()
    for scenario in (Scenario.PRE, Scenario.POST, Scenario.DRY_RUN):
        run = report.runs[scenario]
        if scenario.stage not in allowed or not run.ends or run.successes:
            continue
        if scenario is Scenario.POST and not report.pre.successes:
            continue
        for end in shortest(run.ends, lambda end: 0).values():
            leave = last_exit(end)
            place = leave.place if leave else stage_place(report, scenario.stage)
            message = f"{scenario.stage} can only fail: every way through it ends with an error"
            yield Problem(report.span(place), message, trace=report.trace(end))
