"""Whether the inputs of a call fit what the operation takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Union

from ssmlint.aws.shapes import Shape
from ssmlint.model.document import Parameter
from ssmlint.records import dataclass
from ssmlint.tree import Entry, Node, Scalar, Sequence
from ssmlint.tree import Mapping as MappingNode

#: What a container is called.
_CONTAINERS = {"list": "a list", "structure": "a mapping", "map": "a mapping"}
_NUMBERS = frozenset({"integer", "long", "float", "double"})

_REFERENCE = re.compile(r"\{\{[ \t]*([A-Za-z0-9_]+)[ \t]*\}\}")
_WHOLE = frozenset({"String", "Integer", "Boolean"})
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True, slots=True)
class UnknownMember:
    """A key that the operation does not have at that place."""

    entry: Entry
    shape: Shape
    is_inner: bool
    """Whether it stands in a member of what the operation takes."""


@dataclass(frozen=True, slots=True)
class MissingMember:
    """A key that must be there."""

    mapping: MappingNode
    name: str
    shape: Shape
    is_inner: bool
    """Whether it is missing in a member of what the operation takes."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value of another kind than the operation takes."""

    node: Node
    expected: str
    found: str


Flaw = Union[UnknownMember, MissingMember, Misfit]


def flaws(
    mapping: MappingNode,
    entries: tuple[Entry, ...],
    shape: Shape,
    parameters: Mapping[str, Parameter],
) -> Iterator[Flaw]:
    """What does not fit, outer things first; `entries` are those of the mapping that count."""
    whole = shape
    stack: list[tuple[MappingNode, tuple[Entry, ...], Shape]] = [(mapping, entries, shape)]
    while stack:
        mapping, entries, shape = stack.pop()
        if shape.is_open or any(entry.key.text == "<<" for entry in entries):
            continue
        given = {entry.key.text for entry in entries}
        for name in shape.required:
            if name not in given:
                yield MissingMember(mapping, name, shape, shape is not whole)
        for entry in entries:
            target = shape.members.get(entry.key.text)
            if target is None:
                if "{{" not in entry.key.text:
                    yield UnknownMember(entry, shape, shape is not whole)
                continue
            for node, inner in _inside(entry.value, target):
                misfit = _misfit(node, inner, parameters)
                if misfit is not None:
                    yield misfit
                elif isinstance(node, MappingNode) and inner.type == "structure":
                    stack.append((node, node.entries, inner))


def _inside(node: Node, shape: Shape) -> Iterator[tuple[Node, Shape]]:
    """A value and what stands in it, down to the next structures."""
    stack = [(node, shape)]
    while stack:
        node, shape = stack.pop()
        yield node, shape
        inner = shape.item
        if isinstance(node, Sequence) and shape.type == "list" and inner is not None:
            stack.extend((item, inner) for item in reversed(node.items))
        elif isinstance(node, MappingNode) and shape.type == "map" and inner is not None:
            stack.extend((entry.value, inner) for entry in reversed(node.entries))


def _misfit(node: Node, shape: Shape, parameters: Mapping[str, Parameter]) -> Misfit | None:
    expected = _CONTAINERS.get(shape.type)
    if shape.is_open or not shape.type:
        return None
    if isinstance(node, Scalar):
        found = _scalar_misfit(node, shape, parameters)
        return Misfit(node, expected or f"a value of type {shape.type}", found) if found else None
    found = "a list" if isinstance(node, Sequence) else "a mapping"
    if found == expected:
        return None
    return Misfit(node, expected or f"a value of type {shape.type}", found)


def _scalar_misfit(node: Scalar, shape: Shape, parameters: Mapping[str, Parameter]) -> str | None:
    """What a scalar is that does not fit, None where it does, or may."""
    text = node.text.strip()
    reference = _REFERENCE.fullmatch(text)
    if reference is not None:
        parameter = parameters.get(reference[1])
        if parameter is None or parameter.type not in _WHOLE or shape.type not in _CONTAINERS:
            return None
        return f"a `{parameter.type}`"
    if "{{" in text or node.value is None:
        return None
    if shape.type in _CONTAINERS:
        # JSON in a string may be read as what it says.
        return None if text[:1] in ("[", "{", "") else "a single value"
    if shape.type == "boolean" and text.lower() not in ("true", "false"):
        return f"`{text}`"
    if shape.type in _NUMBERS and not _NUMBER.fullmatch(text):
        return f"`{text}`"
    return None
