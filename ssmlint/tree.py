"""One kind of node for YAML and JSON: what was written, what it means, where it stands.

The tree keeps what a loader throws away: the span of every key and value, the style of
every scalar, the earlier of two equal keys.  `Scalar.text` is what was written (after
unquoting), `Scalar.value` what a YAML 1.1 or JSON reader makes of it, so that a rule can
see that `schemaVersion: 2.2` is a number and `enabled: yes` a boolean.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import field
from typing import Any, Union

from ssmlint.records import dataclass
from ssmlint.source import Source, Span

#: Collections inside collections.  No document comes near; every reader behind us that
#: recurses (plain data for a schema, say) stays safe.
MAX_DEPTH = 200
#: Nodes of a file, counting what an alias stands for each time it is used.
MAX_NODES = 250_000


class Style(enum.Enum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "single-quoted"
    DOUBLE = "double-quoted"
    LITERAL = "literal"
    FOLDED = "folded"
    JSON = "json"


ScalarValue = Union[str, int, float, bool, None]


@dataclass(eq=False, slots=True)
class Scalar:
    """A leaf.  `span` covers the written form, quotes and block header included."""

    span: Span
    text: str
    style: Style
    value: ScalarValue
    tag: str | None = None

    @property
    def is_string(self) -> bool:
        """Whether a reader of the file sees a string here."""
        return isinstance(self.value, str)


@dataclass(eq=False, slots=True)
class Sequence:
    """An ordered list of nodes."""

    span: Span
    items: tuple[Node, ...]
    tag: str | None = None

    def __iter__(self) -> Iterator[Node]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(eq=False, slots=True)
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: Node

    @property
    def span(self) -> Span:
        """From the start of the key to the end of the value."""
        return Span(self.key.span.start, max(self.key.span.end, self.value.span.end))


@dataclass(eq=False, slots=True)
class Mapping:
    """Key-value pairs in the order they were written, equal keys included."""

    span: Span
    entries: tuple[Entry, ...]
    tag: str | None = None
    _by_key: dict[str, Entry] | None = field(default=None, repr=False)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def entry(self, key: str) -> Entry | None:
        """The entry of `key`; of equal keys the last, as JSON and YAML readers take it."""
        if self._by_key is None:
            self._by_key = {entry.key.text: entry for entry in self.entries}
        return self._by_key.get(key)

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None where it is absent."""
        entry = self.entry(key)
        return None if entry is None else entry.value

    def get_scalar(self, key: str) -> Scalar | None:
        """The value of `key` where it is a scalar, else None."""
        value = self.get(key)
        return value if isinstance(value, Scalar) else None

    def get_mapping(self, key: str) -> Mapping | None:
        """The value of `key` where it is a mapping, else None."""
        value = self.get(key)
        return value if isinstance(value, Mapping) else None

    def get_sequence(self, key: str) -> Sequence | None:
        """The value of `key` where it is a sequence, else None."""
        value = self.get(key)
        return value if isinstance(value, Sequence) else None


Node = Union[Scalar, Sequence, Mapping]


@dataclass(frozen=True, slots=True)
class TreeProblem:
    """Something that the YAML or JSON reader itself objects to.

    `kind` is the name of the rule that reports it (`syntax-error`, `duplicate-key` ...).
    """

    kind: str
    span: Span
    message: str
    related: tuple[tuple[Span, str], ...] = ()


@dataclass(eq=False, slots=True)
class Tree:
    """What a file holds: usually one root, several for a YAML stream of documents."""

    source: Source
    format: str
    """`yaml` or `json`."""
    roots: tuple[Node, ...]
    problems: tuple[TreeProblem, ...] = ()
    broken: bool = False
    """Whether a syntax error cut the reading short; `roots` then hold what came before."""


def walk(node: Node) -> Iterator[Node]:
    """Every node below and including `node`, in the order of the file.

    Does not recurse, so the depth of the file is no matter.
    """
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        yield current
        match current:
            case Sequence():
                stack.extend(reversed(current.items))
            case Mapping():
                for entry in reversed(current.entries):
                    stack.append(entry.value)
                    stack.append(entry.key)


def scalars(node: Node) -> Iterator[Scalar]:
    """Every scalar *value* below and including `node` (keys left out), in file order."""
    stack: list[Node] = [node]
    while stack:
        current = stack.pop()
        match current:
            case Scalar():
                yield current
            case Sequence():
                stack.extend(reversed(current.items))
            case Mapping():
                stack.extend(entry.value for entry in reversed(current.entries))


def plain(node: Node) -> Any:
    """The node as Python data, as a service that reads the file would see it."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}


def resolve(node: Node, path: tuple[str | int, ...]) -> Node | None:
    """The node that a path of keys and indices leads to, or None."""
    current: Node | None = node
    for part in path:
        match current:
            case Mapping():
                current = current.get(str(part))
            case Sequence() if isinstance(part, int) and part < len(current.items):
                current = current.items[part]
            case _:
                return None
    return current
