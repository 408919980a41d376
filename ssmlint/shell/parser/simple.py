"""Simple commands: assignments, words and redirections; declarations and tests."""

from __future__ import annotations

import re
from dataclasses import field

from ssmlint.records import dataclass
from ssmlint.shell.parser.conditional import classic_test
from ssmlint.shell.parser.cursor import Cursor
from ssmlint.shell.parser.expansion import unclosed
from ssmlint.shell.parser.heredoc import expect_body, is_quoted
from ssmlint.shell.parser.parameters import read_subscript, subscript_end
from ssmlint.shell.parser.tokens import unexpected
from ssmlint.shell.parser.words import read_value, read_word
from ssmlint.shell.statements import (
    Arithmetic,
    ArithmeticCommand,
    ArrayValue,
    Assignment,
    Command,
    Declaration,
    Literal,
    Redirect,
    Statement,
    Test,
    Unknown,
    Word,
)
from ssmlint.source import Span

_DECLARATIONS = frozenset({"local", "export", "readonly", "declare", "typeset", "unset"})
#: Other commands among whose arguments bash reads `name=(...)` as one word.
_TAKE_ARRAYS = frozenset({"eval", "let", "alias"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:(\+?=)|(?=\[))")
_ARRAY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=\(")
_EQUALS = re.compile(r"\+?=")
_REDIRECT_FIRST = "<>&{0123456789"
_REDIRECT = re.compile(
    r"(?:(?P<descriptor>[0-9]+)|\{(?P<variable>[A-Za-z_][A-Za-z0-9_]*)\})?"
    r"(?P<operator><<<|<<-|<<|<&|<>|>>|>\||>&|[<>](?!\())"
    r"|(?P<both>&>>|&>)"
)


@dataclass(slots=True)
class _Simple:
    """A simple command while it is read."""

    start: int
    end: int
    assignments: list[Assignment] = field(default_factory=list)
    declared: list[Assignment] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    redirects: list[Redirect] = field(default_factory=list)
    name: str = ""
    """The command's name where nothing in it is quoted or expanded."""

    def declares(self, cursor: Cursor) -> bool:
        """Whether the argument here may be an assignment."""
        if self.name in _TAKE_ARRAYS:
            return _ARRAY.match(cursor.text, cursor.pos, cursor.end) is not None
        return self.name in _DECLARATIONS and self.name != "unset"


def read_simple(cursor: Cursor) -> Statement:
    """Reads the simple command that starts here."""
    simple = _Simple(cursor.pos, cursor.pos)
    while _read_item(cursor, simple):
        simple.end = cursor.pos
        cursor.skip_blanks()
    if simple.end == simple.start:
        raise unexpected(cursor, "a command")
    if cursor.peek() == "(":
        raise unexpected(cursor)
    return _statement(cursor, simple)


def _read_item(cursor: Cursor, simple: _Simple) -> bool:
    if cursor.pos >= cursor.end or cursor.text[cursor.pos] in "\n;|)#":
        return False
    redirect = read_redirect(cursor)
    if redirect is not None:
        simple.redirects.append(redirect)
        return True
    if not simple.words or simple.declares(cursor):
        assignment = read_assignment(cursor)
        if assignment is not None:
            (simple.declared if simple.words else simple.assignments).append(assignment)
            return True
    word = read_word(cursor)
    if word is None:
        return False
    if not simple.words:
        simple.name = _plain(word)
    simple.words.append(word)
    return True


def _plain(word: Word) -> str:
    match word.parts:
        case (Literal(text=text, quoted=False),):
            return text
    return ""


def read_redirect(cursor: Cursor) -> Redirect | None:
    """Reads a redirection, if one starts here; a here-document's body follows later."""
    if cursor.pos >= cursor.end or cursor.text[cursor.pos] not in _REDIRECT_FIRST:
        return None
    match = _REDIRECT.match(cursor.text, cursor.pos, cursor.end)
    if match is None:
        return None
    start, cursor.pos = cursor.pos, match.end()
    operator = match["operator"] or match["both"]
    cursor.skip_blanks()
    target = None if cursor.peek() == "#" else read_word(cursor)
    if target is None:
        raise unexpected(cursor, f"a word behind `{operator}`", Span(start, match.end()))
    descriptor = int(match["descriptor"]) if match["descriptor"] else None
    span = Span(start, target.span.end)
    if operator not in ("<<", "<<-"):
        return Redirect(span, operator, target, descriptor, False, match["variable"])
    redirect = Redirect(span, operator, None, descriptor, is_quoted(target), match["variable"])
    expect_body(cursor, redirect, target)
    return redirect


def read_redirects(cursor: Cursor) -> tuple[Redirect, ...]:
    """Reads the redirections behind a compound command."""
    redirects: list[Redirect] = []
    while True:
        behind = cursor.pos
        if not redirects and cursor.behind_blanks() not in _REDIRECT_FIRST:
            return ()
        cursor.skip_blanks()
        redirect = read_redirect(cursor)
        if redirect is None:
            cursor.pos = behind
            return tuple(redirects)
        redirects.append(redirect)


def read_assignment(cursor: Cursor) -> Assignment | None:
    """Reads `name=value`, `name+=value` or `name[subscript]=value`, if it starts here."""
    start = cursor.pos
    match = _ASSIGNMENT.match(cursor.text, start, cursor.end)
    if match is None:
        return None
    operator = match[2]
    subscript = index = None
    cursor.pos = match.end()
    if operator is None:
        end = subscript_end(cursor, cursor.pos)
        equals = _EQUALS.match(cursor.text, end + 1, cursor.end) if end is not None else None
        if equals is None:
            cursor.pos = start
            return None
        subscript, index = read_subscript(cursor)
        operator, cursor.pos = equals[0], equals.end()
    value = _read_array(cursor) if cursor.peek() == "(" else read_value(cursor)
    name_span = Span(start, start + len(match[1]))
    span = Span(start, cursor.pos)
    append = operator == "+="
    return Assignment(span, match[1], name_span, value, append, subscript, index)


def _read_array(cursor: Cursor) -> ArrayValue | Word:
    start = cursor.pos
    cursor.pos += 1
    words: list[Word] = []
    keys: list[Arithmetic | None] = []
    while True:
        cursor.skip_lines()
        if cursor.pos >= cursor.end:
            unclosed(cursor, start, start + 1, ")")
            break
        if cursor.peek() == ")":
            cursor.pos += 1
            break
        keys.append(_read_key(cursor))
        word = read_value(cursor) if keys[-1] else read_word(cursor)
        if word is None:
            raise unexpected(cursor, "`)`", Span(start, start + 1))
        words.append(word)
    array = ArrayValue(Span(start, cursor.pos), tuple(words), tuple(keys))
    return _with_suffix(cursor, array)


def _with_suffix(cursor: Cursor, array: ArrayValue) -> ArrayValue | Word:
    """`name=(...)suffix` is no array to bash but one string, parentheses and all."""
    suffix = read_word(cursor)
    if suffix is None:
        return array
    text = cursor.written(array.span.start, array.span.end)
    parts = (Literal(array.span, text, True), *suffix.parts)
    return Word(Span(array.span.start, cursor.pos), parts)


def _read_key(cursor: Cursor) -> Arithmetic | None:
    end = subscript_end(cursor, cursor.pos)
    equals = _EQUALS.match(cursor.text, end + 1, cursor.end) if end is not None else None
    if equals is None or end is None:
        return None
    inside = Span(cursor.pos + 1, end)
    key = cursor.arithmetic(cursor, Span(cursor.pos, end + 1), inside, False)
    cursor.pos = equals.end()
    return key


def _statement(cursor: Cursor, simple: _Simple) -> Statement:
    name = simple.name
    if name in _DECLARATIONS:
        return _declaration(simple, name)
    if simple.declared:
        return Unknown(Span(simple.start, simple.end), f"assignments as arguments of `{name}`")
    if name and not simple.assignments:
        span = Span(simple.start, simple.end)
        redirects = tuple(simple.redirects)
        if name in ("[", "test"):
            test = _test(span, name, simple.words[1:], redirects)
            if test is not None:
                return test
        if name == "let" and len(simple.words) > 1:
            return ArithmeticCommand(span, _let(cursor, simple.words[1:]), redirects)
    return Command(
        Span(simple.start, simple.end),
        tuple(simple.words),
        tuple(simple.assignments),
        tuple(simple.redirects),
    )


def _test(
    span: Span, bracket: str, words: list[Word], redirects: tuple[Redirect, ...]
) -> Test | None:
    if bracket == "[":
        if not words or words[-1].literal != "]":
            return None
        words = words[:-1]
    found = classic_test(words)
    return None if found is None else Test(span, bracket, found[0], redirects)


def _let(cursor: Cursor, words: list[Word]) -> Arithmetic:
    """The arguments of `let` as one expression, joined by commas."""
    behind = cursor.pos
    found: list[Arithmetic] = []
    for word in words:
        start, end = word.span.start, word.span.end
        if cursor.text[start] in "\"'" and cursor.text[end - 1] == cursor.text[start]:
            start, end = start + 1, end - 1
        found.append(cursor.arithmetic(cursor, word.span, Span(start, end), False))
    cursor.pos = behind
    return Arithmetic(
        Span(words[0].span.start, words[-1].span.end),
        ", ".join(one.text for one in found),
        tuple(variable for one in found for variable in one.reads),
        tuple(dict.fromkeys(name for one in found for name in one.assigns)),
        tuple(part for one in found for part in one.parts),
    )


def _declaration(simple: _Simple, keyword: str) -> Statement:
    span = Span(simple.start, simple.end)
    if simple.assignments:
        if simple.declared:
            return Unknown(span, f"assignments in front of `{keyword}`")
        words, before = tuple(simple.words), tuple(simple.assignments)
        return Command(span, words, before, tuple(simple.redirects))
    options: list[str] = []
    names = list(simple.declared)
    others: list[Word] = []
    for word in simple.words[1:]:
        text = word.literal
        if text is not None and len(text) > 1 and text[0] in "-+":
            options.append(text)
        elif text is not None and _NAME.fullmatch(text):
            names.append(Assignment(word.span, text, word.span))
        else:
            others.append(word)
    names.sort(key=lambda assignment: assignment.span.start)
    redirects = tuple(simple.redirects)
    return Declaration(span, keyword, tuple(options), tuple(names), tuple(others), redirects)
