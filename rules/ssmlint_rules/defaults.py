"""The default of a parameter as the values that the agent gets to see. No rule."""

from __future__ import annotations

from ssmlint.model.document import Parameter
from ssmlint.tree import Scalar, Sequence
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


def shown(text: str) -> str:
    """A value in a message: in backquotes, an empty one in words."""
    if not text:
        return "the empty string"
    return f"`{text}`" if len(text) <= 60 else f"`{text[:57]}...`"
