"""Collections of a sketch while they are being filled, and what becomes of them."""

from __future__ import annotations

from dataclasses import field

from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.tree import Entry, Mapping, Node, Scalar, Sequence, Style
from ssmlint.yaml_tree import plain_value

#: Collections inside collections; deeper ones are left out.
MAX_DEPTH = 60


@dataclass(eq=False, slots=True)
class Open:
    """A collection that is being filled; `column` is where its keys or dashes stand."""

    column: int
    is_mapping: bool
    start: int
    end: int
    entries: list[tuple[Scalar, Open | Node | None]] = field(default_factory=list)
    items: list[Open | Node | None] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        """Whether its last key or item has no value yet."""
        if self.is_mapping:
            return bool(self.entries) and self.entries[-1][1] is None
        return bool(self.items) and self.items[-1] is None

    def give(self, value: Open | Node) -> None:
        """The value of the last key or item."""
        if self.is_mapping:
            self.entries[-1] = (self.entries[-1][0], value)
        else:
            self.items[-1] = value


def scalar(start: int, end: int, text: str, style: Style) -> Scalar:
    """A scalar whose text is `text`, written at `[start, end)`."""
    value = plain_value(text) if style is Style.PLAIN else text
    return Scalar(Span(start, end), text, style, value)


def closed(node: Open | Node | None, at: int) -> Node:
    """The node without what is only needed while it is filled; depth is bounded."""
    if node is None:
        return Scalar(Span(at, at), "", Style.PLAIN, None)
    if not isinstance(node, Open):
        return node
    if node.is_mapping:
        entries = tuple(Entry(key, closed(value, key.span.end)) for key, value in node.entries)
        end = max([node.end, *(entry.span.end for entry in entries)])
        return Mapping(Span(node.start, end), entries)
    items = tuple(closed(item, node.end) for item in node.items)
    return Sequence(Span(node.start, max([node.end, *(i.span.end for i in items)])), items)
