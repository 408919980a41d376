"""A script as an array of paints, one for each character: what each of them is.

Outer things are painted first and inner ones over them, so that nothing overlaps in the end.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.plausible import may_be_program
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    Arithmetic,
    ArithmeticCommand,
    ArithmeticFor,
    ArrayValue,
    Assignment,
    Background,
    Branch,
    Case,
    CaseItem,
    Command,
    Coprocess,
    Declaration,
    For,
    Function,
    Group,
    If,
    Literal,
    Pipeline,
    ProcessSubstitution,
    Redirect,
    Subshell,
    Substitution,
    Test,
    TestBinary,
    TestLogic,
    TestNot,
    TestUnary,
    Variable,
    While,
    children,
)
from ssmlint.shell.syntax import Quoting
from ssmlint.shell.units import Relation, Unit
from ssmlint.source import Span

#: Types and modifiers that the protocol knows (LSP 3.17, `SemanticTokenTypes`).
TYPES = (
    "comment",
    "string",
    "variable",
    "parameter",
    "function",
    "keyword",
    "operator",
    "number",
)
MODIFIERS = ("declaration", "defaultLibrary")


@dataclass(frozen=True, slots=True)
class Paint:
    """What a character is: an index into `TYPES` and a set of bits for `MODIFIERS`."""

    type: int
    modifiers: int = 0


_COMMENT = Paint(TYPES.index("comment"))
_STRING = Paint(TYPES.index("string"))
_VARIABLE = Paint(TYPES.index("variable"))
_WRITTEN = Paint(TYPES.index("variable"), 1)
_PARAMETER = Paint(TYPES.index("parameter"))
_FUNCTION = Paint(TYPES.index("function"))
_DEFINED = Paint(TYPES.index("function"), 1)
_PROGRAM = Paint(TYPES.index("function"), 2)
_KEYWORD = Paint(TYPES.index("keyword"))
_OPERATOR = Paint(TYPES.index("operator"))
_NUMBER = Paint(TYPES.index("number"))
_PAINTS = (
    _COMMENT,
    _STRING,
    _VARIABLE,
    _WRITTEN,
    _PARAMETER,
    _FUNCTION,
    _DEFINED,
    _PROGRAM,
    _KEYWORD,
    _OPERATOR,
    _NUMBER,
)
_CODES = {paint: code for code, paint in enumerate(_PAINTS, 1)}

_QUOTED = (Quoting.DOUBLE, Quoting.SINGLE, Quoting.HEREDOC, Quoting.HEREDOC_QUOTED)
_FROM_OUTSIDE = (Substitution, ProcessSubstitution, Arithmetic)
_COMPOUND = (
    AndOr,
    ArithmeticCommand,
    ArithmeticFor,
    ArrayValue,
    Background,
    Branch,
    Case,
    CaseItem,
    Coprocess,
    For,
    Function,
    Group,
    If,
    Pipeline,
    Subshell,
    Test,
    TestLogic,
    TestNot,
    While,
)
_MARKS = re.compile(
    r"(?P<word>(?<![\w-])(?:if|then|elif|else|fi|for|select|in|do|done|while|until|case|esac"
    r"|function|time|coproc)(?![\w-])|[{}]|\[\[|\]\]|(?<!\S)\[(?!\S)|(?<!\S)\](?!\S)|!)"
    r"|(?P<sign>\|\||&&|;;&|;&|;;|\|&|\||&)"
)
_DIGITS = re.compile(r"[0-9]+")
#: Builtins that change the flow of the script, which bash has no words of grammar for.
_FLOW = frozenset({"exit", "return", "break", "continue", "trap", "eval", "exec", "source", "."})


def painted(shell: ShellScript) -> Iterator[tuple[Span, Paint]]:
    """The runs of equal paint of a script, in order; no run goes over a line break."""
    canvas = bytearray(len(shell.script.text))
    _Painter(shell, canvas).paint()
    at = 0
    text = shell.script.text
    for code, run in itertools.groupby(canvas):
        end = at + len(list(run))
        if code:
            yield from ((span, _PAINTS[code - 1]) for span in _lines(text, at, end))
        at = end


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        first = start + len(text[start:stop]) - len(text[start:stop].lstrip(" \t"))
        if first < stop:
            yield Span(first, stop)
        start = stop + 1


class _Painter:
    def __init__(self, shell: ShellScript, canvas: bytearray) -> None:
        self.shell = shell
        self.canvas = canvas
        self.start = 0
        self.text = shell.script.text

    def paint(self) -> None:
        for span, paint in sorted(self._grounds(), key=lambda pair: (pair[0].start, -len(pair[0]))):
            self._put(span, paint)
        for unit in self.shell.units:
            if unit.start is not None and unit.relation is not Relation.FOREIGN:
                self._paint_unit(unit)
        self.start, self.text = 0, self.shell.script.text
        for comment in self.shell.syntax.comments:
            self._put(comment, _COMMENT)
        for placeholder in self.shell.script.placeholders:
            self._put(Span(placeholder.start, placeholder.end), _PARAMETER)

    def _grounds(self) -> Iterator[tuple[Span, Paint | None]]:
        """Strings with their quotation marks, and what is no string in the midst of one."""
        for start, end, quoting in self.shell.syntax.regions:
            if quoting in _QUOTED:
                is_quote = quoting in (Quoting.DOUBLE, Quoting.SINGLE)
                yield Span(start - is_quote, end + is_quote), _STRING
        for node in self.shell.index.nodes:
            if isinstance(node, _FROM_OUTSIDE):
                yield node.span, None

    def _paint_unit(self, unit: Unit) -> None:
        self.start, self.text = unit.start or 0, unit.text
        if unit is not self.shell.main:
            self._put(Span(0, len(unit.text)), None)
        for node in unit.index.nodes:
            self._paint_node(unit, node)

    def _put(self, span: Span, paint: Paint | None) -> None:
        first = max(0, span.start) + self.start
        last = min(span.end + self.start, len(self.canvas))
        if last > first:
            code = 0 if paint is None else _CODES[paint]
            self.canvas[first:last] = bytes((code,)) * (last - first)

    def _paint_node(self, unit: Unit, node: Any) -> None:
        match node:
            case Literal():
                self._literal(unit, node)
            case Variable():
                self._put(node.span, _VARIABLE)
            case Command():
                self._command(node)
            case Assignment():
                self._put(node.name_span, _WRITTEN)
            case Declaration():
                start = node.span.start
                self._put(Span(start, start + len(node.keyword)), _KEYWORD)
            case Redirect():
                self._redirect(node)
            case TestUnary() | TestBinary():
                self._operator(node)
        if isinstance(node, _COMPOUND):
            self._gaps(node)
        if isinstance(node, Function):
            self._put(node.name_span, _DEFINED)
        elif isinstance(node, For):
            self._put(node.name_span, _WRITTEN)

    def _literal(self, unit: Unit, literal: Literal) -> None:
        if literal.quoted:
            self._put(literal.span, _STRING)
            return
        parent = unit.index.parent(literal)
        command = unit.index.parent(parent) if parent is not None else None
        is_argument = isinstance(command, Command) and command.words[:1] != (parent,)
        is_number = is_argument and _DIGITS.fullmatch(literal.text) is not None
        if is_argument or not isinstance(command, Command):
            self._put(literal.span, _NUMBER if is_number else None)

    def _command(self, command: Command) -> None:
        name = command.name
        if name is None:
            return
        if name in self.shell.functions:
            paint = _FUNCTION
        elif name in _FLOW:
            paint = _KEYWORD
        else:
            paint = _PROGRAM if may_be_program(name) else _FUNCTION
        self._put(command.words[0].span, paint)

    def _redirect(self, redirect: Redirect) -> None:
        start = redirect.span.start
        found = self.text.find(redirect.operator, start, redirect.span.end)
        if found < 0:
            return  # `|&` is written otherwise
        end = found + len(redirect.operator)
        self._put(Span(start, end), _OPERATOR)
        if redirect.operator in ("<<", "<<-"):
            self._put(Span(end, redirect.span.end), _STRING)

    def _operator(self, test: TestUnary | TestBinary) -> None:
        start = test.span.start if isinstance(test, TestUnary) else test.left.span.end
        found = self.text.find(test.operator, start, test.span.end)
        if found >= 0:
            self._put(Span(found, found + len(test.operator)), _OPERATOR)

    def _gaps(self, node: Any) -> None:
        """The words of grammar and signs of a compound command, between its parts."""
        at = node.span.start
        below = sorted((child.span for child in children(node)), key=lambda span: span.start)
        for span in (*below, Span(node.span.end, node.span.end)):
            for match in _MARKS.finditer(self.text, at, max(at, min(span.start, node.span.end))):
                paint = _KEYWORD if match["word"] else _OPERATOR
                self._put(Span(*match.span()), paint)
            at = max(at, span.end)
