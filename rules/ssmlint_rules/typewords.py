"""Words for the types of values, as a person who wrote the file would call them. No rule."""

from __future__ import annotations

from ssmlint.source import Source
from ssmlint.tree import Mapping, Node, Scalar, Sequence
from ssmlint_rules.structure import StructureError

_WORDS = {
    "string": "a string",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "object": "a mapping",
    "array": "a list",
}


def expected_type(error: StructureError) -> str:
    """What the schema wants, such as `a list of strings`."""
    types = error.schema.get("type", "string")
    names = [types] if isinstance(types, str) else list(types)
    if len(names) > 1 and "{" in error.schema.get("pattern", ""):
        names.remove("string")  # such as a reference only, or a number in quotes
    if "array" in names and error.schema.get("items", {}).get("type") == "string":
        return "a list of strings"
    return " or ".join(_WORDS[name] for name in names)


def found_type(source: Source, error: StructureError) -> str:
    """What stands there instead."""
    return type_of(source, error.node)


def type_of(source: Source, node: Node) -> str:
    """The type of a value with, for a scalar, what is written."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=None):
            return "nothing"
        case Scalar(value=str(), text=text):
            return "a string" if "\n" in text or len(text) > 40 else f"the string `{text}`"
        case Scalar(value=bool()):
            return f"the boolean `{source.at(node.span)}`"
    return f"the number `{source.at(node.span)}`"
