"""Names that a Python script uses and that nothing defines.

pyflakes knows the scopes: modules, functions, classes, comprehensions, `global`, `del`,
`try` around an import.  Where names may come from what it can not see (`exec`,
`globals()["x"] = ...`) nothing is said, nor where it says nothing (`from x import *`).
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import Any

from ssmlint.embedded import MASK
from ssmlint.python.syntax import PythonSyntax
from ssmlint.records import dataclass
from ssmlint.source import Position, Span

#: What may make names that stand nowhere.
_MAKES_NAMES = frozenset({"exec", "globals", "locals", "vars", "__builtins__", "builtins"})

#: Packages that the runtime of `aws:executeScript` brings besides the standard library.
_INSTALLED = frozenset({"boto3", "botocore"})


@dataclass(frozen=True, slots=True)
class UndefinedName:
    """A use of a name; `span` is in the script (code points)."""

    name: str
    span: Span
    is_local: bool
    """Whether the function assigns it, but only further down."""
    known: tuple[str, ...]
    """Names that the script defines."""

    @property
    def is_module(self) -> bool:
        """Whether `import` of just this name is what is missing."""
        return self.name in sys.stdlib_module_names or self.name in _INSTALLED


def undefined_names(syntax: PythonSyntax, text: str) -> tuple[UndefinedName, ...]:
    """The names that are used and that nothing defines, in order; never raises."""
    if syntax.tree is None or makes_names(syntax.tree):
        return ()
    try:
        found = list(_messages(syntax.tree))
    except RecursionError:
        return ()
    known = tuple(sorted({name for node in ast.walk(syntax.tree) for name in _bound(node)}))
    names: list[UndefinedName] = []
    for message, is_local in found:
        name = str(message.message_args[0])
        start = syntax.lines.offset(Position(message.lineno - 1, message.col), "utf-8")
        span = Span(start, start + len(name))
        # An annotation in quotes is read by pyflakes and by nobody at run time.
        if MASK not in name and text[span.start : span.end] == name:
            names.append(UndefinedName(name, span, is_local, known))
    return tuple(sorted(names, key=lambda found: found.span))


def _messages(tree: ast.Module) -> Iterator[tuple[Any, bool]]:
    from pyflakes import checker, messages

    for message in checker.Checker(tree, withDoctest=False).messages:
        if isinstance(message, (messages.UndefinedName, messages.UndefinedLocal)):
            yield message, isinstance(message, messages.UndefinedLocal)


def makes_names(tree: ast.Module) -> bool:
    """Whether the script may bind names that stand nowhere in it."""
    return any(isinstance(node, ast.Name) and node.id in _MAKES_NAMES for node in ast.walk(tree))


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield (alias.asname or alias.name).partition(".")[0]
        case ast.ExceptHandler(name=str(name)):
            yield name
