"""Reads one shell word where a word is expected."""

from __future__ import annotations

import re

from ssmlint.shell.parser.cursor import FILLER, MASK, Cursor
from ssmlint.shell.parser.expansion import read_quoting
from ssmlint.shell.parser.pieces import Pieces
from ssmlint.shell.statements import Literal, Word
from ssmlint.source import Span

#: The characters that end an unquoted word (the manual's metacharacters).
METACHARACTERS = frozenset(" \t\n|&;()<>")
_PLAIN = re.compile(r"[^ \t\n|&;()<>\\'\"`$]+")
_SIMPLE = re.compile(rf"[^ \t\n|&;()<>\\'\"`${MASK}{FILLER}]+(?=[ \t\n|&;)]|\Z)")
_GLOB_PREFIXES = "?*+@!"


def read_word(cursor: Cursor, *, pattern: bool = False) -> Word | None:
    """Reads the word that starts here, None where none does.

    `pattern` says that `@(a|b)` counts as a pattern here, whether `extglob` is on or not.
    """
    match = _SIMPLE.match(cursor.text, cursor.pos, cursor.end)
    if match:
        span = Span(match.start(), match.end())
        cursor.pos = match.end()
        return Word(span, (Literal(span, match[0]),))
    start = cursor.pos
    pieces = Pieces(cursor)
    while _read_piece(cursor, pieces, pattern or cursor.extglob):
        pass
    if cursor.pos == start:
        return None
    return Word(Span(start, cursor.pos), pieces.finish())


def read_value(cursor: Cursor) -> Word:
    """Reads what stands behind the `=` of an assignment, perhaps nothing."""
    return read_word(cursor) or Word(Span(cursor.pos, cursor.pos), ())


def _read_piece(cursor: Cursor, pieces: Pieces, pattern: bool) -> bool:
    match = _PLAIN.match(cursor.text, cursor.pos, cursor.end)
    if match:
        pieces.raw(match.start(), match.end(), False)
        cursor.pos = match.end()
        if pattern and cursor.peek() == "(" and match[0][-1] in _GLOB_PREFIXES:
            _read_parenthesized(cursor, pieces)
        return True
    return cursor.pos < cursor.end and read_quoting(cursor, pieces)


def _read_parenthesized(cursor: Cursor, pieces: Pieces) -> None:
    """Reads `(...)` inside a pattern or regular expression, blanks and all."""
    depth = 0
    while cursor.pos < cursor.end:
        char = cursor.peek()
        if char in METACHARACTERS and cursor.text[cursor.pos : cursor.pos + 2] not in ("<(", ">("):
            pieces.raw(cursor.pos, cursor.pos + 1, False)
            cursor.pos += 1
            depth += {"(": 1, ")": -1}.get(char, 0)
            if depth == 0:
                return
        elif not read_quoting(cursor, pieces):
            match = _PLAIN.match(cursor.text, cursor.pos, cursor.end)
            end = match.end() if match else cursor.pos + 1
            pieces.raw(cursor.pos, end, False)
            cursor.pos = end


def read_regex(cursor: Cursor) -> Word | None:
    """Reads the right side of `=~`: up to a blank outside parentheses and quotes."""
    start = cursor.pos
    pieces = Pieces(cursor)
    while cursor.pos < cursor.end:
        char = cursor.peek()
        if char == "(":
            _read_parenthesized(cursor, pieces)
        elif char in " \t\n;&)":
            break
        elif char in "|<>" and cursor.peek(1) != char:
            pieces.raw(cursor.pos, cursor.pos + 1, False)
            cursor.pos += 1
        elif not _read_piece(cursor, pieces, False):
            break
    return Word(Span(start, cursor.pos), pieces.finish()) if cursor.pos > start else None
