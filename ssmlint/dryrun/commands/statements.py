"""Statements of a database client: where each ends, and what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(
    r"""'(?:[^'\\]|\\.|'')*' | "(?:[^"\\]|\\.)*" | `[^`]*` | --[^\n]*(?:\n|$) | /\*.*?\*/ | ; | .""",
    re.VERBOSE | re.DOTALL,
)


def statements(text: str) -> Iterator[str]:
    """The statements of an SQL text, without comments and with single spaces."""
    current: list[str] = []
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece == ";":
            yield from _made(current)
            current = []
        elif not piece.startswith(("--", "/*")):
            current.append(piece)
    yield from _made(current)


def _made(pieces: list[str]) -> Iterator[str]:
    text = re.sub(r"\s+", " ", "".join(pieces)).strip()
    if text:
        yield text
