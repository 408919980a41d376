"""Which statements of a pre/post script run in which stage, judged by the text alone."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from ssmlint.model.document import DLM_STAGES
from ssmlint.shell.exits import Exit, exits
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.spans import Spans
from ssmlint.shell.statements import Branch, CaseItem, Test, TestBinary
from ssmlint.source import Span


def exits_by_stage(script: ShellScript) -> Iterator[tuple[str, Exit]]:
    """The places that decide an exit code and that one stage alone can reach."""
    calls = _Calls(script)
    reached = {stage: Spans(calls.with_functions(_branches(script, stage))) for stage in DLM_STAGES}
    anywhere = Spans(calls.with_functions(_elsewhere(script, reached)))
    for found in exits(script):
        stages = [stage for stage in DLM_STAGES if reached[stage].covers(found.span)]
        if len(stages) == 1 and not anywhere.covers(found.span):
            yield stages[0], found


def _elsewhere(script: ShellScript, reached: dict[str, Spans]) -> Iterator[Span]:
    """What runs whatever the stage is: functions called from outside of the branches."""
    for use in script.uses:
        function = script.functions.get(use.command.name or "")
        if function is None or any(spans.covers(use.span) for spans in reached.values()):
            continue
        if use.unit is not script.main or script.index.function_of(use.command) is None:
            yield function.span


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


class _Calls:
    """The words of commands by place: names of functions, called or handed over."""

    def __init__(self, script: ShellScript) -> None:
        self._functions = script.functions
        self._named: list[tuple[int, int, str]] = sorted(
            (use.span.start, use.span.end, word.literal)
            for use in script.uses
            for word in use.command.words
            if word.literal is not None and word.literal in script.functions
        )

    def with_functions(self, spans: Iterable[Span]) -> list[Span]:
        """Some stretches of the script, and every function that is called from them."""
        found = list(spans)
        seen: set[str] = set()
        for span in found:  # which grows on the way
            first = bisect.bisect_left(self._named, (span.start,))
            behind = bisect.bisect_left(self._named, (span.end,))
            for _, end, name in self._named[first:behind]:
                if end <= span.end and name not in seen:
                    seen.add(name)
                    found.append(self._functions[name].span)
        return found
