"""What the words of a Python script are.

The tokens tell most, also of a script that is half-typed; what only the tree knows (which
name is a parameter, which one a module) is painted over them.
"""

from __future__ import annotations

import ast
import builtins
import io
import keyword
import re
import tokenize
from collections.abc import Iterator

from ssmlint.python.scriptfacts import PythonScript
from ssmlint.source import LineIndex, Position, Span
from ssmlint_lsp.painting.canvas import (
    CLASS,
    COMMENT,
    DEFINED,
    DEFINED_CLASS,
    FUNCTION,
    KEYWORD,
    METHOD,
    NAMESPACE,
    NUMBER,
    OPERATOR,
    PARAMETER,
    PROGRAM,
    PROPERTY,
    STRING,
    TAKEN,
    VARIABLE,
    WRITTEN,
    Canvas,
    Paint,
)

#: An f-string is several tokens since Python 3.12.
_START = getattr(tokenize, "FSTRING_START", None)
_MIDDLE = getattr(tokenize, "FSTRING_MIDDLE", None)
_END = getattr(tokenize, "FSTRING_END", None)

_BRACKETS = frozenset("()[]{},:;.")
_CASE = re.compile(r"\bcase\b(?=\s*\Z)")


def painted(script: PythonScript) -> Iterator[tuple[Span, Paint]]:
    """The runs of equal paint of a script, in order; no run goes over a line break."""
    canvas = Canvas(script.script.text)
    text = script.script.masked
    _Tokens(text, canvas).paint()
    if script.syntax.tree is not None:
        _Tree(script, canvas).paint()
    for placeholder in script.script.placeholders:
        canvas.put(Span(placeholder.start, placeholder.end), PARAMETER)
    return canvas.runs()


