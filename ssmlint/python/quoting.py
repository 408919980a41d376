"""In what quotes the places of a Python script stand."""

from __future__ import annotations

import bisect
import io
import tokenize
from collections.abc import Iterable, Iterator

from ssmlint.source import LineIndex, Position, Span

COMMENT = "#"
CODE = ""

#: F-strings are several tokens since Python 3.12.
_START = getattr(tokenize, "FSTRING_START", None)
_END = getattr(tokenize, "FSTRING_END", None)


def quotes_at(text: str, offsets: Iterable[int]) -> dict[int, str] | None:
    """The quotes (`'`, `'''` ...) around each offset, or `CODE`, or `COMMENT`.

    None where the script can not be read.
    """
    try:
        stretches = list(_stretches(text))
    except (tokenize.TokenError, SyntaxError):
        return None
    starts = [span.start for span, _ in stretches]
    found: dict[int, str] = {}
    for offset in offsets:
        at = bisect.bisect_right(starts, offset) - 1
        found[offset] = stretches[at][1] if at >= 0 and offset in stretches[at][0] else CODE
    return found


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
