"""shellcheck's fixes as edits of the file, wherever that is sure to give the same script."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ssmlint.embedded import Script
from ssmlint.rewriting import in_script
from ssmlint.rule import Edit, Fix, Safety
from ssmlint.shell.shellcheck import Comment, Replacement
from ssmlint.shell.standins import StandIn, reference_at
from ssmlint.source import Span

_LONGEST_TITLE = 60


def fix_of(comment: Comment, script: Script, standing: StandIn) -> Fix | None:
    """The fix of a comment, None where there is none or it cannot be written down safely.

    It is for a person to look at: what quotes make one word may have been meant as several.
    """
    parts = sorted(comment.replacements, key=lambda part: (part.start, part.end))
    if not parts or not _are_apart(parts):
        return None
    if any(_touches_reference(part, script, standing) for part in parts):
        return None
    changes = [Edit(Span(part.start, part.end), part.text) for part in parts]
    edits = in_script(script, changes)
    return Fix(_title(parts, script.text), edits, Safety.UNSAFE) if edits else None


def _are_apart(parts: Sequence[Replacement]) -> bool:
    return all(
        before.end < after.start or (before.end == after.start and before.start < after.end)
        for before, after in itertools.pairwise(parts)
    )


def _touches_reference(part: Replacement, script: Script, standing: StandIn) -> bool:
    """Whether a part would change a reference, or the lines of the script."""
    touched = slice(part.start, part.end)
    if script.text[touched] != standing.text[touched] or "\n" in script.text[touched] + part.text:
        return True
    inside = reference_at(script, part.start)
    if inside is not None and inside.start < part.start:
        return True
    return standing.written(part.text) != part.text


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
