"""Functions and coprocesses: a name and a command that it stands for.

Source of the grammar: the bash manual, "Shell Functions" and "Coprocesses".
"""

from __future__ import annotations

import re
from dataclasses import replace

from ssmlint.shell.parser.compound import read_compound
from ssmlint.shell.parser.cursor import MASK, Cursor
from ssmlint.shell.parser.simple import read_simple
from ssmlint.shell.parser.tokens import closing_token, opening_word, unexpected
from ssmlint.shell.statements import Coprocess, Function, Group, Unknown
from ssmlint.source import Span

_DEFINITION = re.compile(rf"([^ \t\n|&;()<>=\\'\"`${MASK}]+)[ \t]*\([ \t]*\)")
_FUNCTION_NAME = re.compile(r"[^ \t\n|&;()<>\\'\"`$]+")
_EMPTY_PARENTHESES = re.compile(r"[ \t]*\([ \t]*\)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?=[ \t])")


def read_definition(cursor: Cursor) -> Function | Coprocess | None:
    """Reads the function or coprocess that starts here, None where none does."""
    start = cursor.pos
    match = _DEFINITION.match(cursor.text, start, cursor.end)
    if match is not None:
        cursor.pos = match.end()
        return _read_body(cursor, start, Span(match.start(1), match.end(1)))
    match opening_word(cursor):
        case "function":
            return _read_function(cursor)
        case "coproc":
            return _read_coprocess(cursor)
    return None


def _read_function(cursor: Cursor) -> Function:
    start = cursor.pos
    cursor.pos += len("function")
    cursor.skip_blanks()
    match = _FUNCTION_NAME.match(cursor.text, cursor.pos, cursor.end)
    if match is None:
        raise unexpected(cursor, "the name of a function", Span(start, cursor.pos))
    cursor.pos = match.end()
    parentheses = _EMPTY_PARENTHESES.match(cursor.text, cursor.pos, cursor.end)
    if parentheses:
        cursor.pos = parentheses.end()
    return _read_body(cursor, start, Span(match.start(), match.end()))


def _read_body(cursor: Cursor, start: int, name_span: Span) -> Function:
    cursor.skip_lines()
    body = read_compound(cursor)
    if body is None:
        raise unexpected(cursor, "`{` and the body of the function", name_span)
    name = cursor.written(name_span.start, name_span.end)
    span = Span(start, cursor.pos)
    if isinstance(body, Unknown):
        return Function(span, name, name_span, (body,))
    block = body.body if isinstance(body, Group) else (replace(body, redirects=()),)
    return Function(span, name, name_span, block, body.redirects)


def _read_coprocess(cursor: Cursor) -> Coprocess:
    start = cursor.pos
    cursor.pos += len("coproc")
    cursor.skip_blanks()
    if closing_token(cursor) is not None:
        raise unexpected(cursor, "a command")
    match = None if opening_word(cursor) else _NAME.match(cursor.text, cursor.pos, cursor.end)
    if match is not None:
        before, cursor.pos = cursor.pos, match.end()
        cursor.skip_blanks()
        command = read_compound(cursor)
        if command is not None:
            return Coprocess(Span(start, cursor.pos), match[0], command)
        cursor.pos = before
    other = read_compound(cursor) or read_simple(cursor)
    return Coprocess(Span(start, cursor.pos), "COPROC", other)
