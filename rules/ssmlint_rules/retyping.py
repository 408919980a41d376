"""Writing a value as its schema wants it, with the same letters, as a fix. No rule."""

from __future__ import annotations

from ssmlint.restructuring import in_list, out_of_list
from ssmlint.rule import Edit
from ssmlint.source import Source
from ssmlint.tree import Mapping, Scalar, Sequence
from ssmlint_rules.edits import quoted, unquoted
from ssmlint_rules.structure import StructureError


def as_wanted(source: Source, error: StructureError) -> Edit | None:
    """Quotes around a value or none, a list of it or no list; None where that is no way."""
    wanted, node = error.schema.get("type", ()), error.node
    types = {wanted} if isinstance(wanted, str) else set(wanted)
    parent = error.parent if isinstance(error.parent, Mapping) else None
    entry = parent.entry(str(error.path[-1])) if parent is not None else None
    if isinstance(node, Sequence) and types == {"string"}:
        return out_of_list(source, entry) if entry else None
    if not isinstance(node, Scalar):
        return None
    if "array" in types and node.is_string:
        return in_list(source, parent, entry) if parent and entry else None
    if types == {"string"}:
        return quoted(source, node)
    is_boolean = node.text.casefold() in ("true", "false")
    return unquoted(node) if types == {"boolean" if is_boolean else "integer"} else None
