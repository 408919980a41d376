"""What another program says and one of our findings says already (`Rule.covers`)."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from ssmlint.records import dataclass
from ssmlint.rule import Finding
from ssmlint.source import Source, Span


class Said:
    """Where our own findings cover what other programs say."""

    def __init__(self, ours: Iterable[Finding]) -> None:
        by_source: dict[Source, list[Finding]] = {}
        for finding in ours:
            if finding.rule.covers or finding.rule.covers_script:
                by_source.setdefault(finding.source, []).append(finding)
        self._in_file = {source: _said(found) for source, found in by_source.items()}

    def covers(self, finding: Finding, script: Span) -> bool:
        """Whether one of ours covers a finding, which stands in a script."""
        text = finding.source.at(finding.span)
        return any(
            _meets(said.places, finding.span)
            or text in said.references
            or bisect.bisect_left(said.starts, script.start)
            < bisect.bisect_right(said.starts, script.end)
            for covered, said in self._in_file.get(finding.source, {}).items()
            if finding.rule.id.startswith(covered)
        )


@dataclass(slots=True)
class _Covering:
    """Our findings in one file that cover the same rules of another program."""

    places: list[Span]
    """In order, without overlaps."""
    references: frozenset[str]
    """`{{ references }}`: what is said of a parameter once holds wherever it stands."""
    starts: list[int]
    """Where those start that cover a whole script, in order."""


def _said(ours: list[Finding]) -> dict[str, _Covering]:
    found: dict[str, _Covering] = {}
    for covered in {name for f in ours for name in (*f.rule.covers, *f.rule.covers_script)}:
        at_places = [finding for finding in ours if covered in finding.rule.covers]
        texts = (finding.source.at(finding.span) for finding in at_places)
        found[covered] = _Covering(
            _merged(span for finding in at_places for span in _spans(finding)),
            frozenset(text for text in texts if text.startswith("{{")),
            sorted(f.span.start for f in ours if covered in f.rule.covers_script),
        )
    return found


def _spans(finding: Finding) -> Iterator[Span]:
    yield finding.span
    yield from (note.span for note in finding.problem.related if note.source is None)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same places as spans that are in order and do not overlap."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _meets(spans: list[Span], span: Span) -> bool:
    """Whether a span overlaps one of the merged ones."""
    index = bisect.bisect_left(spans, span.end, key=lambda item: item.start) - 1
    return index >= 0 and span.start < spans[index].end
