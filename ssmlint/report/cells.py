"""How text looks on a terminal: cells instead of code points, and nothing dangerous.

A file may hold anything, so whatever is printed of it (excerpts, messages, paths) goes
through here: control characters and those that reorder text are shown as escapes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

TAB = 4

_JOINER = "\u200d"
_WIDE_FORM = "\ufe0f"

#: What a terminal obeys rather than shows (C0, DEL, C1), what makes text appear in
#: another order than it stands (https://trojansource.codes), line separators, a stray
#: byte-order mark, and surrogates, which no encoding can print.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def safe(text: str) -> str:
    """The text with everything unsafe as an escape, for use in a line of output."""
    return _UNSAFE.sub(lambda match: _escape(match.group()), text)


def _escape(char: str) -> str:
    named = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}.get(char)
    if named:
        return named
    return f"\\x{ord(char):02x}" if char < "\x80" else f"\\u{ord(char):04x}"


def lay_out(line: str) -> tuple[str, list[int]]:
    """A source line as it is printed, and the cell where each code point begins.

    The list has one item more than the line has code points: the cell behind the last.
    Tabs go to the next multiple of `TAB`.
    """
    if line.isascii() and line.isprintable():
        return line, list(range(len(line) + 1))
    shown: list[str] = []
    cells: list[int] = []
    at = 0
    for text, width in _glyphs(line):
        cells.append(at)
        if text == "\t":
            width = TAB - at % TAB
            text = " " * width
        shown.append(text)
        at += width
    return "".join(shown), [*cells, at]


def _glyphs(line: str) -> Iterator[tuple[str, int]]:
    """What is printed for each code point, and how many cells that takes."""
    before = ""
    for char in line:
        if char != "\t" and _UNSAFE.match(char):
            escape = _escape(char)
            yield escape, len(escape)
        else:
            yield char, _width(char, before)
        before = char


def _width(char: str, before: str) -> int:
    if char.isascii():
        return 1
    if before == _JOINER or char == _JOINER or "\U0001f3fb" <= char <= "\U0001f3ff":
        # Part of the emoji before it: families, professions, skin tones.
        return 0
    if char == _WIDE_FORM:
        return 1 if before and _is_narrow(before) else 0
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 1 if _is_narrow(char) else 2


def _is_narrow(char: str) -> bool:
    return unicodedata.east_asian_width(char) not in ("W", "F")
