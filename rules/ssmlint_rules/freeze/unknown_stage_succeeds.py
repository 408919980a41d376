"""
## What it does
Reports a document that ends with 0, or does the work of a stage, for a command it does not
know.

## Why is this bad?
The guide asks a document to treat any other command as a failed execution. One that ends with
0 makes a misspelled stage (in `allowedValues`, in the script's own `case`, in a call by hand)
look like a success: nothing is frozen, and the snapshot is tagged as consistent. That is a
*warning*, since `allowedValues` keeps most such values out; a document whose fallback branch
freezes or thaws is an *error*.

## Example
```bash dlm
case "{{ command }}" in  # <-
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) fsfreeze --version || exit 206 ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) fsfreeze --version || exit 206 ;;
    *) echo "unknown command {{ command }}"; exit 206 ;;
esac
```

A fallback that acts is worse:
```bash dlm
if [ "{{ command }}" = post-script ]; then  # <-
    fsfreeze -u /data || exit 202
else
    fsfreeze -f /data || exit 201
fi
```
Use instead:
```bash dlm
if [ "{{ command }}" = post-script ]; then
    fsfreeze -u /data || exit 202
elif [ "{{ command }}" = pre-script ]; then
    fsfreeze -f /data || exit 201
else
    exit 206
fi
```

## Fix safety
Unsafe: the document fails where it has ended with 0. A branch for everything else is added to a `case` of
several lines that has none.

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import default_place, dispatch_place, events, notes, shortest
from ssmlint.shell.stages import Scenario, StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint_rules.stage_fixes import refusing_branch

_WORK = (Happening.ACQUIRE, Happening.RELEASE)


@rule("DLM305", "unknown-stage-succeeds", Severity.WARNING, on=StageReport)
def unknown_stage_succeeds(report: StageReport) -> Iterator[Problem]:
    """Report the place where stages are told apart when others are let through."""
    run = report.runs[Scenario.OTHER]
    acting = [end for end in run.ends if any(e.ok for e in events(end, *_WORK))]
    place = report.span(dispatch_place(report))
    for end in shortest(acting, lambda end: 0).values():
        message = "a command that is none of the stages is not refused: it freezes or thaws"
        yield Problem(place, message, trace=report.trace(end), severity=Severity.ERROR)
    decided = [end for end in run.successes if end.decided and run.runs_steps]
    for end in () if acting else shortest(decided, lambda end: 0).values():
        message = "a command that is none of the stages ends with 0; refuse it"
        default = default_place(report)
        related = notes(report, [(default, "this branch takes it")] if default else [])
        fix = refusing_branch(report)
        yield Problem(place, message, related, trace=report.trace(end), fix=fix)
