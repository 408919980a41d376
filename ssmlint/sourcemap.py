"""From a character of a scalar's text back to the characters of the file it came from.

STUB replaced by the real module.
"""

from __future__ import annotations

from ssmlint.source import Source, Span
from ssmlint.tree import Scalar


class SourceMap:
    exact = False

    def __init__(self, scalar: Scalar) -> None:
        self.scalar = scalar

    def span(self, start: int, end: int) -> Span:
        return self.scalar.span


def source_map(source: Source, scalar: Scalar) -> SourceMap:
    return SourceMap(scalar)
