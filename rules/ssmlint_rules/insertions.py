"""Fixes that put something in front of a script. No rule."""

from __future__ import annotations

from ssmlint.embedded import Piece, Script
from ssmlint.restructuring import without_item
from ssmlint.rewriting import in_script
from ssmlint.rule import Edit, Fix, Safety
from ssmlint.source import Span
from ssmlint.tree import Sequence, Style


def first_line(script: Script, line: str) -> Edit | None:
    """Make `line` the first line of a script; None where that takes more than an insertion.

    A block scalar gets a line of its own, a list an item in front of its first one.
    """
    scalar = script.pieces[0].scalar
    source = script.source
    if scalar.style is Style.LITERAL or "\n" in scalar.text:
        found = in_script(script, [Edit(Span(0, 0), f"{line}\n")])
        return found[0] if found else None
    start = scalar.span.start
    before = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    if scalar.style is Style.JSON and not before.strip():
        return Edit(Span(start, start), f'"{line}",\n{before}')
    if scalar.style is Style.JSON and before.rstrip().endswith("["):
        return Edit(Span(start, start), f'"{line}", ')
    if before.strip() == "-" and scalar.style is not Style.JSON:
        return Edit(Span(start, start), f"'{line}'\n{before}")
    return None


def moved_to_front(script: Script, piece: Piece, title: str) -> Fix | None:
    """Make the item of a list that a piece of a script is its first one."""
    items = next(
        (
            node
            for inputs in script.step.inputs
            if isinstance(node := inputs.get("runCommand"), Sequence) and piece.scalar in node.items
        ),
        None,
    )
    out = without_item(script.source, items, piece.scalar) if items is not None else None
    put = first_line(script, piece.scalar.text.strip())
    return Fix(title, (put, out), Safety.UNSAFE) if put and out else None
