"""Where a JSONPath leads in the reply of an operation.

Followed are names, indices and `*`; a filter picks items of a list, and `..` may lead
anywhere.  In lists names are looked up in the items, as some libraries do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.aws.shapes import Shape
from ssmlint.records import dataclass

_PART = re.compile(
    r"\.(?P<name>[A-Za-z_][\w-]*)(?![\w(-])"
    r"|\[\s*'(?P<single>[^'\\]+)'\s*\]|\[\s*\"(?P<double>[^\"\\]+)\"\s*\]"
    r"|(?P<item>\[\s*(?:\*|-?\d+|-?\d*\s*:\s*-?\d*)\s*\]|\.\*)"
)

#: What the reply has besides what the model of the operation says.
_ALWAYS = frozenset({"ResponseMetadata"})


@dataclass(frozen=True, slots=True)
class Lost:
    """A name in a path that is not there."""

    name: str
    start: int
    """Of the name in the path, in code points."""
    end: int
    around: Shape
    """What it was looked for in."""


def lost_in(path: str, reply: Shape) -> Lost | None:
    """The first name of a path that the reply has not, None where all are there, or may be."""
    found = _followed(path, reply)
    return found if isinstance(found, Lost) else None


def shape_at(path: str, reply: Shape) -> Shape | None:
    """What a path leads to in the reply, None where it cannot be followed to its end."""
    found = _followed(path, reply)
    return found if isinstance(found, Shape) else None


def _followed(path: str, reply: Shape) -> Lost | Shape | None:
    current: Shape | None = reply
    for part in _parts(path):
        if part is None:
            return None
        name, start, end = part
        while current is not None and current.type == "list" and name is not None:
            current = current.item
        if current is None or current.is_open:
            return None
        if name is None:
            current = current.item if current.type in ("list", "map") else None
        elif current.type == "map":
            current = current.item
        elif current.type != "structure" or (current is reply and name in _ALWAYS):
            return None
        elif name not in current.members:
            return Lost(name, start, end, current)
        else:
            current = current.members[name]
    return current


def _parts(path: str) -> Iterator[tuple[str | None, int, int] | None]:
    """The names of a path, None as the name of an item; None at what can not be followed."""
    at = 1 if path.startswith("$") else 0
    while at < len(path):
        match = _PART.match(path, at) if path.startswith("$") else None
        if match is None:
            yield None
            return
        group = next((g for g in ("name", "single", "double") if match[g]), None)
        yield (match[group], *match.span(group)) if group else (None, *match.span())
        at = match.end()
