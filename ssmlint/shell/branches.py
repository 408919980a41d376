"""Which statements of a pre/post script run in which stage, judged by the text alone."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DLM_STAGES
from ssmlint.shell.exits import Exit, exits
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Branch, CaseItem, Test, TestBinary
from ssmlint.source import Span


def exits_by_stage(script: ShellScript) -> Iterator[tuple[str, Exit]]:
    """The places that decide an exit code and that one stage alone can reach."""
    reached = {stage: _reached(script, stage) for stage in DLM_STAGES}
    elsewhere = _elsewhere(script, reached)
    for found in exits(script):
        stages = [stage for stage in DLM_STAGES if _covers(reached[stage], found.span)]
        if len(stages) == 1 and not _covers(elsewhere, found.span):
            yield stages[0], found


def _reached(script: ShellScript, stage: str) -> list[Span]:
    """The branches of a stage, and the functions that are called from there."""
    return _with_functions(script, list(_branches(script, stage)))


def _elsewhere(script: ShellScript, reached: dict[str, list[Span]]) -> list[Span]:
    """What runs whatever the stage is: functions called from outside of the branches."""
    known = [span for spans in reached.values() for span in spans]
    found: list[Span] = []
    for use in script.uses:
        name = use.command.name or ""
        function = script.functions.get(name)
        inside = script.index.function_of(use.command) if use.unit is script.main else None
        if function is not None and inside is None and not _covers(known, use.span):
            found.append(function.span)
    return _with_functions(script, found)


def _branches(script: ShellScript, stage: str) -> Iterator[Span]:
    for item in script.index.of(CaseItem):
        if [word.literal for word in item.patterns] == [stage]:
            yield item.span
    for branch in script.index.of(Branch):
        tests = [statement for statement in branch.condition if isinstance(statement, Test)]
        if len(tests) == len(branch.condition) == 1 and _asks_for(tests[0], stage):
            yield branch.span


def _asks_for(test: Test, stage: str) -> bool:
    match test.expression:
        case TestBinary(operator="=" | "==", right=right, left=left):
            return stage in (right.literal, left.literal)
    return False


def _with_functions(script: ShellScript, spans: list[Span]) -> list[Span]:
    """Some stretches of the script, and every function that is called from them."""
    found = list(spans)
    seen: set[str] = set()
    at = 0
    while at < len(found):
        for name in _names_in(script, found[at]):
            if name in script.functions and name not in seen:
                seen.add(name)
                found.append(script.functions[name].span)
        at += 1
    return found


def _names_in(script: ShellScript, span: Span) -> Iterator[str]:
    """The words of commands in a stretch: names of functions, called or handed over."""
    for use in script.uses:
        if span.covers(use.span):
            for word in use.command.words:
                if word.literal:
                    yield word.literal


def _covers(spans: list[Span], span: Span) -> bool:
    return any(outer.covers(span) for outer in spans)
