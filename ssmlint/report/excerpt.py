"""Excerpts: the lines of a file around some spans, with marks under the spans."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator

from ssmlint.records import dataclass
from ssmlint.report.cells import lay_out, safe
from ssmlint.source import LineIndex, Source, Span

_ELLIPSIS = "…"

#: A span of more lines than this is shown by its first two and its last.
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to show, with what to say about it."""

    span: Span
    label: str = ""
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an excerpt."""

    number: int | None
    """The line of the file, from 1, None for the line of a mark."""
    text: str
    is_primary: bool = False
    """Whether the row is (part of) the mark of the primary place."""


GAP = Row(None, "...")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A mark's part on one line, in code points from the start of that line."""

    line: int
    start: int
    end: int
    label: str
    is_primary: bool


def rows(source: Source, marks: Iterable[Mark], width: int) -> Iterator[Row]:
    """The rows of an excerpt that shows every mark, in the order of the file.

    No row takes more than `width` cells, labels aside.
    """
    pieces = [piece for mark in marks for piece in _pieces(source, mark)]
    by_line: dict[int, list[_Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: (not piece.is_primary, piece.start)):
        by_line.setdefault(piece.line, []).append(piece)
    shown = sorted(by_line.keys() | _context(source, pieces))
    for before, line in itertools.pairwise((shown[0] - 1, *shown)):
        if line > before + 1:
            yield GAP
        yield from _line(line, source.at(source.lines.line_span(line)), by_line.get(line), width)


def last_line(source: Source, marks: Iterable[Mark]) -> int:
    """The greatest line number, from 1, among the rows of an excerpt."""
    pieces = [piece for mark in marks for piece in _pieces(source, mark)]
    return max({piece.line for piece in pieces} | _context(source, pieces)) + 1


def _context(source: Source, pieces: Iterable[_Piece]) -> set[int]:
    """The lines right above and below the primary place that are not blank."""
    lines = [piece.line for piece in pieces if piece.is_primary]
    around = (min(lines) - 1, max(lines) + 1) if lines else ()
    return {
        line
        for line in around
        if 0 <= line < len(source.lines) and source.at(source.lines.line_span(line)).strip()
    }


def _pieces(source: Source, mark: Mark) -> Iterator[_Piece]:
    index = source.lines
    first = index.line_of(mark.span.start)
    last = index.line_of(max(mark.span.start, mark.span.end - 1))
    is_long = last - first >= _MOST_LINES
    for line in (first, first + 1, last) if is_long else range(first, last + 1):
        yield _piece(source, index, mark, line, label=mark.label if line == last else "")


def _piece(source: Source, index: LineIndex, mark: Mark, line: int, label: str) -> _Piece:
    whole = index.line_span(line)
    start = max(mark.span.start, whole.start)
    if start > mark.span.start:
        # On the lines after the first, indentation is not what is meant.
        text = source.at(whole)
        start += len(text) - len(text.lstrip(" \t"))
    end = min(mark.span.end, whole.end)
    return _Piece(line, start - whole.start, end - whole.start, label, mark.is_primary)


def _line(line: int, text: str, pieces: list[_Piece] | None, width: int) -> Iterator[Row]:
    if not pieces:
        yield Row(line + 1, _clip(text, 0, 0, width)[0])
        return
    before = None
    for piece in pieces:
        shown, start, end = _clip(text, piece.start, piece.end, width)
        if shown != before:
            yield Row(line + 1, shown)
            before = shown
        sign = "^" if piece.is_primary else "-"
        label = f" {safe(piece.label)}" if piece.label else ""
        yield Row(None, " " * start + sign * max(1, end - start) + label, piece.is_primary)


def _clip(text: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """A line as it is shown, and the cells that a range of its code points takes there.

    A line that is too wide is cut on both sides of the range.  Only what may be shown of
    it is looked at, so that the length of the line does not matter.
    """
    if len(text) <= width:
        shown, cells = lay_out(text)
        if cells[-1] <= width:
            return shown.rstrip(), cells[start], cells[end]
    room = width - 2 * len(_ELLIPSIS)
    low = _step_back(text, start, room // 4)
    cells = lay_out(text[low : low + room])[1]
    high = low + bisect.bisect_right(cells, room) - 1
    shown, cells = lay_out(text[low:high])
    left = _ELLIPSIS if low else ""
    right = _ELLIPSIS if high < len(text) else ""
    first, last = cells[start - low], cells[max(start, min(end, high)) - low]
    return left + shown + right, len(left) + first, len(left) + last


def _step_back(text: str, start: int, room: int) -> int:
    """The offset from which on no more than `room` cells lie before `start`."""
    low = max(0, start - room)
    cells = lay_out(text[low:start])[1]
    return low + bisect.bisect_left(cells, cells[-1] - room)
