"""shellcheck's fixes as edits of the file, wherever that is sure to give the same script."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ssmlint.embedded import Piece, Script
from ssmlint.rule import Edit, Fix, Safety
from ssmlint.shell.shellcheck import Comment, Replacement
from ssmlint.shell.standins import StandIn, reference_at
from ssmlint.tree import Style

#: What may be put anywhere into a scalar without quotes: nothing that ends it, begins a
#: comment or is an entry of its own, in the midst of a flow collection either.
_PLAIN = re.compile(r"[\w \"'$()|&;=*/.@+<>-]*")
_LONGEST_TITLE = 60


def fix_of(comment: Comment, script: Script, standing: StandIn) -> Fix | None:
    """The fix of a comment, None where there is none or it cannot be written down safely.

    It is for a person to look at: what quotes make one word may have been meant as several.
    """
    parts = sorted(comment.replacements, key=lambda part: (part.start, part.end))
    if not parts or not _are_apart(parts):
        return None
    edits = [_edit(part, script, standing) for part in parts]
    if None in edits:
        return None
    sure = tuple(edit for edit in edits if edit is not None)
    return Fix(_title(parts, script.text), sure, Safety.UNSAFE)


def _are_apart(parts: Sequence[Replacement]) -> bool:
    return all(
        before.end < after.start or (before.end == after.start and before.start < after.end)
        for before, after in itertools.pairwise(parts)
    )


def _edit(part: Replacement, script: Script, standing: StandIn) -> Edit | None:
    """One edit in the file; None where it would touch a reference or change the file's form."""
    touched = slice(part.start, part.end)
    if script.text[touched] != standing.text[touched] or "\n" in script.text[touched] + part.text:
        return None
    inside = reference_at(script, part.start)
    if inside is not None and inside.start < part.start:
        return None
    piece = script.piece(part.start)
    if part.end > piece.end or not piece.mapping.exact:
        return None
    text = _written(part.text, part.start, script, piece)
    if text is None or standing.written(text) != text:
        return None
    place = piece.mapping.span(part.start - piece.start, part.end - piece.start)
    return Edit(place, text)


def _written(text: str, at: int, script: Script, piece: Piece) -> str | None:
    """How some text is written in a scalar, None where it cannot be for sure."""
    match piece.scalar.style:
        case Style.DOUBLE | Style.JSON:
            return text.replace("\\", "\\\\").replace('"', '\\"')
        case Style.SINGLE:
            return text.replace("'", "''")
        case Style.PLAIN if at == piece.start or not _PLAIN.fullmatch(text):
            return None
    begins_line = at == piece.start or script.text[at - 1] == "\n"
    ends_line = script.text[at : at + 1] in ("", "\n")
    if (begins_line and text[:1].isspace()) or (ends_line and text[-1:].isspace()):
        return None
    return text


def _title(parts: Sequence[Replacement], text: str) -> str:
    """What the fix comes to, in a few words."""
    start, end = parts[0].start, max(part.end for part in parts)
    made, at = "", start
    for part in parts:
        made += text[at : part.start] + part.text
        at = part.end
    made = " ".join((made + text[at:end]).split())
    if len(made) > _LONGEST_TITLE:
        return "change it as shellcheck proposes"
    if start == end:
        return f"insert `{made}`"
    return f"write `{made}`" if made else "remove it"
