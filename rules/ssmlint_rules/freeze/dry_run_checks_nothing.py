"""
## What it does
Reports a `dry-run` that only prints.

## Why is this bad?
A dry-run that always succeeds shows that Systems Manager reaches the instance, and nothing
else. The tools that pre-script needs, the mounts, the login of the database: all of it can be
looked at without touching anything, and a missing one is much better found on a quiet afternoon
than in the first snapshot. It is advice, hence *info*.

## Example
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) echo "doing nothing" ;;  # <-
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) command -v fsfreeze && findmnt /data || exit 206 ;;
esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, stage_place
from ssmlint.shell.stages import Scenario, StageReport
from ssmlint.shell.symbolic.events import Happening

#: Everything but leaving.
_LOOKS = tuple(kind for kind in Happening if kind is not Happening.EXIT)


@rule("DLM309", "dry-run-checks-nothing", Severity.INFO, on=StageReport)
def dry_run_checks_nothing(report: StageReport) -> Iterator[Problem]:
    """Report a dry-run with a single way through, which succeeds and does nothing."""
    run = report.runs[Scenario.DRY_RUN]
    works = report.pre.successes and any(end.events for end in report.pre.ends)
    idle = len(run.ends) == 1 and not list(events(run.ends[0], *_LOOKS))
    if works and idle and run.successes:
        place = stage_place(report, Scenario.DRY_RUN.stage)
        yield Problem(report.span(place), "dry-run succeeds without looking at anything")
