"""Code lenses: how each stage of a pre/post document can end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.document import DLM_STAGES, SsmDocument
from ssmlint.records import dataclass
from ssmlint.settings import effects_of
from ssmlint.shell.paths import left_behind, stage_place
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.stage_runs import stage_report
from ssmlint.shell.stages import Scenario, StageReport, StageRun
from ssmlint.shell.symbolic.values import SymbolTable
from ssmlint.source import Span

#: What is told of a stage, by its name.
_SCENARIOS = {
    scenario.stage: scenario for scenario in (Scenario.PRE, Scenario.POST, Scenario.DRY_RUN)
}


@dataclass(frozen=True, slots=True)
class Lens:
    """A line of words above a place."""

    span: Span
    stage: str


def lenses(facts: Facts) -> tuple[Lens, ...]:
    """Where the stages begin; what is to be said of them takes longer (`title`)."""
    return tuple(lens for document in facts.of(SsmDocument) for lens in _lenses(facts, document))


def _lenses(facts: Facts, document: SsmDocument) -> Iterator[Lens]:
    if document.stage_parameter is None:
        return
    shells = [shell for shell in facts.of(ShellScript) if shell.document is document]
    if not shells or any(shell.syntax.errors for shell in shells):
        return
    scripts = tuple(shell.script for shell in shells)
    blocks = tuple(shell.syntax.block for shell in shells)
    if not blocks[0]:
        return
    # Places are told by the texts alone, nothing has to be run for them.
    bare = StageReport(document, scripts, {}, blocks, SymbolTable())
    for stage in DLM_STAGES:
        yield Lens(bare.span(stage_place(bare, stage)), stage)


def title(facts: Facts, stage: str) -> str:
    """How a stage can end, on one line; empty where that is not known.

    Takes as long as the symbolic run of the document, up to seconds.
    """
    for document in facts.of(SsmDocument):
        report = stage_report(document, effects_of(facts.settings))
        scenario = _SCENARIOS.get(stage)
        if report is not None and scenario is not None:
            return told(report.runs[scenario])
    return ""


def told(run: StageRun) -> str:
    """The ends of a stage in a few words."""
    stage = run.scenario.stage
    if not run.complete:
        return f"{stage}: {run.why}" if run.why else ""
    if not run.runs_steps or not run.ends:
        return f"{stage}: no step runs"
    codes = Counter(end.code or "some other code" for end in run.ends)
    ordered = sorted(
        codes, key=lambda code: (not code.isdigit(), int(code) if code.isdigit() else 0)
    )
    ways = len(run.ends)
    text = f"{stage} ends with {_listed(ordered)} ({ways} way{'s' * (ways != 1)})"
    failing = [end for end in run.ends if not end.succeeds and left_behind(end)]
    if failing:
        resources = sorted({held.resource for end in failing for held in left_behind(end)})
        leave = "leaves" if len(failing) == 1 else "leave"
        text += f"; {len(failing)} of them {leave} {_listed(resources)} held"
    return text


def _listed(words: list[str]) -> str:
    names = [word.replace("-", " ") for word in words]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
