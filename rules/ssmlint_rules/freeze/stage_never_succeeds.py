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
    post_script) fsfreeze -u /data || exit 202 ;;  # <-
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

## Fix safety
Unsafe: the stage begins to do its work. Only offered where no branch is for the stage, and a word that the
script compares with nearly names it.

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DLM_STAGES
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
from ssmlint.shell.statements import CaseItem, TestBinary, Word, walk_block
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import Place
from ssmlint_rules.stage_fixes import stage_renamed
from ssmlint_rules.wording import near

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
    stage, fix = run.scenario.stage, None
    end = min(run.ends, key=_distance)
    branch, leave = branch_place(report, stage), last_exit(end)
    if branch is None:
        message = f"{stage} can only fail: no branch of the script is for it"
        related = [(leave.place, "it ends here")] if leave else []
        place = dispatch_place(report)
        slip = next(_misspelled(report, stage), None)
        if slip is not None:
            place, message = slip, f"{message}; did you mean `{stage}` here?"
            fix = stage_renamed(report, slip, stage)
    else:
        message = f"{stage} can only fail: every way through it ends with an error"
        related = [(branch, "the stage begins here")]
        place = leave.place if leave else stage_place(report, stage)
    trace = report.trace(end)
    return Problem(report.span(place), message, notes(report, related), trace, fix=fix)


def _misspelled(report: StageReport, stage: str) -> Iterator[Place]:
    """What is compared with in the script, and is nearly the stage."""
    for number, block in enumerate(report.blocks):
        for node in walk_block(block):
            words: tuple[Word, ...] = ()
            if isinstance(node, CaseItem):
                words = node.patterns
            elif isinstance(node, TestBinary):
                words = (node.left, node.right)
            for word in words:
                text = word.literal or ""
                if text not in DLM_STAGES and near(text, DLM_STAGES) == stage:
                    yield Place(number, word.span)


def _distance(end: End) -> tuple[bool, int, int]:
    """How far an end is from a success: with a failure, with little work done, an early one."""
    work = list(events(end, *_WORK))
    done = sum(event.ok is True for event in work)
    return (any(event.ok is False for event in work), -done, -len(end.events))
