"""
## What it does
Reports a command whose name is put together, and which is a function of the script in one stage
and nothing at all in another.

## Why is this bad?
`"stage_${stage//-/_}"`, `"${handler[$stage]}"` and their like call what the stage is named after.
Where that function does not exist, or is spelled another way, the shell finds neither a function
nor a program: status 127, and nothing of the stage is done. In post-script everything stays frozen.

## Example
```bash dlm
stage="{{ command }}"
do_pre_script() { fsfreeze -f /data || exit 201; }
do_postscript() { fsfreeze -u /data || exit 202; }
do_dry_run() { fsfreeze --version || exit 206; }
case $stage in
    pre-script | post-script | dry-run) "do_${stage//-/_}" ;;  # <-
    *) exit 206 ;;
esac
```
Use instead:
```bash dlm
stage="{{ command }}"
do_pre_script() { fsfreeze -f /data || exit 201; }
do_post_script() { fsfreeze -u /data || exit 202; }
do_dry_run() { fsfreeze --version || exit 206; }
case $stage in
    pre-script | post-script | dry-run) "do_${stage//-/_}" ;;
    *) exit 206 ;;
esac
```

## Fix safety
Unsafe: the stage begins to do its work. A function with nearly that name gets it, if nothing else calls it.

## References
- [Bash manual, Command Search and Execution](https://www.gnu.org/software/bash/manual/html_node/Command-Search-and-Execution.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events, nodes_of
from ssmlint.shell.stages import Scenario, StageReport
from ssmlint.shell.statements import Command, Function
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.values import Place, is_known
from ssmlint_rules.stage_fixes import function_renamed
from ssmlint_rules.wording import did_you_mean


@rule("DLM313", "stage-function-missing", Severity.ERROR, on=StageReport)
def stage_function_missing(report: StageReport) -> Iterator[Problem]:
    """Report each place that calls a function in one stage, and an unknown name in another."""
    called = {event.place for _, event in _events(report, Happening.CALL)}
    made = _names_put_together(report) & called
    functions = [n.name for nodes in nodes_of(report) for n in nodes if isinstance(n, Function)]
    told: set[tuple[Place, str]] = set()
    for stage, event in _events(report, Happening.RUN):
        name = event.text
        if event.place not in made or (event.place, name) in told or not _is_plain(name):
            continue
        told.add((event.place, name))
        message = f"{stage} calls `{name}` here, and there is no such function"
        hint, fix = did_you_mean(name, functions), function_renamed(report, name)
        yield Problem(report.span(event.place), message + hint, fix=fix)


def _events(report: StageReport, kind: Happening) -> Iterator[tuple[str, Event]]:
    for scenario in (Scenario.PRE, Scenario.POST, Scenario.DRY_RUN):
        for end in report.runs[scenario].ends:
            for event in events(end, kind):
                yield scenario.stage, event


def _names_put_together(report: StageReport) -> set[Place]:
    """The commands whose names are no plain words."""
    return {
        Place(number, node.span)
        for number, nodes in enumerate(nodes_of(report))
        for node in nodes
        if isinstance(node, Command) and node.words and node.name is None
    }


def _is_plain(name: str) -> bool:
    """Whether a name is known, and could be that of a function: no path, no program file."""
    return bool(name) and is_known(name) and name.replace("_", "").replace("-", "").isalnum()
