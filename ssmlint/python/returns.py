"""The keys of what a function returns, where its `return` statements say so."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Union

from ssmlint.records import dataclass

Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(eq=False)
class Shape:
    """A value with all keys that it may have; a key's own shape is None where it is not known."""

    keys: dict[str, Shape | None] = field(default_factory=dict)

    def joined(self, other: Shape) -> Shape:
        """What is known of a value that is one of two."""
        keys = dict(self.keys)
        for key, shape in other.keys.items():
            if key in keys:
                mine = keys[key]
                keys[key] = None if mine is None or shape is None else mine.joined(shape)
            else:
                keys[key] = shape
        return Shape(keys)


def returned(function: Function, functions: Mapping[str, Function]) -> Shape | None:
    """What a function returns; None where that can not be told."""
    return _returned(function, functions, ())


def _returned(
    function: Function, functions: Mapping[str, Function], around: tuple[str, ...]
) -> Shape | None:
    if function.name in around or isinstance(function, ast.AsyncFunctionDef):
        return None
    nodes = tuple(_own(function))
    if any(isinstance(node, (ast.Yield, ast.YieldFrom, ast.Global)) for node in nodes):
        return None
    found = Shape()
    for node in nodes:
        if isinstance(node, ast.Return):
            reader = _Reader(function, nodes, functions, (*around, function.name))
            shape = reader.shape(node.value)
            if shape is None:
                return None
            found = found.joined(shape)
    return found


def _own(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of the functions and classes inside it."""
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))


class _Reader:
    def __init__(
        self,
        function: Function,
        nodes: tuple[ast.AST, ...],
        functions: Mapping[str, Function],
        around: tuple[str, ...],
    ) -> None:
        self._function, self._nodes = function, nodes
        self._functions, self._around = functions, around

    def shape(self, value: ast.expr | None) -> Shape | None:
        """What is known of an expression; None where nothing is."""
        match value:
            case None | ast.Constant():
                return Shape()
            case ast.Dict(keys=keys, values=values):
                return self._dictionary(keys, values)
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=pairs):
                if all(pair.arg for pair in pairs):
                    return Shape({str(pair.arg): self.shape_of_key(pair.value) for pair in pairs})
            case ast.IfExp(body=body, orelse=other):
                first, second = self.shape(body), self.shape(other)
                return first.joined(second) if first is not None and second is not None else None
            case ast.Call(func=ast.Name(id=name)) if name in self._functions:
                return _returned(self._functions[name], self._functions, self._around)
            case ast.Name(id=name):
                return self._variable(name)
        return None

    def shape_of_key(self, value: ast.expr) -> Shape | None:
        """The same for the value of a key, of which only literals are looked at."""
        return self.shape(value) if isinstance(value, ast.Dict) else None

    def _dictionary(self, keys: list[ast.expr | None], values: list[ast.expr]) -> Shape | None:
        found: dict[str, Shape | None] = {}
        for key, value in zip(keys, values, strict=True):
            if not isinstance(key, ast.Constant):
                return None
            found[str(key.value)] = self.shape_of_key(value)
        return Shape(found)

    def _variable(self, name: str) -> Shape | None:
        """A local variable that is only ever set to dictionaries and given further keys."""
        parameters = {n.arg for n in ast.walk(self._function.args) if isinstance(n, ast.arg)}
        if name in parameters:
            return None
        parents = {c: node for node in self._nodes for c in ast.iter_child_nodes(node)}
        uses = [n for n in self._nodes if isinstance(n, ast.Name) and n.id == name]
        found: Shape | None = None
        for use in uses:
            shape = self._at(use, parents.get(use), parents)
            if shape is None:
                return None
            found = shape if found is None else found.joined(shape)
        is_set = any(isinstance(use.ctx, ast.Store) for use in uses)
        inner = (n for node in self._nodes if isinstance(node, _SCOPES) for n in ast.walk(node))
        is_shared = any(isinstance(n, ast.Name) and n.id == name for n in inner)
        return found if is_set and not is_shared else None

    def _at(
        self, use: ast.Name, parent: ast.AST | None, parents: Mapping[ast.AST, ast.AST]
    ) -> Shape | None:
        """The keys that one use of a variable gives it; None where it may give it any."""
        match parent:
            case ast.Assign(targets=[target], value=value) if target is use:
                return self.shape(value) if isinstance(value, (ast.Dict, ast.Call)) else None
            case ast.AnnAssign(target=target, value=value) if target is use:
                return self.shape(value) if isinstance(value, (ast.Dict, ast.Call)) else None
            case ast.Subscript(value=value, ctx=ast.Store(), slice=key) if value is use:
                return Shape({str(key.value): None}) if isinstance(key, ast.Constant) else None
            case ast.Subscript(value=value, slice=key) if value is use:
                # `result["list"].append(...)`, or just a read.
                return Shape({str(key.value): None}) if isinstance(key, ast.Constant) else None
            case ast.Attribute(attr="update"):
                match parents.get(parent):
                    case ast.Call(args=[ast.Dict() as update], keywords=[]):
                        return self.shape(update)
                return None
            case ast.Attribute(attr="get" | "items" | "keys" | "values"):
                return Shape()
            case ast.Return() | ast.If() | ast.FormattedValue():
                return Shape()
            case ast.Call(func=ast.Name(id="print" | "len" | "str")):
                return Shape()
            case ast.Call(func=ast.Attribute(attr="dumps" | "info" | "debug")):
                return Shape()
        return None