class _Tokens:
    def __init__(self, text: str, canvas: Canvas) -> None:
        self.text = text
        self.lines = LineIndex(text)
        self.canvas = canvas
        self.strings: list[list[int]] = []
        """For each f-string that is open: where its text goes on, and how many brackets are open."""

    def paint(self) -> None:
        before: tuple[str, ...] = ("", "")
        for token in _tokens(self.text):
            span = Span(self._offset(token.start), self._offset(token.end))
            if self.strings or token.type in (_START, _END):
                self._in_string(token, span)
            paint = self._paint(token, span, before)
            if paint is not None:
                self.canvas.put(span, paint)
            before = (before[-1], token.string)

    def _offset(self, place: tuple[int, int]) -> int:
        return self.lines.offset(Position(place[0] - 1, place[1]))

    def _paint(
        self, token: tokenize.TokenInfo, span: Span, before: tuple[str, ...]
    ) -> Paint | None:
        match token.type:
            case tokenize.COMMENT:
                return COMMENT
            case tokenize.STRING:
                return STRING
            case tokenize.NUMBER:
                return NUMBER
            case tokenize.NAME:
                return self._name(token.string, span, before)
            case tokenize.OP if token.string not in _BRACKETS:
                return OPERATOR
        return STRING if token.type == _MIDDLE else None

    def _name(self, name: str, span: Span, before: tuple[str, ...]) -> Paint:
        if keyword.iskeyword(name):
            return KEYWORD
        is_called = self.text.startswith("(", span.end)
        match before[-1]:
            case "def":
                return DEFINED
            case "class":
                return DEFINED_CLASS
            case ".":
                return METHOD if is_called else PROPERTY
        if is_called:
            return PROGRAM if hasattr(builtins, name) else FUNCTION
        return VARIABLE

    def _in_string(self, token: tokenize.TokenInfo, span: Span) -> None:
        """Paint what is text of an f-string up to a token of it."""
        if token.type == _START:
            self.strings.append([span.start, 0])
            return
        current = self.strings[-1] if self.strings else [span.start, 0]
        if token.type == _END:
            self.canvas.put(Span(current[0], span.end), STRING)
            del self.strings[-1:]
        elif token.type != tokenize.OP:
            return  # a brace in the text of the string, which is written twice
        elif token.string in ("{", "[", "("):
            if current[1] == 0:
                self.canvas.put(Span(current[0], span.start), STRING)
            current[1] += 1
        elif token.string in ("}", "]", ")"):
            current[1] -= 1
            if current[1] == 0:
                current[0] = span.end


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens up to where the text can not be read any more."""
    try:
        yield from tokenize.generate_tokens(io.StringIO(text, newline=None).readline)
    except (tokenize.TokenError, SyntaxError):
        return


class _Tree:
    def __init__(self, script: PythonScript, canvas: Canvas) -> None:
        self.syntax = script.syntax
        self.text = script.script.masked
        self.canvas = canvas
        nodes = list(ast.walk(self.syntax.tree)) if self.syntax.tree is not None else []
        self.nodes = nodes
        self.functions = {
            n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        self.classes = {n.name for n in nodes if isinstance(n, ast.ClassDef)}
        self.modules = {name for n in nodes if isinstance(n, ast.Import) for name in _bound(n)}

    def paint(self) -> None:
        called = {id(n.func) for n in self.nodes if isinstance(n, ast.Call)}
        taken = _taken(self.nodes)
        for node in self.nodes:
            match node:
                case ast.Name(id=name):
                    self._put(node, name, self._name(node, id(node) in called, id(node) in taken))
                case ast.Attribute(attr=name):
                    paint = METHOD if id(node) in called else PROPERTY
                    end = self.syntax.span(node).end
                    self._put_at(Span(end - len(name), end), name, paint)
                case ast.arg(arg=name):
                    self._put(node, name, TAKEN)
                case ast.keyword(arg=str(name)):
                    self._put(node, name, PARAMETER)
                case ast.Import():
                    for alias in node.names:
                        self._alias(alias)
                case ast.ImportFrom(module=str(module)):
                    start = self.text.find(module, self.syntax.span(node).start + len("from "))
                    self._put_at(Span(start, start + len(module)), module, NAMESPACE)
                case ast.Match() | ast.match_case():
                    self._soft_keyword(node)

    def _name(self, node: ast.Name, is_called: bool, is_taken: bool) -> Paint:
        if is_taken:
            return PARAMETER
        if isinstance(node.ctx, ast.Store):
            return WRITTEN
        if node.id in self.modules:
            return NAMESPACE
        if node.id in self.classes:
            return CLASS
        if node.id in self.functions:
            return FUNCTION
        if is_called:
            return PROGRAM if hasattr(builtins, node.id) else FUNCTION
        is_class = isinstance(getattr(builtins, node.id, None), type)
        return CLASS if is_class else VARIABLE

    def _alias(self, alias: ast.alias) -> None:
        self.canvas.put(self.syntax.span(alias), NAMESPACE)
        if alias.asname is not None:
            span = self.syntax.span(alias)
            at = self.text.rfind(" as ", span.start, span.end)
            self.canvas.put(Span(at, at + len(" as ")), None)
            self.canvas.put(Span(at + 1, at + len(" as")), KEYWORD)

    def _soft_keyword(self, node: ast.Match | ast.match_case) -> None:
        """`match` and `case` are names everywhere else."""
        if isinstance(node, ast.Match):
            start = self.syntax.span(node).start
            self._put_at(Span(start, start + len("match")), "match", KEYWORD)
            return
        end = self.syntax.span(node.pattern).start
        found = _CASE.search(self.text, self.text.rfind("\n", 0, end) + 1, end)
        if found is not None:
            self.canvas.put(Span(*found.span()), KEYWORD)

    def _put(self, node: ast.AST, name: str, paint: Paint) -> None:
        start = self.syntax.span(node).start
        self._put_at(Span(start, start + len(name)), name, paint)

    def _put_at(self, span: Span, name: str, paint: Paint) -> None:
        # Places in f-strings are not told rightly by every Python.
        if self.text[span.start : span.end] == name:
            self.canvas.put(span, paint)


def _bound(node: ast.Import) -> Iterator[str]:
    for alias in node.names:
        yield alias.asname or alias.name.partition(".")[0]


def _taken(nodes: list[ast.AST]) -> set[int]:
    """The names that are parameters of a function that they stand in."""
    found: set[int] = set()
    for function in nodes:
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            names = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
            body = function.body if isinstance(function.body, list) else [function.body]
            for inner in (node for part in body for node in ast.walk(part)):
                if isinstance(inner, ast.Name) and inner.id in names:
                    found.add(id(inner))
    return found
