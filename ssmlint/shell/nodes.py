"""Going through a tree of statements, whatever kinds of nodes it consists of."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from ssmlint.records import dataclass
from ssmlint.source import Span

Tree = TypeVar("Tree")


class Node:
    """A part of the tree, which finds what it consists of only once: see `children`."""

    __slots__ = ("_children",)


#: Fields that hold no part of a tree, by the name of their type.
_PLAIN = frozenset({"Span", "str", "bool", "int | None", "str | None", "tuple[str, ...]"})


#: What a leaf consists of; most nodes are leaves.
_NOTHING: list[Any] = []


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the fields of a kind of node hold; the others hold nothing of a tree, and no place."""

    branches: tuple[tuple[str, bool], ...]
    """The fields with parts of the tree, and whether each holds nodes, and never None."""
    values: Callable[[Any], tuple[Any, ...]]
    spans: tuple[int, ...]
    """Numbers of the fields that are a place, one node, or several."""
    single: tuple[int, ...]
    several: tuple[int, ...]


@functools.cache
def _shape_of(kind: type[Any]) -> _Shape:
    names = tuple(item.name for item in fields(kind))
    types = [str(item.type) for item in fields(kind)]
    nodes = [at for at, type_ in enumerate(types) if type_ not in _PLAIN]
    several = tuple(at for at in nodes if types[at].startswith(("tuple[", "Block")))
    return _Shape(
        tuple((names[at], at in several and "None" not in types[at]) for at in nodes),
        attrgetter(*names),
        tuple(at for at, type_ in enumerate(types) if type_ == "Span"),
        tuple(at for at in nodes if at not in several),
        several,
    )


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
    branches = _shape_of(kind).branches
    if not branches:
        return _NOTHING
    found: list[Any] = []
    for name, holds_nodes in branches:
        value = getattr(node, name)
        if holds_nodes:
            found += value
        elif type(value) is tuple:
            found += [part for part in value if part is not None]
        elif value is not None:
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


def moved_span(span: Span, by: int) -> Span:
    """The span, so many code points further on."""
    return Span(span.start + by, span.end + by)


def moved(block: tuple[Tree, ...], by: int) -> tuple[Tree, ...]:
    """Copies of statements, so many code points further on."""
    return tuple([_moved(node, by) for node in block])


def _moved(node: Any, by: int) -> Any:
    kind: Any = type(node)
    shape = _shape_of(kind)
    values = [*shape.values(node)]
    for at in shape.spans:
        values[at] = moved_span(values[at], by)
    for at in shape.single:
        if values[at] is not None:
            values[at] = _moved(values[at], by)
    for at in shape.several:
        if values[at]:
            values[at] = tuple([None if node is None else _moved(node, by) for node in values[at]])
    return kind(*values)
