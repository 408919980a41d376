"""Arithmetic: which variables an expression reads and which it assigns.

Source: the bash manual, "Shell Arithmetic".
"""

from __future__ import annotations

import re

from ssmlint.shell.parser.cursor import Cursor, Quoting
from ssmlint.shell.parser.expansion import read_backquotes, read_dollar, read_double, read_single
from ssmlint.shell.parser.pieces import Pieces
from ssmlint.shell.statements import Arithmetic, Literal, Variable
from ssmlint.source import Span

_TOKEN = re.compile(
    r"(?P<number>[0-9]+#[0-9A-Za-z@_]*|[0-9][0-9A-Za-z]*)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<step>\+\+|--)"
    r"|(?P<dollar>[$`])"
    r"|(?P<quote>[\"'])"
    r"|(?P<other>\\.|[^0-9A-Za-z_$`\"'\\\s])",
    re.DOTALL,
)
_CHANGE = re.compile(r"\s*(?:(?P<set>=)(?!=)|(?P<change><<=|>>=|[-+*/%&^|]=|\+\+|--))")


class _Names:
    """What has been found in one expression."""

    __slots__ = ("assigns", "pieces", "reads")

    def __init__(self, cursor: Cursor) -> None:
        self.reads: list[Variable] = []
        self.assigns: list[str] = []
        self.pieces = Pieces(cursor)


def read_arithmetic(cursor: Cursor, span: Span, inside: Span, quoted: bool) -> Arithmetic:
    """Reads the expression at `inside` and goes behind `span`, which it is part of."""
    saved_end = cursor.end
    cursor.enter()
    cursor.pos, cursor.end = inside.start, min(inside.end, saved_end)
    names = _Names(cursor)
    _read_names(cursor, names)
    cursor.pos, cursor.end = span.end, saved_end
    cursor.leave()
    cursor.regions.append((inside.start, inside.end, Quoting.ARITHMETIC))
    parts = [part for part in names.pieces.finish() if not isinstance(part, Literal)]
    names.reads.extend(part for part in parts if isinstance(part, Variable))
    return Arithmetic(
        span,
        cursor.written(inside.start, inside.end),
        tuple(sorted(names.reads, key=_start)),
        tuple(dict.fromkeys(names.assigns)),
        tuple(part for part in parts if not isinstance(part, Variable)),
        quoted,
    )


def _read_names(cursor: Cursor, names: _Names) -> None:
    step = False
    while cursor.pos < cursor.end:
        match = _TOKEN.search(cursor.text, cursor.pos, cursor.end)
        if match is None:
            return
        cursor.pos = match.end()
        match match.lastgroup:
            case "name":
                _read_name(cursor, names, match, step)
            case "dollar":
                _read_expansion(cursor, names.pieces, match)
            case "quote":
                _read_quoted(cursor, names.pieces, match)
            case "other":
                names.pieces.raw(match.start(), match.end(), False)
        step = match.lastgroup == "step"


def _read_expansion(cursor: Cursor, pieces: Pieces, match: re.Match[str]) -> None:
    cursor.pos = match.start()
    if match[0] == "$":
        read_dollar(cursor, pieces, quoted=False)
    else:
        read_backquotes(cursor, pieces, quoted=False)


def _read_quoted(cursor: Cursor, pieces: Pieces, match: re.Match[str]) -> None:
    """A quoted string: the key of an associative array, most likely."""
    cursor.pos = match.start()
    if match[0] == "'":
        read_single(cursor, pieces)
    else:
        read_double(cursor, pieces)


def _read_name(cursor: Cursor, names: _Names, match: re.Match[str], stepped: bool) -> None:
    """One bare name; its subscript, if any, is read as part of the same expression."""
    behind = _behind_subscript(cursor, match.end())
    change = _CHANGE.match(cursor.text, behind, cursor.end)
    if stepped or change:
        names.assigns.append(match[0])
    if not (change and change["set"]):
        names.reads.append(Variable(Span(match.start(), match.end()), match[0]))


def _behind_subscript(cursor: Cursor, start: int) -> int:
    depth = 0
    if start >= cursor.end or cursor.text[start] != "[":
        return start
    for at in range(start, cursor.end):
        depth += {"[": 1, "]": -1}.get(cursor.text[at], 0)
        if depth == 0:
            return at + 1
    return start


def _start(variable: Variable) -> int:
    return variable.span.start
