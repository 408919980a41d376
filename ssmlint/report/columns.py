"""Lines and columns in the unit that a format asks for, both from 1."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import NamedTuple

from ssmlint.source import Source, Span

_BLOCK = 4096


class Region(NamedTuple):
    """A span in lines and columns from 1; the end is the place right behind the last one."""

    line: int
    column: int
    end_line: int
    end_column: int


def _utf_8(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _utf_16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Columns:
    """Counts columns in code units of one encoding: `utf-8`, `utf-16` or `utf-32`.

    (Units of UTF-32 are code points.)  What was counted is kept for each source, so that
    many findings on one very long line cost no more than the line.
    """

    def __init__(self, encoding: str) -> None:
        self._width: Callable[[str], int] = {"utf-8": _utf_8, "utf-16": _utf_16, "utf-32": len}[
            encoding
        ]
        self._known: dict[Source, list[int]] = {}

    def region(self, source: Source, span: Span) -> Region:
        """Where a span begins and ends."""
        return Region(*self._position(source, span.start), *self._position(source, span.end))

    def _position(self, source: Source, offset: int) -> tuple[int, int]:
        line = source.lines.line_of(offset)
        start = source.lines.start_of(line)
        if offset - start < _BLOCK:
            return line + 1, self._width(source.text[start:offset]) + 1
        return line + 1, self._units(source, offset) - self._units(source, start) + 1

    def _units(self, source: Source, offset: int) -> int:
        """The code units of the text before an offset."""
        known = self._known.get(source)
        if known is None:
            text = source.text
            blocks = (text[at : at + _BLOCK] for at in range(0, len(text), _BLOCK))
            known = list(itertools.accumulate(map(self._width, blocks), initial=0))
            self._known[source] = known
        block = offset // _BLOCK
        return known[block] + self._width(source.text[block * _BLOCK : offset])
