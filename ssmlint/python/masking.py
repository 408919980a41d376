"""`{{ references }}` in a Python script, as names that no script has."""

from __future__ import annotations

from collections.abc import Sequence

from ssmlint.embedded import PlaceholderSpan

#: A letter to Python and to nobody else (a click of Khoisan languages): what is written for
#: a reference is a name as long as the reference, so that every place stays where it is.
MASK = "\u01c0"


def masked(text: str, placeholders: Sequence[PlaceholderSpan]) -> str:
    """The script with a name of the same length for every reference."""
    pieces: list[str] = []
    at = 0
    for placeholder in placeholders:
        pieces.append(text[at : placeholder.start])
        pieces.append(MASK * (placeholder.end - placeholder.start))
        at = placeholder.end
    return "".join([*pieces, text[at:]])
