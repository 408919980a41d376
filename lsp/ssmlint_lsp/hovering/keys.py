"""What a key of a document or policy means, and the values that it may have."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.document import SsmDocument
from ssmlint.model.policy import LifecyclePolicy
from ssmlint.source import Span
from ssmlint.tree import Mapping, Node, Scalar, Sequence
from ssmlint.vocabulary import Vocabulary, vocabulary_of_document, vocabulary_of_policy
from ssmlint_lsp.cursor import Place, place_at
from ssmlint_lsp.hovering.types import Hover, joined, quoted
from ssmlint_lsp.shapes import Known, Shape, root_shape, shape_at

#: Texts of more lines than this are no values that a key's description explains.
_ONE_LINE = 1


def hover(facts: Facts, offset: int) -> Hover | None:
    """The hover over a key, or over a value on one line."""
    for root, vocabulary in _described(facts):
        place = place_at(root, offset)
        if place is not None and place.scalar is not None:
            return _of_place(facts, place, root_shape(vocabulary))
    return None


def _described(facts: Facts) -> Iterator[tuple[Node, Vocabulary]]:
    for document in facts.of(SsmDocument):
        found = vocabulary_of_document(document.kind, document.schema_version)
        if found is not None:
            yield document.root, found
    for policy in facts.of(LifecyclePolicy):
        found = vocabulary_of_policy(policy.form, policy.kind)
        if found is not None:
            yield policy.root, found


def _of_place(facts: Facts, place: Place, root: Shape) -> Hover | None:
    scalar = place.scalar
    if scalar is None or not place.entries:
        return None
    known = tuple(known_of(node) for node in place.around)
    shape = shape_at(root, place.keys, known)
    entry = place.entries[-1]
    if place.on_key:
        return _hover(entry.key.text, shape, scalar.span, _is_required(root, place, known))
    if len(scalar.text.splitlines()) > _ONE_LINE:
        return None
    chosen = _chosen(root, place, known, scalar)
    if chosen is not None:
        return Hover(scalar.span, chosen)
    return _hover(entry.key.text, shape, scalar.span, False)


def known_of(node: Node) -> Known:
    """The scalars of a mapping by their keys; of a list of scalars the first."""
    if not isinstance(node, Mapping):
        return {}
    found: dict[str, str] = {}
    for entry in node.entries:
        match entry.value:
            case Scalar(text=text) | Sequence(items=(Scalar(text=text), *_)):
                found[entry.key.text] = text
    return found


def _is_required(root: Shape, place: Place, known: tuple[Known, ...]) -> bool:
    above = shape_at(root, place.keys[:-1], known)
    return place.keys[-1] in above.required


def _chosen(root: Shape, place: Place, known: tuple[Known, ...], scalar: Scalar) -> str | None:
    """What a value means that decides about other keys, such as an action."""
    if not isinstance(place.keys[-1], str):
        return None
    above = shape_at(root, place.keys[:-1], known)
    chosen = above.choices(place.keys[-1]).get(scalar.text)
    if chosen is None:
        return None
    below = [chosen.resolved().member(key).resolved() for key in chosen.resolved().names()]
    described = next((shape for shape in below if shape.description), None)
    if described is None:
        return None
    return joined(f"**{scalar.text}**", described.description, _page(described))


def _hover(key: str, shape: Shape, span: Span, is_required: bool) -> Hover | None:
    text = described(key, shape, is_required)
    return Hover(span, text) if text else None


def described(key: str, shape: Shape, is_required: bool = False) -> str:
    """What a schema says of a key, in Markdown; empty where that is nothing."""
    if not shape.parts or not (shape.description or shape.values):
        return ""
    types = " or ".join(shape.types)
    head = f"**{key}**" + f" ({types})" * bool(types) + ", required" * is_required
    values = ", ".join(quoted(str(value)) for value in shape.values)
    asked = ", ".join(shape.facts)
    return joined(
        head + ", without effect" * shape.is_deprecated,
        shape.description,
        f"One of {values}." if len(shape.values) > 1 else "",
        f"{asked[0].upper()}{asked[1:]}." if asked else "",
        _page(shape),
    )


def _page(shape: Shape) -> str:
    return f"[Reference]({shape.source})" if shape.source else ""
