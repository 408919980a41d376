"""Spans of code points as ranges of the protocol, and back.

The protocol counts lines, and columns in code units of the encoding that client and server
have agreed on (LSP 3.17, "Position Encodings"); nothing but this module knows of them.
"""

from __future__ import annotations

from lsprotocol import types

from ssmlint.source import Source, Span
from ssmlint_lsp.columns import EditorColumns
from ssmlint_lsp.messages import Range


class Positions:
    """Translates places in one encoding: `utf-8`, `utf-16` or `utf-32`.

    Wild positions are no error: beyond the end of a line means its end, beyond the last
    line the end of the text, as the protocol has it.
    """

    def __init__(self, encoding: str = "utf-16") -> None:
        self.encoding = encoding

    def range_of(self, source: Source, span: Span) -> types.Range:
        """The range of a span."""
        return next(iter(self.ranges_of(source, (span,))))

    def ranges_of(self, source: Source, spans: tuple[Span, ...]) -> list[types.Range]:
        """The ranges of spans of one text; what is counted for one is not counted again."""
        columns = EditorColumns(self.encoding)
        return [protocol_range(columns.range(source, span)) for span in spans]

    def position_of(self, source: Source, offset: int) -> types.Position:
        """The position of an offset in code points."""
        return self.range_of(source, Span(offset, offset)).start

    def offset_at(self, source: Source, position: types.Position) -> int:
        """The offset in code points of a position; in the middle of a character, behind it."""
        columns = EditorColumns(self.encoding)
        return columns.offset(source, position.line, position.character)

    def span_at(self, source: Source, range: types.Range) -> Span:
        """The span of a range; one that ends before it begins is empty."""
        start = self.offset_at(source, range.start)
        return Span(start, max(start, self.offset_at(source, range.end)))


def protocol_range(place: Range) -> types.Range:
    """A range of ours as one of the protocol."""
    line, column, end_line, end_column = place
    return types.Range(types.Position(line, column), types.Position(end_line, end_column))
