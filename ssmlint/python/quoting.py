"""In what quotes the places of a Python script stand."""

from __future__ import annotations

import bisect
import io
import tokenize
from collections.abc import Iterator

from ssmlint.source import LineIndex, Position, Span

COMMENT = "#"
CODE = ""

#: F-strings are several tokens since Python 3.12.
_START = getattr(tokenize, "FSTRING_START", None)
_END = getattr(tokenize, "FSTRING_END", None)


class Quotes:
    """The strings and comments of one script."""

    def __init__(self, text: str) -> None:
        self._stretches: list[tuple[Span, str]] | None
        try:
            self._stretches = list(_stretches(text))
        except (tokenize.TokenError, SyntaxError):
            self._stretches = None
        self._starts = [span.start for span, _ in self._stretches or ()]

    def at(self, offset: int) -> str | None:
        """The quotes (`'`, `'''` ...) around an offset, or `CODE`, or `COMMENT`.

        None where the script can not be read.
        """
        if self._stretches is None:
            return None
        index = bisect.bisect_right(self._starts, offset) - 1
        if index < 0 or offset not in self._stretches[index][0]:
            return CODE
        return self._stretches[index][1]


def _stretches(text: str) -> Iterator[tuple[Span, str]]:
    """Strings and comments, in order; of strings in an f-string only the outer one."""
    lines = LineIndex(text)
    opened: list[tuple[int, str]] = []
    for token in tokenize.generate_tokens(io.StringIO(text, newline=None).readline):
        start = lines.offset(Position(token.start[0] - 1, token.start[1]))
        end = lines.offset(Position(token.end[0] - 1, token.end[1]))
        if token.type == tokenize.COMMENT:
            yield Span(start, end), COMMENT
        elif token.type == _START:
            opened.append((start, _quotes(token.string)))
        elif token.type == _END:
            began, quotes = opened.pop()
            if not opened:
                yield Span(began, end), quotes
        elif token.type == tokenize.STRING and not opened:
            yield Span(start, end), _quotes(token.string)


def _quotes(string: str) -> str:
    bare = string.lstrip("rRbBfFuU")
    return bare[:3] if bare[:3] in ("'''", '"""') else bare[:1]
