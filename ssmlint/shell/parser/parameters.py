"""Parameter expansion: `${name}` with everything that may follow the name.

Source: the bash manual, "Shell Parameter Expansion".
"""

from __future__ import annotations

import re

from ssmlint.shell.parser.cursor import Cursor
from ssmlint.shell.parser.expansion import (
    read_backquotes,
    read_dollar,
    read_double,
    read_quoting,
    read_single,
    unclosed,
)
from ssmlint.shell.parser.pieces import Pieces
from ssmlint.shell.statements import Arithmetic, Placeholder, Variable, Word
from ssmlint.source import Span

_NAME = r"[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-]"
_LENGTH = re.compile(rf"#({_NAME})(?=[\[}}])")
_INDIRECT = re.compile(r"!([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#])")
_PARAMETER = re.compile(rf"({_NAME})")
_OPERATOR = re.compile(r":[-=?+]|[-=?+]|##?|%%?|//|/[#%]?|\^\^?|,,?|~~?|@|:|\*(?=\})")
#: What CloudFormation replaces and bash would take for a substring of `$AWS`.
_PSEUDO_PARAMETER = re.compile(r"AWS::[A-Za-z]+\}")
_PLAIN_ARGUMENT = re.compile(r"[^}\"'\\$`]+")
_BRACKETS = re.compile(r"\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\[\]]|\n", re.DOTALL)
#: Operators whose argument is a word; the others take a pattern, where `'` quotes even
#: inside double quotes.
_DEFAULT_OPERATORS = frozenset({":-", "-", ":=", "=", ":+", "+", ":?", "?"})
_LONGEST_SUBSCRIPT = 200


def read_braces(cursor: Cursor, quoted: bool) -> Variable | Placeholder:
    """Reads `${...}`, which starts here."""
    start = cursor.pos
    cursor.enter()
    variable = _read_parameter(cursor, start, quoted)
    found = variable or _read_bad_substitution(cursor, start, quoted)
    cursor.leave()
    return found


def _read_parameter(cursor: Cursor, start: int, quoted: bool) -> Variable | None:
    if _PSEUDO_PARAMETER.match(cursor.text, start + 2, cursor.end):
        return None
    length = _LENGTH.match(cursor.text, start + 2, cursor.end)
    indirect = None if length else _INDIRECT.match(cursor.text, start + 2, cursor.end)
    match = length or indirect or _PARAMETER.match(cursor.text, start + 2, cursor.end)
    if match is None:
        return None
    cursor.pos = match.end()
    subscript, index = read_subscript(cursor)
    operator, argument = _read_operation(cursor, start, quoted)
    if cursor.peek() != "}":
        if cursor.pos < cursor.end:
            return None
        unclosed(cursor, start, start + 2, "}")
    cursor.pos = min(cursor.pos + 1, cursor.end)
    return Variable(
        Span(start, cursor.pos),
        match[1],
        operator,
        argument,
        quoted,
        braced=True,
        length=length is not None,
        indirect=indirect is not None,
        subscript=subscript,
        index=index,
    )


def _read_operation(cursor: Cursor, start: int, quoted: bool) -> tuple[str, Word | None]:
    match = _OPERATOR.match(cursor.text, cursor.pos, cursor.end)
    if match is None:
        return "", None
    cursor.pos = match.end()
    return match[0], _read_argument(cursor, quoted, match[0] in _DEFAULT_OPERATORS)


def _read_argument(cursor: Cursor, quoted: bool, is_word: bool) -> Word:
    """Reads up to the `}` that closes the expansion, or to the end."""
    start = cursor.pos
    pieces = Pieces(cursor)
    while cursor.pos < cursor.end and cursor.peek() != "}":
        match = _PLAIN_ARGUMENT.match(cursor.text, cursor.pos, cursor.end)
        if match:
            pieces.raw(cursor.pos, match.end(), quoted)
            cursor.pos = match.end()
        elif quoted:
            _read_quoted_argument(cursor, pieces, is_word)
        else:
            read_quoting(cursor, pieces)
    return Word(Span(start, cursor.pos), pieces.finish())


def _read_quoted_argument(cursor: Cursor, pieces: Pieces, is_word: bool) -> None:
    start, escaped = cursor.pos, cursor.peek(1)
    match cursor.peek():
        case "$":
            read_dollar(cursor, pieces, quoted=True)
        case "`":
            read_backquotes(cursor, pieces, quoted=True)
        case '"':
            read_double(cursor, pieces)
        case "'" if not is_word:
            read_single(cursor, pieces)
        case "\\" if escaped and escaped in '$`"\\}':
            pieces.text(start, start + 2, escaped, True)
            cursor.pos += 2
        case "\\" if escaped == "\n":
            cursor.pos += 2
        case _:
            pieces.raw(start, start + 1, True)
            cursor.pos += 1


def _read_bad_substitution(cursor: Cursor, start: int, quoted: bool) -> Placeholder:
    """Goes behind the `}`; whoever replaces such a text does it before bash reads it."""
    cursor.pos = start + 2
    _read_argument(cursor, quoted, False)
    inside = Span(start + 2, cursor.pos)
    if cursor.pos >= cursor.end:
        unclosed(cursor, start, start + 2, "}")
    cursor.pos = min(cursor.pos + 1, cursor.end)
    name = cursor.written(inside.start, inside.end).strip()
    return Placeholder(Span(start, cursor.pos), name, quoted)


def read_subscript(cursor: Cursor) -> tuple[str | None, Arithmetic | None]:
    """Reads `[...]`, if it starts here: its text, and what is read in it."""
    start = cursor.pos
    end = subscript_end(cursor, start)
    if end is None:
        return None, None
    subscript = cursor.written(start + 1, end)
    if subscript in ("@", "*"):
        cursor.pos = end + 1
        return subscript, None
    inside = Span(start + 1, end)
    return subscript, cursor.arithmetic(cursor, Span(start, end + 1), inside, False)


def subscript_end(cursor: Cursor, start: int) -> int | None:
    """Where the `]` stands that closes the `[` at `start`; None where there is none."""
    if start >= cursor.end or cursor.text[start] != "[":
        return None
    depth = 0
    limit = min(cursor.end, start + _LONGEST_SUBSCRIPT)
    cursor.seen = max(cursor.seen, limit)
    for match in _BRACKETS.finditer(cursor.text, start, limit):
        if match[0] == "\n":
            return None
        if match[0] == "[":
            depth += 1
        elif match[0] == "]":
            depth -= 1
            if depth == 0:
                return match.start()
    return None
