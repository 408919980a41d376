"""Edits that put something in front of a script. No rule."""

from __future__ import annotations

from ssmlint.embedded import Script
from ssmlint.rule import Edit
from ssmlint.source import Span
from ssmlint.tree import Style


def first_line(script: Script, line: str) -> Edit | None:
    """Make `line` the first line of a script; None where that takes more than an insertion.

    A block scalar gets a line of its own, a list an item in front of its first one.
    """
    scalar = script.pieces[0].scalar
    source = script.source
    if scalar.style is Style.LITERAL:
        start = script.span(0, 1).start
        return Edit(Span(start, start), line + "\n" + _indentation(source.text, start))
    start = scalar.span.start
    before = source.text[source.text.rfind("\n", 0, start) + 1 : start]
    if scalar.style is Style.JSON and not before.strip():
        return Edit(Span(start, start), f'"{line}",\n{before}')
    if scalar.style is Style.JSON and before.rstrip().endswith("["):
        return Edit(Span(start, start), f'"{line}", ')
    if before.strip() == "-" and scalar.style is not Style.JSON:
        return Edit(Span(start, start), f"'{line}'\n{before}")
    return None


def _indentation(text: str, offset: int) -> str:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line if not line.strip() else ""
