"""Compound commands: conditions, loops, `case`, groups, subshells.

Source of the grammar: the bash manual, "Compound Commands".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ssmlint.shell.parser.conditional import read_double_brackets
from ssmlint.shell.parser.cursor import Cursor
from ssmlint.shell.parser.expansion import arithmetic_end
from ssmlint.shell.parser.simple import read_redirects
from ssmlint.shell.parser.tokens import at_word, closing_token, expect, opening_word, unexpected
from ssmlint.shell.parser.words import read_word
from ssmlint.shell.statements import (
    Arithmetic,
    ArithmeticCommand,
    ArithmeticFor,
    Block,
    Branch,
    Case,
    CaseItem,
    For,
    Function,
    Group,
    If,
    Subshell,
    Test,
    Unknown,
    While,
    Word,
)
from ssmlint.source import Span

Compound = (
    ArithmeticCommand | ArithmeticFor | Case | For | Function | Group | If | Subshell | Test | While
)

_NAME = re.compile(r"[^ \t\n|&;()<>\\'\"`$]+")
_EMPTY_PARENTHESES = re.compile(r"[ \t]*\([ \t]*\)")
_NAME = re.compile(r"[^ \t\n|&;()<>]+")

_IF = frozenset({"then", "elif", "else", "fi"})
_LOOP = frozenset({"do", "done"})
_ITEM = frozenset({";;", ";&", ";;&", "esac"})
_BRACE = frozenset({"}"})
_PARENTHESIS = frozenset({")"})


def read_compound(cursor: Cursor) -> Compound | Unknown | None:
    """Reads the compound command that starts here, None where none does.

    A function and a coprocess are not among them: a function's body may be any of these,
    but none of those.
    """
    start = cursor.pos
    word = opening_word(cursor)
    reader = _READERS.get(word) if word else None
    if reader is not None:
        statement = reader(cursor)
    elif cursor.peek() == "(":
        statement = _read_parenthesis(cursor)
    else:
        return None
    redirects = () if isinstance(statement, Unknown) else read_redirects(cursor)
    if isinstance(statement, Unknown) or not redirects:
        return statement
    return replace(statement, span=Span(start, cursor.pos), redirects=redirects)


def _body(cursor: Cursor, tokens: frozenset[str], opening: Span) -> Block:
    """Reads the commands up to one of `tokens`; there must be at least one command."""
    body = cursor.block(cursor, tokens)
    if not body and not cursor.problems and cursor.pos < cursor.end:
        unexpected(cursor, "a command before it", opening)
    return body


def _abandon(cursor: Cursor, start: int, tokens: frozenset[str], last: str) -> Unknown:
    """Gives up a compound command, but goes behind its end where that can be seen."""
    token = closing_token(cursor)
    while token is not None and token in tokens:
        cursor.pos += len(token)
        if token == last:
            break
        cursor.block(cursor, tokens)
        token = closing_token(cursor)
    return Unknown(Span(start, cursor.pos), "syntax error")


def _read_if(cursor: Cursor) -> If | Unknown:
    start = cursor.pos
    opening = Span(start, start + 2)
    branches: list[Branch] = []
    token: str | None = "if"
    while token in ("if", "elif"):
        part = cursor.pos
        cursor.pos += len(token)
        condition = _body(cursor, _IF, opening)
        if not expect(cursor, "then", opening):
            return _abandon(cursor, start, _IF, "fi")
        body = _body(cursor, _IF, opening)
        branches.append(Branch(Span(part, cursor.pos), condition, body))
        token = closing_token(cursor)
    otherwise = None
    if token == "else":
        cursor.pos += 4
        otherwise = _body(cursor, _IF, opening)
    if not expect(cursor, "fi", opening) and cursor.pos < cursor.end:
        return _abandon(cursor, start, _IF, "fi")
    return If(Span(start, cursor.pos), tuple(branches), otherwise)


def _read_while(cursor: Cursor) -> While | Unknown:
    start = cursor.pos
    opening = Span(start, start + 5)
    cursor.pos += 5
    condition = _body(cursor, _LOOP, opening)
    body = _read_do(cursor, opening)
    if body is None:
        return _abandon(cursor, start, _LOOP, "done")
    until = cursor.text.startswith("until", start)
    return While(Span(start, cursor.pos), condition, body, until)


def _read_do(cursor: Cursor, opening: Span) -> Block | None:
    """Reads `do ... done`, or the `{ ... }` that bash takes as well for `for`."""
    if cursor.peek() == "{" and opening_word(cursor) and cursor.written(*_ends(opening)) != "while":
        group = _read_group(cursor)
        return group.body
    if not expect(cursor, "do", opening):
        return None
    body = _body(cursor, _LOOP, opening)
    if not expect(cursor, "done", opening) and cursor.pos < cursor.end:
        return None
    return body


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _read_for(cursor: Cursor) -> For | ArithmeticFor | Unknown:
    start = cursor.pos
    opening = Span(start, start + (6 if cursor.at("select") else 3))
    cursor.pos = opening.end
    cursor.skip_blanks()
    if cursor.at("((") and len(opening) == 3:
        return _read_arithmetic_for(cursor, opening)
    match = _NAME.match(cursor.text, cursor.pos, cursor.end)
    if match is None:
        raise unexpected(cursor, "the name of a variable", opening)
    name_span = Span(match.start(), match.end())
    cursor.pos = match.end()
    words = _read_for_words(cursor)
    cursor.skip_lines()
    body = _read_do(cursor, opening)
    if body is None:
        return _abandon(cursor, start, _LOOP, "done")
    name = cursor.written(*_ends(name_span))
    return For(Span(start, cursor.pos), name, name_span, words, body)


def _read_for_words(cursor: Cursor) -> tuple[Word, ...] | None:
    cursor.skip_lines()
    if not at_word(cursor, "in"):
        if cursor.peek() == ";":
            cursor.pos += 1
        return None
    cursor.pos += 2
    words: list[Word] = []
    while True:
        cursor.skip_blanks()
        word = None if cursor.peek() == "#" else read_word(cursor)
        if word is None:
            break
        words.append(word)
    if cursor.peek() == ";":
        cursor.pos += 1
    elif cursor.peek() not in ("\n", "#", ""):
        raise unexpected(cursor, "`;` or the end of the line")
    return tuple(words)


def _read_arithmetic_for(cursor: Cursor, opening: Span) -> ArithmeticFor | Unknown:
    inside = cursor.pos + 2
    end = arithmetic_end(cursor, inside)
    if end is None:
        raise unexpected(cursor, "`))`", opening)
    header: list[Arithmetic] = []
    parts = cursor.text[inside:end].split(";")
    if len(parts) != 3:
        cursor.problem(Span(inside, end), "expected three expressions with `;` between", opening)
    for part in parts:
        span = Span(inside, inside + len(part))
        header.append(cursor.arithmetic(cursor, span, span, False))
        inside += len(part) + 1
    cursor.pos = end + 2
    cursor.skip_blanks()
    if cursor.peek() == ";":
        cursor.pos += 1
    cursor.skip_lines()
    body = _read_do(cursor, opening)
    if body is None:
        return _abandon(cursor, opening.start, _LOOP, "done")
    return ArithmeticFor(Span(opening.start, cursor.pos), tuple(header), body)


def _read_case(cursor: Cursor) -> Case:
    start = cursor.pos
    opening = Span(start, start + 4)
    cursor.pos += 4
    cursor.skip_blanks()
    subject = read_word(cursor)
    if subject is None:
        raise unexpected(cursor, "a word behind `case`", opening)
    cursor.skip_lines()
    if not at_word(cursor, "in"):
        raise unexpected(cursor, "`in` to go with `case`", opening)
    cursor.pos += 2
    items: list[CaseItem] = []
    cursor.skip_lines()
    while cursor.pos < cursor.end and closing_token(cursor) != "esac":
        items.append(_read_case_item(cursor, opening))
        cursor.skip_lines()
    expect(cursor, "esac", opening)
    return Case(Span(start, cursor.pos), subject, tuple(items))


def _read_case_item(cursor: Cursor, opening: Span) -> CaseItem:
    start = cursor.pos
    if cursor.peek() == "(":
        cursor.pos += 1
    patterns: list[Word] = []
    while True:
        cursor.skip_blanks()
        pattern = read_word(cursor, pattern=True)
        if pattern is None:
            raise unexpected(cursor, "a pattern", opening)
        patterns.append(pattern)
        cursor.skip_blanks()
        if cursor.peek() not in ("|", ")"):
            raise unexpected(cursor, "`)` behind the pattern, or `esac`", opening)
        cursor.pos += 1
        if cursor.text[cursor.pos - 1] == ")":
            break
    body = cursor.block(cursor, _ITEM)
    terminator = ";;"
    token = closing_token(cursor)
    if token is not None and token in _ITEM and token != "esac":
        terminator = token
        cursor.pos += len(token)
    elif token != "esac" and cursor.pos < cursor.end:
        raise unexpected(cursor, "`;;` or `esac` to go with `case`", opening)
    return CaseItem(Span(start, cursor.pos), tuple(patterns), body, terminator)


def _read_group(cursor: Cursor) -> Group:
    start = cursor.pos
    opening = Span(start, start + 1)
    cursor.pos += 1
    body = _body(cursor, _BRACE, opening)
    expect(cursor, "}", opening)
    return Group(Span(start, cursor.pos), body)


def _read_parenthesis(cursor: Cursor) -> Subshell | ArithmeticCommand:
    start = cursor.pos
    end = arithmetic_end(cursor, start + 2) if cursor.at("((") else None
    if end is not None:
        span = Span(start, end + 2)
        return ArithmeticCommand(span, cursor.arithmetic(cursor, span, Span(start + 2, end), False))
    opening = Span(start, start + 1)
    cursor.pos += 1
    body = _body(cursor, _PARENTHESIS, opening)
    expect(cursor, ")", opening)
    return Subshell(Span(start, cursor.pos), body)


_READERS: dict[str, Callable[[Cursor], Compound | Unknown]] = {
    "if": _read_if,
    "while": _read_while,
    "until": _read_while,
    "for": _read_for,
    "select": _read_for,
    "case": _read_case,
    "{": _read_group,
    "[[": read_double_brackets,
}
