"""Tests: `[ ... ]` and `test`, which are commands, and `[[ ... ]]`, which is syntax.

Source: the bash manual, "Bash Conditional Expressions" and the `test` builtin.
"""

from __future__ import annotations

from collections.abc import Sequence

from ssmlint.shell.parser.cursor import Cursor
from ssmlint.shell.parser.tokens import at_word, unexpected
from ssmlint.shell.parser.words import read_regex, read_word
from ssmlint.shell.statements import (
    Literal,
    Test,
    TestBinary,
    TestExpression,
    TestLogic,
    TestNot,
    TestUnary,
    TestWord,
    Word,
)
from ssmlint.source import Span

_UNARY = frozenset("-" + letter for letter in "abcdefghkprstuwxzGLNOSnovR")
_BINARY = frozenset({"=", "==", "!=", "<", ">", "=~"}) | frozenset(
    "-" + name for name in ("eq", "ne", "lt", "le", "gt", "ge", "nt", "ot", "ef")
)
#: The longest chain of `&&` and `||` in one test; more is no condition.
_LONGEST_CHAIN = 40


def read_double_brackets(cursor: Cursor) -> Test:
    """Reads `[[ ... ]]`, which starts here."""
    start = cursor.pos
    cursor.pos += 2
    expression = _read_or(cursor)
    cursor.skip_lines()
    if not at_word(cursor, "]]"):
        raise unexpected(cursor, "`]]` to go with `[[`", Span(start, start + 2))
    cursor.pos += 2
    return Test(Span(start, cursor.pos), "[[", expression)


def _read_or(cursor: Cursor) -> TestExpression:
    cursor.enter()
    left = _read_and(cursor)
    length = 1
    while _operator(cursor, "||"):
        left = _logic(left, "||", _read_and(cursor))
        length += 1
    cursor.leave()
    cursor.note_depth(length)
    return left


def _read_and(cursor: Cursor) -> TestExpression:
    left = _read_term(cursor)
    length = 1
    while _operator(cursor, "&&"):
        left = _logic(left, "&&", _read_term(cursor))
        length += 1
    cursor.note_depth(length)
    return left


def _operator(cursor: Cursor, operator: str) -> bool:
    cursor.skip_lines()
    if not cursor.at(operator):
        return False
    cursor.pos += 2
    return True


def _logic(left: TestExpression, operator: str, right: TestExpression) -> TestLogic:
    return TestLogic(Span(left.span.start, right.span.end), left, operator, right)


def _read_term(cursor: Cursor) -> TestExpression:
    cursor.skip_lines()
    start = cursor.pos
    if at_word(cursor, "!"):
        cursor.pos += 1
        cursor.enter()
        operand = _read_term(cursor)
        cursor.leave()
        return TestNot(Span(start, operand.span.end), operand)
    if cursor.peek() == "(":
        return _read_group(cursor)
    word = _word(cursor)
    if word is None:
        raise unexpected(cursor, "a condition")
    return _read_comparison(cursor, word)


def _read_group(cursor: Cursor) -> TestExpression:
    opening = Span(cursor.pos, cursor.pos + 1)
    cursor.pos += 1
    inside = _read_or(cursor)
    cursor.skip_lines()
    if cursor.peek() != ")":
        raise unexpected(cursor, "`)`", opening)
    cursor.pos += 1
    return inside


def _word(cursor: Cursor) -> Word | None:
    return None if at_word(cursor, "]]") else read_word(cursor, pattern=True)


def _plain(word: Word) -> str | None:
    """The text of a word with nothing quoted in it."""
    match word.parts:
        case (Literal(text=text, quoted=False),):
            return text
    return None


def _read_comparison(cursor: Cursor, first: Word) -> TestExpression:
    operator = _plain(first)
    cursor.skip_blanks()
    if operator is None or operator not in _UNARY:
        return _read_binary(cursor, first)
    operand = _word(cursor)
    if operand is None:
        raise unexpected(cursor, f"what `{operator}` tests")
    return TestUnary(Span(first.span.start, operand.span.end), operator, operand)


def _read_binary(cursor: Cursor, left: Word) -> TestExpression:
    operator = _binary_operator(cursor)
    if operator is None:
        return TestWord(left.span, left)
    cursor.skip_blanks()
    right = read_regex(cursor) if operator == "=~" else _word(cursor)
    if right is None:
        raise unexpected(cursor, f"what `{operator}` compares with")
    return TestBinary(Span(left.span.start, right.span.end), left, operator, right)


