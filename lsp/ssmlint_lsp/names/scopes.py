"""Which names of a Python script are the same: the scopes of the language.

After the reference ("Naming and binding"): a name that a function binds belongs to it, unless
it says `global` or `nonlocal`; classes are passed over by the functions inside of them; a
comprehension is a function of its own, but for the first thing that it goes over.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import field
from typing import Union

from ssmlint.python.syntax import PythonSyntax
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint_lsp.names.types import Role

_Comprehension = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
Defined = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef]


@dataclass(eq=False)
class Scope:
    """A module, a class or a function, with what it binds."""

    name: str
    parent: Scope | None = None
    is_class: bool = False
    is_comprehension: bool = False
    bound: set[str] = field(default_factory=set)
    elsewhere: dict[str, bool] = field(default_factory=dict)
    """Names that it says are `global` (True) or `nonlocal`."""

    @property
    def module(self) -> Scope:
        """The outermost scope."""
        return self if self.parent is None else self.parent.module


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A place that names something; `span` is in the script."""

    name: str
    span: Span | None
    """None where the place can not be told."""
    role: Role
    scope: Scope
    node: ast.AST


def mentions(syntax: PythonSyntax, text: str) -> Iterator[Mention]:
    """Every place of a script that names something that the script binds, in the scope that does."""
    finder = _Finder(syntax, text)
    for mention in finder.found:
        scope = _home(mention)
        if scope is not None:
            yield Mention(mention.name, mention.span, mention.role, scope, mention.node)


def defined_name(syntax: PythonSyntax, text: str, node: Defined) -> Span | None:
    """Where a definition has its name, in the script."""
    pattern = rf"(?:async\s+)?(?:def|class)\s+({re.escape(node.name)})"
    match = re.compile(pattern).match(text, syntax.span(node).start)
    return None if match is None else Span(*match.span(1))


def _home(mention: Mention) -> Scope | None:
    """The scope that a name belongs to; None where nothing binds it."""
    scope: Scope | None = mention.scope
    assert scope is not None
    name = mention.name
    if scope.elsewhere.get(name) is True:
        return scope.module
    if name in scope.bound and name not in scope.elsewhere:
        return scope
    scope = scope.parent
    while scope is not None:
        if name in scope.bound and not scope.is_class and name not in scope.elsewhere:
            return scope
        if scope.elsewhere.get(name) is True:
            return scope.module
        scope = scope.parent
    return None


class _Finder:
    def __init__(self, syntax: PythonSyntax, text: str) -> None:
        self.syntax, self.text = syntax, text
        self.found: list[Mention] = []
        self.stack: list[tuple[ast.AST, Scope]] = []
        if syntax.tree is not None:
            self.stack.append((syntax.tree, Scope("")))
        while self.stack:
            self._visit(*self.stack.pop())

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self._definition(node, scope)
                return
            case ast.Lambda():
                self._function(node.args, [node.body], Scope("lambda", scope), scope)
                return
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope)
                return
            case ast.Name():
                self._name(node, scope)
            case ast.NamedExpr():
                target = scope
                while target.is_comprehension and target.parent is not None:
                    target = target.parent
                self._name(node.target, target)
                self._push([node.value], scope)
                return
            case ast.Import() | ast.ImportFrom():
                for alias in node.names:
                    self._alias(alias, scope)
            case ast.Global() | ast.Nonlocal():
                self._elsewhere(node, scope)
            case ast.ExceptHandler(name=str(name)):
                start = self.syntax.span(node.type).end if node.type is not None else 0
                self._bind(name, self._search(rf"\s+as\s+({re.escape(name)})", start), scope, node)
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                end = self.syntax.span(node).end
                self._bind(name, Span(end - len(name), end), scope, node)
            case ast.MatchMapping(rest=str(name)):
                start = self.syntax.span(node).start
                self._bind(name, self._search(rf".*\*\*\s*({re.escape(name)})", start), scope, node)
        self._push(list(ast.iter_child_nodes(node)), scope)

    def _push(self, nodes: list[ast.AST], scope: Scope) -> None:
        self.stack.extend((node, scope) for node in nodes)

    def _search(self, pattern: str, start: int) -> Span | None:
        match = re.compile(pattern, re.DOTALL).match(self.text, start)
        return None if match is None else Span(*match.span(1))

    # --- what binds -------------------------------------------------------------------------

    def _bind(
        self,
        name: str,
        span: Span | None,
        scope: Scope,
        node: ast.AST,
        role: Role = Role.WRITE,
    ) -> None:
        scope.bound.add(name)
        self._add(name, span, role, scope, node)

    def _add(self, name: str, span: Span | None, role: Role, scope: Scope, node: ast.AST) -> None:
        # Places in f-strings are not told rightly by every Python.
        is_there = span is not None and self.text[span.start : span.end] == name
        self.found.append(Mention(name, span if is_there else None, role, scope, node))

    def _name(self, node: ast.Name, scope: Scope) -> None:
        start = self.syntax.span(node).start
        span = Span(start, start + len(node.id))
        if isinstance(node.ctx, ast.Load):
            self._add(node.id, span, Role.READ, scope, node)
        else:
            self._bind(node.id, span, scope, node)

    def _definition(self, node: Defined, scope: Scope) -> None:
        span = defined_name(self.syntax, self.text, node)
        self._bind(node.name, span, scope, node, Role.DECLARATION)
        self._push(list(node.decorator_list), scope)
        self._push(list(getattr(node, "type_params", [])), scope)
        inner = Scope(node.name, scope, is_class=isinstance(node, ast.ClassDef))
        if isinstance(node, ast.ClassDef):
            self._push([*node.bases, *node.keywords], scope)
            self._push(list(node.body), inner)
            return
        if node.returns is not None:
            self._push([node.returns], scope)
        self._function(node.args, list(node.body), inner, scope)

    def _function(
        self, args: ast.arguments, body: list[ast.AST], inner: Scope, outer: Scope
    ) -> None:
        for part in ast.iter_child_nodes(args):
            if isinstance(part, ast.arg):
                start = self.syntax.span(part).start
                span = Span(start, start + len(part.arg))
                self._bind(part.arg, span, inner, part, Role.DECLARATION)
                self._push([part.annotation] if part.annotation is not None else [], outer)
            else:
                self._push([part], outer)
        self._push(body, inner)

    def _comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp, scope: Scope
    ) -> None:
        inner = Scope(scope.name, scope, is_comprehension=True)
        first = node.generators[0]
        self._push([first.iter], scope)
        self._push([first.target, *first.ifs], inner)
        self._push(list(node.generators[1:]), inner)
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self._push(list(parts), inner)

    def _alias(self, alias: ast.alias, scope: Scope) -> None:
        span = self.syntax.span(alias)
        name = alias.asname or alias.name.partition(".")[0]
        if name == "*":
            return
        start = span.end - len(name) if alias.asname else span.start
        self._bind(name, Span(start, start + len(name)), scope, alias, Role.DECLARATION)

    def _elsewhere(self, node: ast.Global | ast.Nonlocal, scope: Scope) -> None:
        whole = self.syntax.span(node)
        for name in node.names:
            scope.elsewhere[name] = isinstance(node, ast.Global)
            if isinstance(node, ast.Global):
                scope.module.bound.add(name)
            match = re.compile(rf"\b{re.escape(name)}\b").search(self.text, whole.start, whole.end)
            span = Span(*match.span()) if match is not None else None
            self._add(name, span, Role.READ, scope, node)
