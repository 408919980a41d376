"""Places as an editor counts them, of texts that may begin with a byte-order mark.

Most editors keep the mark to themselves.  In the text of one that does not it is a character
of the first line, although it is none of the text that is checked (`Source.text`).
"""

from __future__ import annotations

from ssmlint.report.columns import Columns
from ssmlint.source import Position, Source, Span
from ssmlint_lsp.messages import Range


class MarkedSource(Source):
    """A text that begins with a byte-order mark where it is shown."""


class EditorColumns:
    """Lines and columns in code units of one encoding: `utf-8`, `utf-16` or `utf-32`.

    What was counted is kept for each source.
    """

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self._columns = Columns(encoding)
        self._ranges: dict[tuple[Source, int, int], Range] = {}

    def range(self, source: Source, span: Span) -> Range:
        """Where a span stands; what is beyond the end of the text is at its end.

        Traces go over the same places again and again.
        """
        key = (source, span.start, span.end)
        known = self._ranges.get(key)
        if known is None:
            known = self._ranges[key] = self._range(source, span)
        return known

    def _range(self, source: Source, span: Span) -> Range:
        length = len(source.text)
        start = min(max(span.start, 0), length)
        region = self._columns.region(source, Span(start, min(max(span.end, start), length)))
        more, more_at_end = (self._mark(source, line) for line in (region.line, region.end_line))
        return (
            region.line - 1,
            region.column - 1 + more,
            region.end_line - 1,
            region.end_column - 1 + more_at_end,
        )

    def offset(self, source: Source, line: int, column: int) -> int:
        """The offset in code points of a place; in the middle of a character, behind it."""
        column = max(column - self._mark(source, line + 1), 0)
        return source.lines.offset(Position(line, column), self.encoding)

    def _mark(self, source: Source, line: int) -> int:
        """The code units of the mark on a line (from 1)."""
        if line != 1 or not isinstance(source, MarkedSource):
            return 0
        return 3 if self.encoding == "utf-8" else 1