def _binary_operator(cursor: Cursor) -> str | None:
    start = cursor.pos
    if cursor.peek() and cursor.peek() in "<>":
        cursor.pos += 1
        return cursor.text[start]
    if at_word(cursor, "]]"):
        return None
    word = read_word(cursor)
    if word is None:
        return None
    operator = _plain(word)
    if operator in _BINARY:
        return operator
    cursor.pos = start
    raise unexpected(cursor, "an operator or `]]`")


def classic_test(words: Sequence[Word]) -> tuple[TestExpression | None] | None:
    """The expression that the arguments of `[` or `test` make; None where unclear.

    An empty test is `(None,)`.  POSIX decides by the number of arguments up to four;
    unquoted expansions can change that number, which is not looked at here.
    """
    if not words:
        return (None,)
    expression = _by_count(words)
    if expression is None and len(words) > 3:
        expression = _Classic(words).read()
    return None if expression is None else (expression,)


def _by_count(words: Sequence[Word]) -> TestExpression | None:
    span = Span(words[0].span.start, words[-1].span.end)
    match [word.literal for word in words]:
        case [_]:
            return TestWord(span, words[0])
        case ["!", _]:
            return TestNot(span, TestWord(words[1].span, words[1]))
        case [str(operator), _] if operator in _UNARY:
            return TestUnary(span, operator, words[1])
        case [_, str(operator), _] if operator in _BINARY:
            return TestBinary(span, words[0], operator, words[2])
        case [_, "-a" | "-o" as operator, _]:
            logic = "&&" if operator == "-a" else "||"
            left, right = (TestWord(word.span, word) for word in (words[0], words[2]))
            return TestLogic(span, left, logic, right)
        case ["(", _, ")"]:
            return TestWord(words[1].span, words[1])
        case ["!", _, _] | ["!", _, _, _]:
            inner = _by_count(words[1:])
            return None if inner is None else TestNot(span, inner)
        case ["(", _, _, ")"]:
            return _by_count(words[1:3])
    return None


class _Classic:
    """Reads more than four arguments, with the usual precedences."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._texts = [word.literal for word in words]
        self._at = 0
        self._chained = 0

    def read(self) -> TestExpression | None:
        """The expression, None where the arguments do not make one."""
        expression = self._logic("-o")
        return expression if self._at == len(self._words) else None

    def _text(self, ahead: int = 0) -> str | None:
        at = self._at + ahead
        return self._texts[at] if at < len(self._texts) else None

    def _logic(self, operator: str) -> TestExpression | None:
        left = self._logic("-a") if operator == "-o" else self._term()
        while left is not None and self._text() == operator:
            self._at += 1
            self._chained += 1
            right = self._logic("-a") if operator == "-o" else self._term()
            if right is None or self._chained > _LONGEST_CHAIN:
                return None
            left = _logic(left, "&&" if operator == "-a" else "||", right)
        return left

    def _term(self) -> TestExpression | None:
        start = self._at
        if start >= len(self._words):
            return None
        first = self._words[start]
        if self._text(1) in _BINARY and start + 2 < len(self._words):
            self._at += 3
            last = self._words[start + 2]
            operator = self._texts[start + 1] or ""
            return TestBinary(Span(first.span.start, last.span.end), first, operator, last)
        if self._text() == "!" or self._text() == "(":
            return self._prefixed(first)
        self._at += 1
        operator = self._texts[start] or ""
        if operator in _UNARY and self._at < len(self._words):
            operand = self._words[self._at]
            self._at += 1
            return TestUnary(Span(first.span.start, operand.span.end), operator, operand)
        return TestWord(first.span, first)

    def _prefixed(self, first: Word) -> TestExpression | None:
        self._chained += 1
        if self._chained > _LONGEST_CHAIN:
            return None
        negated = self._text() == "!"
        self._at += 1
        inner = self._term() if negated else self._logic("-o")
        if inner is None:
            return None
        if negated:
            return TestNot(Span(first.span.start, inner.span.end), inner)
        if self._text() != ")":
            return None
        self._at += 1
        return inner
