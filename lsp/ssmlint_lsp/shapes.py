"""Schemas as an editor asks them: which keys may stand here, what they mean, which values.

A place may be described by several schemas at once (references, conditions), so that a
`Shape` is a list of parts.  Conditions are decided by the scalars that are there already,
such as `action`; one that cannot be decided counts as not met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ssmlint.records import dataclass
from ssmlint.vocabulary import Vocabulary

#: The scalars of a mapping by their keys, as far as they have been written.
Known = Mapping[str, str]
NOTHING: Known = {}

#: References inside of references; no schema has more.
_MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class _Part:
    """A schema and the file that its references start from."""

    file: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Shape:
    """What may stand at one place."""

    vocabulary: Vocabulary
    parts: tuple[_Part, ...]

    def resolved(self, known: Known = NOTHING) -> Shape:
        """With references and conditions followed, for a place that has `known` scalars."""
        found: list[_Part] = []
        # What a condition adds comes behind, and is more particular.
        for part in reversed(self.parts):
            self._follow(part, known, found, 0)
        return Shape(self.vocabulary, tuple(found))

    def _follow(self, part: _Part, known: Known, found: list[_Part], depth: int) -> None:
        if depth > _MAX_DEPTH or any(part.schema is other.schema for other in found):
            return
        found.append(part)
        schema = part.schema
        below = list(schema.get("allOf", ()))
        if "if" in schema:
            branch = "then" if _holds(schema["if"], known) else "else"
            below.append(schema.get(branch))
        for one in below:
            if isinstance(one, dict):
                self._follow(_Part(part.file, one), known, found, depth + 1)
        target = self._target(part)
        if target is not None:
            self._follow(target, known, found, depth + 1)

    def _target(self, part: _Part) -> _Part | None:
        reference = part.schema.get("$ref")
        if reference is None:
            return None
        file, _, pointer = reference.partition("#")
        file = file or part.file
        schema: Any = self.vocabulary.files.get(file)
        for name in pointer.split("/")[1:]:
            schema = schema.get(name) if isinstance(schema, dict) else None
        return _Part(file, schema) if isinstance(schema, dict) else None

    # --- questions; to a shape that is resolved ---------------------------------------------

    def names(self) -> tuple[str, ...]:
        """The keys that may stand in the mapping, in the order of the schema."""
        names = (name for part in self.parts for name in part.schema.get("properties", ()))
        return tuple(name for name in dict.fromkeys(names) if not self.member(name).is_foreign)

    def member(self, key: str) -> Shape:
        """What may stand as the value of a key; without parts where nothing is known of it."""
        named = [
            _Part(part.file, part.schema["properties"][key])
            for part in self.parts
            if isinstance(part.schema.get("properties", {}).get(key), dict)
        ]
        others = [
            _Part(part.file, part.schema["additionalProperties"])
            for part in self.parts
            if isinstance(part.schema.get("additionalProperties"), dict)
        ]
        return Shape(self.vocabulary, tuple(named or others))

    def item(self) -> Shape:
        """What may stand as an item of the list."""
        found = (
            _Part(part.file, part.schema["items"])
            for part in self.parts
            if isinstance(part.schema.get("items"), dict)
        )
        return Shape(self.vocabulary, tuple(found))

    @property
    def is_foreign(self) -> bool:
        """Whether it belongs to another kind of document or policy."""
        return any(part.schema.get("not") == {} for part in self.resolved().parts)

    @property
    def is_deprecated(self) -> bool:
        """Whether it does nothing, or not here."""
        return any(part.schema.get("deprecated") is True for part in self.parts)

    @property
    def required(self) -> frozenset[str]:
        """The keys that must be there."""
        return frozenset(name for part in self.parts for name in part.schema.get("required", ()))

    @property
    def description(self) -> str:
        """What it is, in Markdown; of several descriptions the most particular."""
        found = (part.schema.get("description") for part in self.parts)
        return next((str(text) for text in found if text), "")

    @property
    def source(self) -> str:
        """The page that describes it, where the schema names one."""
        found = (str(part.schema.get("$comment", "")) for part in self.parts)
        pages = (re.search(r"https://\S+[^\s;,.]", text) for text in found)
        return next((page[0] for page in pages if page is not None), "")

    @property
    def types(self) -> tuple[str, ...]:
        """The JSON types that a value may have."""
        found: list[str] = []
        for part in self.parts:
            wanted = part.schema.get("type", ())
            found += [wanted] if isinstance(wanted, str) else wanted
        return tuple(dict.fromkeys(found))

    @property
    def values(self) -> tuple[Any, ...]:
        """The values that it may have, where they are listed."""
        for part in self.parts:
            if "const" in part.schema:
                return (part.schema["const"],)
        lists: list[list[Any]] = [p.schema["enum"] for p in self.parts if "enum" in p.schema]
        shortest: list[Any] = min(lists, key=len, default=[])
        return tuple(shortest)

    @property
    def facts(self) -> tuple[str, ...]:
        """What else is asked of a value, in a few words each."""
        return tuple(dict.fromkeys(fact for part in self.parts for fact in _facts(part.schema)))

    def choices(self, key: str) -> dict[str, Shape]:
        """The values of a key that conditions of the schema speak of, with what `then` says."""
        found: dict[str, Shape] = {}
        for part in self.parts:
            for one in part.schema.get("allOf", ()):
                value = one.get("if", {}).get("properties", {}).get(key, {}).get("const")
                if isinstance(value, str) and isinstance(one.get("then"), dict):
                    found[value] = Shape(self.vocabulary, (_Part(part.file, one["then"]),))
        return found


_AMOUNTS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
}


def _facts(schema: Mapping[str, Any]) -> Iterator[str]:
    for keyword, words in _AMOUNTS.items():
        if schema.get(keyword):
            yield words.format(schema[keyword]).replace("1 items", "1 item")


def _holds(condition: Any, known: Known) -> bool:
    """Whether a condition is met for certain."""
    if not isinstance(condition, dict) or not condition.keys() & {"required", "properties"}:
        return False
    if any(name not in known for name in condition.get("required", ())):
        return False
    asked = condition.get("properties", {}).items()
    return all(name not in known or _fits(wanted, known[name]) for name, wanted in asked)


def _fits(wanted: Any, value: str) -> bool:
    if not isinstance(wanted, dict):
        return bool(wanted)
    if "contains" in wanted:
        return _fits(wanted["contains"], value)
    if "const" in wanted:
        return bool(wanted["const"] == value)
    return "enum" in wanted and value in wanted["enum"]


def root_shape(vocabulary: Vocabulary) -> Shape:
    """What may stand as the whole document."""
    return Shape(vocabulary, (_Part(vocabulary.root, vocabulary.files[vocabulary.root]),))


def shape_at(root: Shape, keys: tuple[str | int, ...], known: tuple[Known, ...]) -> Shape:
    """The shape at the end of a way of keys and indices, resolved.

    `known` has the scalars of each node on the way, from the root to the end: one more than
    there are keys.
    """
    shape = root.resolved(known[0] if known else NOTHING)
    for depth, key in enumerate(keys, 1):
        below = shape.item() if isinstance(key, int) else shape.member(key)
        shape = below.resolved(known[depth] if depth < len(known) else NOTHING)
    return shape
