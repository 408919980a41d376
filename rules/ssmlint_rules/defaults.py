"""The default of a parameter: the values that the agent gets to see, and their types. No rule."""

from __future__ import annotations

from ssmlint.model.document import Parameter
from ssmlint.restructuring import in_list
from ssmlint.rule import Edit
from ssmlint.source import Source
from ssmlint.tree import Mapping, Node, Scalar, Sequence
from ssmlint_rules.edits import quoted, unquoted
from ssmlint_rules.wording import is_filled_in_later


def default_items(parameter: Parameter) -> tuple[Scalar, ...]:
    """The scalars of the default: one, or the items of a list.

    Left out is what stands for another value: `{{ssm:name}}`, a generator's placeholder.
    """
    match parameter.default:
        case Scalar() as scalar:
            items = [scalar]
        case Sequence(items=nodes):
            items = [node for node in nodes if isinstance(node, Scalar)]
        case _:
            items = []
    return tuple(
        item
        for item in items
        if item.value is not None and item.tag is None and not is_filled_in_later(item.text)
    )


def fits(kind: str, node: Node) -> bool:
    """Whether a value may be the default of a parameter of that type."""
    match kind, node:
        case ("String", Scalar(value=str())) | ("Boolean", Scalar(value=bool())):
            return True
        case "Integer", Scalar(value=int() as value):
            return not isinstance(value, bool)
        case (("StringList" | "MapList"), Sequence()):
            return True
        case "StringMap", Mapping():
            return True
        case (("StringMap" | "MapList"), Scalar(value=str(), text=text)):
            # The console sends such values as JSON text, and the agent takes it.
            return text.lstrip().startswith(("{", "["))
    return False


def as_type(source: Source, parameter: Parameter, node: Scalar) -> Edit | None:
    """Write a default with the same letters as its type wants it, None where that is no way."""
    entry = parameter.fields.entry("default") if parameter.fields else None
    if parameter.type == "String":
        return quoted(source, node)
    if parameter.type == "StringList" and node.is_string and parameter.fields and entry:
        return in_list(source, parameter.fields, entry)
    is_boolean = node.text.casefold() in ("true", "false")
    return unquoted(node) if parameter.type == ("Boolean" if is_boolean else "Integer") else None


def bound(node: object) -> int | None:
    """A bound of a parameter as the agent reads it: a number, in quotes or not."""
    if isinstance(node, Scalar) and node.text.isascii() and node.text.isdigit():
        return int(node.text[:12])
    return None


def shown(text: str) -> str:
    """A value in a message: in backquotes, an empty one in words."""
    if not text:
        return "the empty string"
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"
