"""Lists of commands: separators, `&`, `&&` and `||`, pipelines, and reading on after errors."""

from __future__ import annotations

import re
from dataclasses import replace

from ssmlint.shell.parser.compound import read_compound
from ssmlint.shell.parser.cursor import MAX_ERRORS, Cursor, TooDeep, Unreadable
from ssmlint.shell.parser.definitions import read_definition
from ssmlint.shell.parser.earlier import Earlier
from ssmlint.shell.parser.simple import read_simple
from ssmlint.shell.parser.tokens import at_word, closing_token, unexpected
from ssmlint.shell.statements import (
    AndOr,
    Background,
    Block,
    Coprocess,
    Literal,
    Pipeline,
    Redirect,
    Statement,
    Unknown,
    Word,
)
from ssmlint.source import Span

_TIME_OPTIONS = re.compile(r"(?:[ \t]+-p)?(?:[ \t]+--)?(?=[ \t\n;&|()<>]|\Z)")


def read_script(cursor: Cursor, earlier: Earlier | None = None) -> Block:
    """Reads all statements of a script; some can be taken from an `earlier` text of it."""
    statements: list[Statement] = [] if earlier is None else [*earlier.beginning(cursor)]
    while True:
        if cursor.is_clean:
            rest = None if earlier is None else earlier.rest(cursor, len(statements))
            if rest is not None:
                return (*statements, *rest)
            cursor.mark(len(statements))
        cursor.skip_lines()
        start = cursor.pos
        if start >= cursor.end:
            return tuple(statements)
        try:
            statements.append(_read_or_recover(cursor))
        except TooDeep:
            statements.append(Unknown(Span(start, cursor.end), "nested too deeply"))
            return tuple(statements)
        if len(cursor.problems) >= MAX_ERRORS:
            left = Unknown(Span(cursor.pos, cursor.end), "too many syntax errors before it")
            return (*statements, left) if cursor.pos < cursor.end else tuple(statements)


def read_block(cursor: Cursor, closers: frozenset[str]) -> Block:
    """Reads statements up to a token of `closers`, or of a construct around this one.

    The token stays where it is; the caller looks whether it is the right one.
    """
    cursor.enter()
    enclosing = cursor.closers
    cursor.closers = (*enclosing, closers)
    statements: list[Statement] = []
    while True:
        cursor.skip_lines()
        if cursor.pos >= cursor.end:
            break
        token = closing_token(cursor)
        if token is not None and any(token in tokens for tokens in cursor.closers):
            break
        statements.append(_read_or_recover(cursor))
    cursor.closers = enclosing
    cursor.leave()
    return tuple(statements)


def _read_or_recover(cursor: Cursor) -> Statement:
    start, depth, closers = cursor.pos, cursor.depth, cursor.closers
    text, end = cursor.text, cursor.end
    try:
        return _read_item(cursor)
    except Unreadable:
        cursor.depth, cursor.closers, cursor.text, cursor.end = depth, closers, text, end
        _skip_line(cursor, start)
        return Unknown(Span(start, cursor.pos), "syntax error")


def _skip_line(cursor: Cursor, start: int) -> None:
    """Goes to the end of the line, or to a closing parenthesis that is waited for."""
    line_end = cursor.text.find("\n", cursor.pos, cursor.end)
    stop = cursor.end if line_end < 0 else line_end
    if cursor.closers and ")" in cursor.closers[-1]:
        parenthesis = cursor.text.find(")", max(cursor.pos, start + 1), stop)
        stop = stop if parenthesis < 0 else parenthesis
    cursor.pos = stop
    if stop == start:
        cursor.pos = min(start + 1, cursor.end)


def _read_item(cursor: Cursor) -> Statement:
    """Reads one and-or list and the separator behind it."""
    if closing_token(cursor) is not None:
        raise _stray(cursor)
    start = cursor.pos
    statement = read_and_or(cursor)
    cursor.skip_blanks()
    char = cursor.peek()
    if char == "&" and not cursor.at("&&"):
        cursor.pos += 1
        return Background(Span(start, cursor.pos), statement)
    if char == ";" and cursor.peek(1) not in (";", "&"):
        cursor.pos += 1
    elif char not in ("", "\n", "#") and closing_token(cursor) is None:
        raise unexpected(cursor)
    return statement


def _stray(cursor: Cursor) -> Unreadable:
    """A token that cannot begin a command; after an error it likely follows from that."""
    if cursor.problems:
        return Unreadable()
    return unexpected(cursor)


def read_and_or(cursor: Cursor) -> Statement:
    """Reads pipelines joined by `&&` and `||`, which bind equally, to the left."""
    left = read_pipeline(cursor)
    length = 1
    while True:
        behind = cursor.pos
        if cursor.behind_blanks() not in ("&", "|"):
            cursor.note_depth(length)
            return left
        cursor.skip_blanks()
        if not (cursor.at("&&") or cursor.at("||")):
            cursor.pos = behind
            cursor.note_depth(length)
            return left
        operator = cursor.text[cursor.pos : cursor.pos + 2]
        cursor.pos += 2
        cursor.skip_lines()
        right = read_pipeline(cursor)
        left = AndOr(Span(left.span.start, right.span.end), left, operator, right)
        length += 1


def read_pipeline(cursor: Cursor) -> Statement:
    """Reads commands joined by `|`, perhaps behind `!` or `time`."""
    start = cursor.pos
    negated = prefixed = False
    while True:
        if at_word(cursor, "!"):
            negated = not negated
            cursor.pos += 1
        elif at_word(cursor, "time"):
            match = _TIME_OPTIONS.match(cursor.text, cursor.pos + 4, cursor.end)
            cursor.pos = match.end() if match else cursor.pos + 4
        else:
            break
        prefixed = True
        end = cursor.pos
        cursor.skip_blanks()
    if prefixed and cursor.peek() in ("", "\n", ";", "#") and not cursor.at(";;"):
        return Pipeline(Span(start, end), (), negated)
    commands = _read_commands(cursor)
    if len(commands) == 1 and not prefixed:
        return commands[0]
    return Pipeline(Span(start, commands[-1].span.end), tuple(commands), negated)


def _read_commands(cursor: Cursor) -> list[Statement]:
    commands = [read_command(cursor)]
    while True:
        behind = cursor.pos
        if cursor.behind_blanks() != "|":
            return commands
        cursor.skip_blanks()
        if cursor.peek(1) == "|":
            cursor.pos = behind
            return commands
        cursor.pos += 1
        if cursor.peek() == "&":
            cursor.pos += 1
            commands[-1] = _with_errors(commands[-1], Span(cursor.pos - 2, cursor.pos))
        cursor.skip_lines()
        commands.append(read_command(cursor))


def _with_errors(statement: Statement, operator: Span) -> Statement:
    """What `|&` means: `2>&1` behind all other redirections of the command."""
    if isinstance(statement, (Pipeline, AndOr, Background, Coprocess, Unknown)):
        return statement
    target = Word(operator, (Literal(operator, "1"),))
    redirect = Redirect(operator, ">&", target, 2)
    return replace(statement, redirects=(*statement.redirects, redirect))


def read_command(cursor: Cursor) -> Statement:
    """Reads one command, simple or compound."""
    cursor.skip_blanks()
    if cursor.peek() and closing_token(cursor) is not None:
        raise unexpected(cursor)
    return read_compound(cursor) or read_definition(cursor) or read_simple(cursor)
