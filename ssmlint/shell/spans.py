"""Many spans at once, so that asking each place about all of them stays quick."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from ssmlint.source import Span


class Spans:
    """A set of spans, joined where they overlap or touch from inside."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def covers(self, span: Span) -> bool:
        """Whether the span lies wholly inside one of them, or of several that overlap."""
        at = bisect.bisect_right(self._starts, span.start) - 1
        return at >= 0 and span.end <= self._ends[at]

    def holds(self, offset: int) -> bool:
        """Whether a place (in code points) lies inside one of them."""
        return self.covers(Span(offset, offset + 1))
