"""Whether a mutant is killed: whether a person is shown where it is broken."""

from __future__ import annotations

import enum
import functools
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ssmlint.engine import check
from ssmlint.rule import Finding, Note
from ssmlint.settings import Settings
from ssmlint.source import Source, Span
from tests.mutation.mutants import Mutant, file_of, flat

NEAR = 3
"""Lines between a finding and the broken place that still count as "next to it"."""


class Verdict(enum.Enum):
    """How well a mutant was found, best first."""

    HERE = "at the broken line"
    NAMED = "at the line that the mutation names"
    SHOWN = "by a trace or note that touches the broken line"
    ELSEWHERE = "somewhere else only"
    ALIVE = "not at all"

    @property
    def killed(self) -> bool:
        """Whether that is good enough."""
        return self in (Verdict.HERE, Verdict.NAMED, Verdict.SHOWN)


@dataclass(frozen=True)
class Judged:
    """A mutant with what was found in it."""

    mutant: Mutant
    verdict: Verdict
    findings: tuple[str, ...]
    """The new findings, as `line: rule: message`."""


@functools.cache
def _known(twin: str) -> Counter[tuple[str, str]]:
    """What the whole twin is told; nothing, as another test demands, but do not rely on it."""
    found = check(Source(f"{twin}.yaml", file_of(flat(twin))), Settings())
    return Counter((finding.rule.name, finding.message) for finding in found)


def judge(mutant: Mutant) -> Judged:
    """Check a mutant with the default rules and say how well its defect is shown."""
    source = Source(f"{mutant.twin}.yaml", mutant.text)
    left = _known(mutant.twin).copy()
    new: list[Finding] = []
    for finding in check(source, Settings()):
        key = (finding.rule.name, finding.message)
        if left[key]:
            left[key] -= 1
        else:
            new.append(finding)
    verdicts = [_verdict(mutant, finding) for finding in new]
    best = min(verdicts, key=list(Verdict).index, default=Verdict.ALIVE)
    told = (f"{_lines(f.span, source).start + 1}: {f.rule.name}: {f.message}" for f in new)
    return Judged(mutant, best, tuple(told))


def _verdict(mutant: Mutant, finding: Finding) -> Verdict:
    lines = _lines(finding.span, finding.source)
    if any(_near(lines, broken) for broken in mutant.broken):
        return Verdict.HERE
    if any(_near(lines, range(line, line + 1)) for line in mutant.at):
        return Verdict.NAMED
    if _touches(finding.problem.related + finding.problem.trace, mutant, finding.source):
        return Verdict.SHOWN
    return Verdict.ELSEWHERE


def _touches(notes: Iterable[Note], mutant: Mutant, source: Source) -> bool:
    spans = [_lines(note.span, source) for note in notes]
    places = [*mutant.broken, *(range(line, line + 1) for line in mutant.at)]
    return any(_near(lines, place) for lines in spans for place in places)


def _near(one: range, two: range) -> bool:
    return one.start - NEAR < two.stop and two.start - NEAR < one.stop


def _lines(span: Span, source: Source) -> range:
    """The first lines of a span: where an editor would draw it, were it long."""
    first = source.lines.line_of(span.start)
    last = source.lines.line_of(max(span.start, span.end - 1))
    return range(first, min(last, first + NEAR) + 1)
