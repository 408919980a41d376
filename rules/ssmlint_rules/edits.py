"""Edits that several rules offer. No rule."""

from __future__ import annotations

import re

from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.tree import Scalar, Style
from ssmlint.yaml_tree import plain_value

_HARMLESS = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./:-]*(?<!:)")


def rewritten(source: Source, scalar: Scalar, text: str) -> Edit:
    """Put another word in a one-line scalar's place and keep its quotes."""
    written = source.at(scalar.span)
    if written[:1] in ("'", '"') and written[-1:] == written[:1] and len(written) > 1:
        return Edit(Span(scalar.span.start + 1, scalar.span.end - 1), text)
    if scalar.style is Style.PLAIN and _needs_quotes(text):
        text = "'" + text.replace("'", "''") + "'"
    return Edit(scalar.span, text)


def _needs_quotes(text: str) -> bool:
    """Whether YAML would read an unquoted text as anything but this text."""
    return not _HARMLESS.fullmatch(text) or plain_value(text) != text


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
