"""Completing keys, and the values that a schema lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.model.document import DocumentKind
from ssmlint.model.policy import PolicyForm, PolicyKind
from ssmlint.tree import Node
from ssmlint.vocabulary import vocabulary_of_document, vocabulary_of_policy
from ssmlint.yaml_tree import plain_value
from ssmlint_lsp.completing.spots import MARK, Spot, scalar_texts
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal
from ssmlint_lsp.cursor import place_at
from ssmlint_lsp.hovering.keys import described, known_of
from ssmlint_lsp.shapes import Known, Shape, root_shape, shape_at

#: Types of parameters (Systems Manager user guide, "Data elements and parameters").
_TYPES = {
    DocumentKind.COMMAND: ("String", "StringList", "StringMap"),
    DocumentKind.SESSION: ("String", "StringList"),
    DocumentKind.AUTOMATION: (
        "String",
        "StringList",
        "Integer",
        "Boolean",
        "MapList",
        "StringMap",
    ),
}


class Schemas:
    """What the schemas say of the place of a cursor."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        self.place = None
        shape, root = _root(spot)
        if shape is not None and root is not None:
            self.place = place_at(root, spot.word.start)
        self._shape = shape
        around: tuple[Node, ...] = self.place.around if self.place is not None else ()
        self._known: tuple[Known, ...] = tuple(_without_mark(known_of(node)) for node in around)

    def _at(self, keys: tuple[str | int, ...]) -> Shape | None:
        return None if self._shape is None else shape_at(self._shape, keys, self._known)

    def candidates(self) -> Iterator[Candidate]:
        """Keys, or values, or both where it is not clear yet what comes."""
        place = self.place
        if self._shape is None:
            yield from self._first_keys()
        if place is None or self.spot.in_text:
            return
        if place.on_key:
            above = self._at(place.keys[:-1])
            if above is not None and place.mapping is not None:
                yield from self._keys(above, scalar_texts(place.mapping))
            return
        shape = self._at(place.keys)
        if shape is None:
            return
        yield from self._values(shape)
        if self.spot.starts_line and not self.spot.is_json:
            yield from self._keys(shape, ())
            if "array" in shape.types and shape.item().parts and not self._is_item:
                yield from self._keys(shape.item().resolved(), (), dash="- ")

    def _first_keys(self) -> Iterator[Candidate]:
        """The keys of everything there is, where nothing says yet what it will be."""
        place = self.spot.place
        at_top = place is not None and (place.on_key or not place.keys) and len(place.keys) < 2
        if place is None or not at_top or self.spot.in_text:
            return
        present = scalar_texts(place.mapping) if place.mapping is not None else ()
        found = [
            vocabulary_of_document(DocumentKind.COMMAND, "2.2"),
            vocabulary_of_document(DocumentKind.AUTOMATION, "0.3"),
            vocabulary_of_policy(PolicyForm.CREATE, PolicyKind.SNAPSHOTS_OF_INSTANCES),
            vocabulary_of_policy(PolicyForm.DETAILS, PolicyKind.SNAPSHOTS_OF_INSTANCES),
        ]
        for vocabulary in found:
            shape = root_shape(vocabulary).resolved() if vocabulary is not None else None
            # Any other file of YAML is none of our business.
            if shape is not None and set(present) <= set(shape.names()):
                yield from self._keys(shape, present)

    @property
    def _is_item(self) -> bool:
        keys = self.place.keys if self.place is not None else ()
        return bool(keys) and isinstance(keys[-1], int)

    # --- keys -------------------------------------------------------------------------------

    def _keys(self, shape: Shape, present: tuple[str, ...], dash: str = "") -> Iterator[Candidate]:
        for key in shape.names():
            if key in present or key == "$schema":
                continue
            member = shape.member(key).resolved()
            is_required = key in shape.required
            yield Candidate(
                key,
                CandidateKind.KEY,
                dash + self._key_text(key, member),
                self._span(),
                detail=" or ".join(member.types),
                about=described(key, member, is_required),
                typed=self._typed(key),
                rank=9 if member.is_deprecated else 1 if is_required else 3,
                is_deprecated=member.is_deprecated,
            )

    def _span(self) -> Any:
        return self.spot.quoted or self.spot.word

    def _typed(self, label: str) -> str:
        """What the editor compares with the text in the span."""
        quoted = self.spot.quoted
        return f"{self.spot.text[quoted.start]}{label}" if quoted is not None else ""

    def _key_text(self, key: str, shape: Shape) -> str:
        spot = self.spot
        quote = '"' if spot.is_json else ""
        if spot.quoted is not None and not quote:
            quote = spot.text[spot.quoted.start]
        written = f"{quote}{literal(key)}{quote}"
        if self._has_colon():
            return written
        return (
            f"{written}: {self._begun(shape)}"
            if self._is_scalar(shape)
            else self._nested(written, shape)
        )

    def _has_colon(self) -> bool:
        end = self._span().end
        return self.spot.text[end : end + 3].lstrip(" \t").startswith(":")

    def _is_scalar(self, shape: Shape) -> bool:
        return not {"object", "array"} & set(shape.types[:1])

    def _begun(self, shape: Shape) -> str:
        if self.spot.is_json and shape.types[:1] not in (("integer",), ("boolean",), ("number",)):
            return '"$0"'
        return "$0"

    def _nested(self, written: str, shape: Shape) -> str:
        is_list = shape.types[:1] == ("array",)
        if self.spot.is_json or self.spot.is_flow:
            return f"{written}: [$0]" if is_list else f"{written}: {{$0\\}}"
        # The editor indents further lines as the one at the cursor, where dashes may stand.
        deeper = " " * (self.spot.column - len(self.spot.indent) + 2)
        return f"{written}:\n{deeper}- $0" if is_list else f"{written}:\n{deeper}$0"

    # --- values -----------------------------------------------------------------------------

    def _values(self, shape: Shape) -> Iterator[Candidate]:
        place = self.place
        if place is None or not place.keys:
            return
        for value in shape.values:
            yield self.value(value, about=shape.description)
        if not shape.values and shape.types == ("boolean",):
            yield self.value(True, about=shape.description)
            yield self.value(False, about=shape.description)
        if isinstance(place.keys[-1], str):
            yield from self._choices(place.keys[-1])
        yield from self._types()

    def _choices(self, key: str) -> Iterator[Candidate]:
        """Values that decide about other keys: actions."""
        above = self._at(self.place.keys[:-1]) if self.place is not None else None
        for value, chosen in (above.choices(key) if above is not None else {}).items():
            then = chosen.resolved()
            below = [then.member(name).resolved() for name in then.names()]
            about = next((shape.description for shape in below if shape.description), "")
            kind = CandidateKind.ACTION if key == "action" else CandidateKind.VALUE
            yield self.value(value, about=about, kind=kind)

    def _types(self) -> Iterator[Candidate]:
        document = self.spot.document
        match self.place.keys if self.place is not None else ():
            case ("parameters" | "variables", _, "type") if document is not None:
                for name in _TYPES[document.kind]:
                    yield self.value(name)

    def value(
        self,
        value: Any,
        about: str = "",
        kind: CandidateKind = CandidateKind.VALUE,
        detail: str = "",
        rank: int = 2,
    ) -> Candidate:
        """A value, quoted as it has to be."""
        label = value if isinstance(value, str) else str(value).lower()
        text = self._written(value, label)
        span = self._span()
        return Candidate(label, kind, text, span, detail, about, self._typed(label), rank)

    def _written(self, value: Any, label: str) -> str:
        spot = self.spot
        if spot.quoted is not None:
            quote = spot.text[spot.quoted.start]
            return f"{quote}{literal(label)}{quote}"
        if not isinstance(value, str):
            return label
        if spot.is_json:
            return f'"{literal(label)}"'
        is_text = isinstance(plain_value(value), str)
        return literal(label) if is_text else f"'{literal(label)}'"


def _root(spot: Spot) -> tuple[Shape | None, Node | None]:
    if spot.policy is not None:
        found = vocabulary_of_policy(spot.policy.form, spot.policy.kind)
        return (None if found is None else root_shape(found)), spot.policy.root
    if spot.document is not None:
        document = spot.document
        version = document.schema_version.replace(MARK, "")
        found = vocabulary_of_document(document.kind, version)
        return (None if found is None else root_shape(found)), document.root
    return None, None


def _without_mark(known: Known) -> Known:
    return {key: text for key, text in known.items() if MARK not in key and MARK not in text}
