"""What the words of a shell script are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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
from ssmlint_lsp.painting.canvas import (
    COMMENT,
    DEFINED,
    FUNCTION,
    KEYWORD,
    NUMBER,
    OPERATOR,
    PARAMETER,
    PROGRAM,
    STRING,
    VARIABLE,
    WRITTEN,
    Canvas,
    Paint,
)

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
    canvas = Canvas(shell.script.text)
    _Painter(shell, canvas).paint()
    return canvas.runs()


class _Painter:
    def __init__(self, shell: ShellScript, canvas: Canvas) -> None:
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
            self._put(comment, COMMENT)
        for placeholder in self.shell.script.placeholders:
            self._put(Span(placeholder.start, placeholder.end), PARAMETER)

    def _grounds(self) -> Iterator[tuple[Span, Paint | None]]:
        """Strings with their quotation marks, and what is no string in the midst of one."""
        for start, end, quoting in self.shell.syntax.regions:
            if quoting in _QUOTED:
                is_quote = quoting in (Quoting.DOUBLE, Quoting.SINGLE)
                yield Span(start - is_quote, end + is_quote), STRING
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
        self.canvas.put(Span(max(0, span.start) + self.start, span.end + self.start), paint)

    def _paint_node(self, unit: Unit, node: Any) -> None:
        match node:
            case Literal():
                self._literal(unit, node)
            case Variable():
                self._put(node.span, VARIABLE)
            case Command():
                self._command(node)
            case Assignment():
                self._put(node.name_span, WRITTEN)
            case Declaration():
                start = node.span.start
                self._put(Span(start, start + len(node.keyword)), KEYWORD)
            case Redirect():
                self._redirect(node)
            case TestUnary() | TestBinary():
                self._operator(node)
        if isinstance(node, _COMPOUND):
            self._gaps(node)
        if isinstance(node, Function):
            self._put(node.name_span, DEFINED)
        elif isinstance(node, For):
            self._put(node.name_span, WRITTEN)

    def _literal(self, unit: Unit, literal: Literal) -> None:
        if literal.quoted:
            self._put(literal.span, STRING)
            return
        parent = unit.index.parent(literal)
        command = unit.index.parent(parent) if parent is not None else None
        is_argument = isinstance(command, Command) and command.words[:1] != (parent,)
        is_number = is_argument and _DIGITS.fullmatch(literal.text) is not None
        if is_argument or not isinstance(command, Command):
            self._put(literal.span, NUMBER if is_number else None)

    def _command(self, command: Command) -> None:
        name = command.name
        if name is None:
            return
        if name in self.shell.functions:
            paint = FUNCTION
        elif name in _FLOW:
            paint = KEYWORD
        else:
            paint = PROGRAM if may_be_program(name) else FUNCTION
        self._put(command.words[0].span, paint)

    def _redirect(self, redirect: Redirect) -> None:
        start = redirect.span.start
        found = self.text.find(redirect.operator, start, redirect.span.end)
        if found < 0:
            return  # `|&` is written otherwise
        end = found + len(redirect.operator)
        self._put(Span(start, end), OPERATOR)
        if redirect.operator in ("<<", "<<-"):
            self._put(Span(end, redirect.span.end), STRING)

    def _operator(self, test: TestUnary | TestBinary) -> None:
        start = test.span.start if isinstance(test, TestUnary) else test.left.span.end
        found = self.text.find(test.operator, start, test.span.end)
        if found >= 0:
            self._put(Span(found, found + len(test.operator)), OPERATOR)

    def _gaps(self, node: Any) -> None:
        """The words of grammar and signs of a compound command, between its parts."""
        at = node.span.start
        below = sorted((child.span for child in children(node)), key=lambda span: span.start)
        for span in (*below, Span(node.span.end, node.span.end)):
            for match in _MARKS.finditer(self.text, at, max(at, min(span.start, node.span.end))):
                paint = KEYWORD if match["word"] else OPERATOR
                self._put(Span(*match.span()), paint)
            at = max(at, span.end)
