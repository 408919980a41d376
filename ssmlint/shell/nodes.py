"""Going through a tree of statements, whatever kinds of nodes it consists of."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any


class Node:
    """A part of the tree, which finds what it consists of only once: see `children`."""

    __slots__ = ("_children",)


#: Fields that hold no part of a tree, by the name of their type.
_PLAIN = frozenset({"Span", "str", "bool", "int | None", "str | None", "tuple[str, ...]"})


#: What a leaf consists of; most nodes are leaves.
_NOTHING: list[Any] = []


@functools.cache
def _branches(kind: type[Any]) -> tuple[tuple[str, bool], ...]:
    """The fields that hold parts of the tree, and whether each holds nodes and nothing else."""
    return tuple(
        (item.name, _holds_nodes(item.type)) for item in fields(kind) if item.type not in _PLAIN
    )


def _holds_nodes(annotation: Any) -> bool:
    return annotation == "Block" or (annotation.startswith("tuple[") and "None" not in annotation)


def children(node: Any) -> list[Any]:
    """The parts of a statement, word or expression, in order of their fields; not to be changed."""
    try:
        known: list[Any] = node._children
        return known
    except AttributeError:
        found = node._children = _parts_of(node)
        return found


def _parts_of(node: Any) -> list[Any]:
    kind: Any = type(node)
    branches = _branches(kind)
    if not branches:
        return _NOTHING
    found: list[Any] = []
    for name, holds_nodes in branches:
        value = getattr(node, name)
        if holds_nodes:
            found += value
        elif type(value) is tuple:
            found += [e for e in value if e is not None and type(e) is not str]
        elif value is not None and type(value) is not str:
            found.append(value)
    return found


def walk(node: Any) -> Iterator[Any]:
    """`node` and everything below it, parents before children."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        below = children(current)
        if below:
            stack.extend(reversed(below))


def walk_block(block: Iterable[Node]) -> Iterator[Any]:
    """Every node of every statement of a block."""
    for statement in block:
        yield from walk(statement)
