"""Collects the parts of a word while it is read."""

from __future__ import annotations

from ssmlint.shell.parser.cursor import FILLER, Cursor
from ssmlint.shell.statements import Literal, Part, Placeholder
from ssmlint.source import Span


class Pieces:
    """The parts of one word, neighbouring stretches of literal text joined."""

    __slots__ = ("_cursor", "_end", "_quoted", "_start", "_texts", "parts")

    def __init__(self, cursor: Cursor) -> None:
        self.parts: list[Part] = []
        self._cursor = cursor
        self._texts: list[str] = []
        self._start = self._end = 0
        self._quoted = False

    def text(self, start: int, end: int, text: str, quoted: bool) -> None:
        """Adds literal text: where it was written, and what it means."""
        if self._texts and (quoted != self._quoted or start != self._end):
            self.flush()
        if not self._texts:
            self._start, self._quoted = start, quoted
        self._texts.append(text)
        self._end = end

    def raw(self, start: int, end: int, quoted: bool) -> None:
        """Adds text that means itself; placeholders in it become parts."""
        cursor = self._cursor
        for placeholder in cursor.placeholders_in(start, end) if cursor.placeholders else ():
            if placeholder.start > start:
                self.text(start, placeholder.start, cursor.text[start : placeholder.start], quoted)
            span = Span(placeholder.start, placeholder.end)
            self.part(Placeholder(span, placeholder.name, quoted))
            start = placeholder.end
        if end > start:
            self.text(start, end, cursor.text[start:end].replace(FILLER, ""), quoted)

    def part(self, part: Part) -> None:
        """Adds an expansion."""
        self.flush()
        self.parts.append(part)

    def empty(self, at: int) -> None:
        """Adds the empty string that a pair of quotes makes."""
        self.flush()
        self.parts.append(Literal(Span(at, at), "", True))

    def flush(self) -> None:
        """Ends the literal text at hand."""
        if self._texts:
            text = "".join(self._texts)
            if text or self._quoted:
                self.parts.append(Literal(Span(self._start, self._end), text, self._quoted))
            self._texts.clear()

    def finish(self) -> tuple[Part, ...]:
        """All parts."""
        self.flush()
        return tuple(self.parts)
