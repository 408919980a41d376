"""What stands at an offset of a file: the nodes around it, and the script that it is in.

A place *touches* what ends right before it, too: a cursor behind the last letter of a word
is on that word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.embedded import Script
from ssmlint.engine import Facts
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.units import Unit
from ssmlint.source import Span
from ssmlint.tree import Entry, Mapping, Node, Scalar, Sequence


def touches(span: Span, offset: int) -> bool:
    """Whether an offset (code points) is in a span or right behind it."""
    return span.start <= offset <= span.end


@dataclass(frozen=True, eq=False)
class Place:
    """An offset in the tree of a file."""

    offset: int
    around: tuple[Node, ...]
    """The nodes that the offset touches, outermost first."""
    keys: tuple[str | int, ...]
    """The keys and indices that lead from the root to the last of them."""
    entries: tuple[Entry, ...]
    """The entries on that way, outermost first."""
    on_key: bool = False
    """Whether it is the key of the last entry that the offset touches."""

    @property
    def scalar(self) -> Scalar | None:
        """The scalar, key or value, that the offset touches."""
        last = self.around[-1]
        return last if isinstance(last, Scalar) else None

    @property
    def mapping(self) -> Mapping | None:
        """The innermost mapping; of a key, the one that it belongs to."""
        return next((node for node in reversed(self.around) if isinstance(node, Mapping)), None)


def place_at(root: Node, offset: int) -> Place | None:
    """The place of an offset in the tree below `root`, None where it is outside of it."""
    if not touches(root.span, offset):
        return None
    around: list[Node] = [root]
    keys: list[str | int] = []
    entries: list[Entry] = []
    node: Node | None = root
    while node is not None:
        step = _into(node, offset)
        if step is None:
            break
        key, entry, node = step
        keys.append(key)
        if entry is not None:
            entries.append(entry)
        around.append(node)
        if entry is not None and node is entry.key:
            return Place(offset, tuple(around), tuple(keys), tuple(entries), on_key=True)
    return Place(offset, tuple(around), tuple(keys), tuple(entries))


def _into(node: Node, offset: int) -> tuple[str | int, Entry | None, Node] | None:
    """The child that an offset touches; what holds it goes before what ends there."""
    found = [child for child in _children(node) if touches(child[2].span, offset)]
    inside = (child for child in found if offset in child[2].span)
    return next(inside, found[0] if found else None)


def _children(node: Node) -> Iterator[tuple[str | int, Entry | None, Node]]:
    match node:
        case Mapping():
            for entry in node.entries:
                yield entry.key.text, entry, entry.key
                yield entry.key.text, entry, entry.value
        case Sequence():
            for index, item in enumerate(node.items):
                yield index, None, item


def place_in(facts: Facts, offset: int) -> Place | None:
    """The place of an offset in a file, None where nothing of the tree is there."""
    places = (place_at(root, offset) for root in facts.file.tree.roots)
    return next((place for place in places if place is not None), None)


# --- scripts ------------------------------------------------------------------------------


def script_index(script: Script, offset: int) -> int | None:
    """The offset in the script that an offset of the file touches."""
    found = script.index(offset)
    if found is None and offset > 0:
        before = script.index(offset - 1)
        found = None if before is None else before + 1
    return found


@dataclass(frozen=True, eq=False)
class ShellPlace:
    """An offset in a shell script."""

    shell: ShellScript
    at: int
    """The offset in the script, in code points."""
    unit: Unit
    """The text that a shell reads there: the script, or one inside of it."""
    nodes: tuple[Any, ...]
    """The nodes of that text that the offset touches, outermost first."""

    def span(self, node: Any) -> Span:
        """The span in the file of one of the nodes."""
        return self.shell.place(self.unit.place(node.span))


def shell_place(facts: Facts, offset: int) -> ShellPlace | None:
    """The place of an offset of the file in one of its shell scripts."""
    for shell in facts.of(ShellScript):
        at = script_index(shell.script, offset)
        if at is not None:
            unit = _innermost(shell, at)
            return ShellPlace(shell, at, unit, _nodes(unit, at))
    return None


def _innermost(shell: ShellScript, at: int) -> Unit:
    found = shell.main
    for unit in shell.units:
        if unit.start is not None and touches(Span(unit.start, unit.start + len(unit.text)), at):
            found = unit
    return found


def _nodes(unit: Unit, at: int) -> tuple[Any, ...]:
    here = at - (unit.start or 0)
    return tuple(node for node in unit.index.nodes if touches(node.span, here))
