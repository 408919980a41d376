"""
## What it does
Reports a pre-script that can end with a code that is a post-script's (202, 203, 205), and a
post-script that can end with one of a pre-script (201, 204).

## Why is this bad?
The code is all that the event of Data Lifecycle Manager tells. 202 says that the post-script
failed, so that something may still be frozen; if a pre-script says so, people look in the wrong
place. It happens where the pre-script calls a function of the post-script that ends the script
itself, and then the rest of the pre-script's own clean-up is skipped, too.

## Example
```bash dlm
thaw() {
    fsfreeze -u /data || exit 202  # <-
}
case {{ command }} in
    pre-script)
        fsfreeze -f /data || exit 201
        mysqladmin ping || { thaw; exit 201; }
        ;;
    post-script) thaw ;;
    dry-run) ;;
    *) exit 206 ;;
esac
```
Use instead:
```bash dlm
thaw() {
    fsfreeze -u /data
}
case {{ command }} in
    pre-script)
        fsfreeze -f /data || exit 201
        mysqladmin ping || { thaw; exit 201; }
        ;;
    post-script) thaw || exit 202 ;;
    dry-run) ;;
    *) exit 206 ;;
esac
```

## References
- [EBS user guide, other use cases for Data Lifecycle Manager scripts](https://docs.aws.amazon.com/ebs/latest/userguide/script-other-use-cases.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.branches import exits_by_stage
from ssmlint.shell.paths import events, shortest
from ssmlint.shell.scriptfacts import shell_scripts_of
from ssmlint.shell.stages import End, Scenario, StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import Place

_OF_PRE = {"201": "the pre-script failed", "204": "a pre-script came where a post-script was due"}
_OF_POST = {
    "202": "the post-script failed",
    "203": "the auto thaw came before the post-script",
    "205": "a post-script came where a pre-script was due",
}


_FOREIGN = {"pre-script": _OF_POST, "post-script": _OF_PRE}


@rule("DLM405", "exit-code-of-other-stage", Severity.WARNING, on=StageReport)
def exit_code_of_other_stage(report: StageReport) -> Iterator[Problem]:
    """Report each exit with a code of the other stage."""
    told: set[tuple[str, str]] = set()
    for script in shell_scripts_of(report.document):
        for stage, found in exits_by_stage(script):
            if found.text in _FOREIGN.get(stage, {}):
                told.add((stage, found.text))
                yield Problem(script.place(found.span), _text(stage, found.text))
    for scenario in (Scenario.PRE, Scenario.POST, Scenario.POST_ALONE):
        foreign = _FOREIGN[scenario.stage]
        ends = [end for end in report.runs[scenario].ends if end.code in foreign and _exit(end)]
        for place, end in shortest(ends, _exit).items():
            if place is not None and (scenario.stage, end.code) not in told:
                text, trace = _text(scenario.stage, end.code), report.trace(end)
                yield Problem(report.span(place), text, trace=trace)


def _text(stage: str, code: str) -> str:
    return f"{stage} can end with {code} here, which says that {_FOREIGN[stage][code]}"


def _exit(end: End) -> Place | None:
    """The place of the command that ends the script."""
    found = [event.place for event in events(end, Happening.EXIT)]
    return found[-1] if found else None
