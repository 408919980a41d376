"""The function of a Python script that `aws:executeScript` calls.

It is called with two arguments, the step's `InputPayload` and a context (Systems Manager
User Guide, `aws:executeScript`: "You must ensure the function defined in the handler has
two parameters, `events` and `context`").
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from typing import Union

from ssmlint.python.names import makes_names
from ssmlint.python.payload import PayloadUse, payload_use
from ssmlint.python.returns import Shape, returned
from ssmlint.python.syntax import PythonSyntax
from ssmlint.records import dataclass
from ssmlint.source import Span

Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]

_ARGUMENTS = 2


@dataclass(eq=False)
class Handler:
    """A name that the step calls, with what the script says about it."""

    name: str
    syntax: PythonSyntax
    functions: dict[str, Function]
    """The functions of the module by name; of several the last."""
    names: tuple[str, ...]
    """Every name that the module binds at its top."""
    may_come_from_elsewhere: bool
    """Whether names may be bound that stand nowhere: by `from x import *`, by `exec`."""

    @property
    def is_bound(self) -> bool:
        """Whether the module binds the name."""
        return self.name in self.names

    @property
    def function(self) -> Function | None:
        """Its definition; None where there is none, or where it is bound in another way, too."""
        found = self.functions.get(self.name)
        return found if self.names.count(self.name) == 1 else None

    @property
    def span(self) -> Span | None:
        """Where the function is named in its definition (code points of the script)."""
        if self.function is None:
            return None
        start = self.syntax.span(self.function).start
        word = "async def " if isinstance(self.function, ast.AsyncFunctionDef) else "def "
        return Span(start + len(word), start + len(word) + len(self.name))

    @property
    def takes_two(self) -> bool:
        """Whether it can be called with two arguments; True where that is not known."""
        if self.function is None or self.function.decorator_list:
            return True
        arguments = self.function.args
        positional = [*arguments.posonlyargs, *arguments.args]
        needed = len(positional) - len(arguments.defaults)
        most = len(positional) if arguments.vararg is None else _ARGUMENTS
        missing = [d for d in arguments.kw_defaults if d is None]
        return needed <= _ARGUMENTS <= max(most, needed) and not missing

    @functools.cached_property
    def payload(self) -> PayloadUse | None:
        """What it does with its first argument; None where that is not known."""
        if self.function is None or self.function.decorator_list:
            return None
        positional = [*self.function.args.posonlyargs, *self.function.args.args]
        if not positional:
            return None
        return payload_use(self.function, positional[0].arg, self.functions)

    @functools.cached_property
    def returned(self) -> Shape | None:
        """The keys of what it returns; None where that is not known."""
        if self.function is None or self.function.decorator_list:
            return None
        return returned(self.function, self.functions)


def handler_of(syntax: PythonSyntax, name: str) -> Handler | None:
    """What a script says about the name; None where the script can not be read."""
    if syntax.tree is None:
        return None
    nodes = tuple(_top(syntax.tree.body))
    functions = {n.name: n for n in nodes if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))}
    stars = any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in nodes)
    names = tuple(name for node in nodes for name in _bound(node))
    return Handler(name, syntax, functions, names, stars or makes_names(syntax.tree))


def _top(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those inside `if`, `try`, `for` and `with` included."""
    stack: list[ast.stmt] = list(reversed(body))
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.stmt):
                stack.append(inner)
            elif isinstance(inner, (ast.ExceptHandler, ast.match_case)):
                stack.extend(inner.body)


def _bound(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield (alias.asname or alias.name).partition(".")[0]
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign() | ast.For() | ast.With():
            for inner in ast.walk(node):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    yield inner.id
