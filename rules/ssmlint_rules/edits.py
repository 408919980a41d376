"""Edits that several rules offer. No rule."""

from __future__ import annotations

import re

from ssmlint.restructuring import scalar_text
from ssmlint.rewriting import in_scalar
from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.tree import Scalar, Sequence, Style


def rewritten(source: Source, scalar: Scalar, text: str) -> Edit:
    """Put another text in a one-line scalar's place and keep its quotes."""
    found = in_scalar(source, scalar, [Edit(Span(0, len(scalar.text)), text)])
    return found[0] if found else Edit(scalar.span, scalar_text(source, scalar, text))


def quoted(source: Source, scalar: Scalar) -> Edit | None:
    """Make a string of an unquoted number, boolean or null; None where there is no such."""
    if scalar.is_string or scalar.style not in (Style.PLAIN, Style.JSON) or len(scalar.span) == 0:
        return None
    mark = '"' if scalar.style is Style.JSON else "'"
    return Edit(scalar.span, f"{mark}{source.at(scalar.span)}{mark}")


def unquoted(scalar: Scalar) -> Edit | None:
    """Make a number of a quoted whole number; None where it is none."""
    if scalar.is_string and scalar.text.isascii() and scalar.text.isdigit():
        return Edit(scalar.span, str(int(scalar.text)))
    return None


def appended(source: Source, items: Sequence, text: str) -> Edit | None:
    """Add a string at the end of a list of scalars, written like its last item.

    None where the list is empty or its last item is no scalar on one line.
    """
    last = items.items[-1] if items.items else None
    if not isinstance(last, Scalar) or last.style in (Style.LITERAL, Style.FOLDED):
        return None
    line = source.lines.line_span(source.lines.line_of(last.span.start))
    before = source.text[line.start : last.span.start]
    mark = '"' if last.style in (Style.JSON, Style.DOUBLE) else ""
    mark = "'" if last.style is Style.SINGLE else mark
    is_block = re.fullmatch(r"[ ]*-[ ]+", before)
    own_line = before if not before.strip() else None
    between = f"\n{before}" if is_block else f",\n{own_line}" if own_line is not None else ", "
    return Edit(Span(last.span.end, last.span.end), f"{between}{mark}{text}{mark}")
