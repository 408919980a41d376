"""Names that are not there, and the ones that were meant. No rule."""

from __future__ import annotations

from collections.abc import Iterable

from ssmlint.near import nearest
from ssmlint.rule import Fix, Safety
from ssmlint.source import Source
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten


def suggested(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The known name that differs in upper and lower case only, else the most similar one."""
    names = tuple(known)
    folded = {name.casefold(): name for name in names}
    return folded.get(word.casefold()) or nearest(word, names, cutoff)


def renamed_scalar(source: Source, node: Scalar, name: str | None) -> Fix | None:
    """Write another name in a scalar's place; None where there is no such name."""
    if name is None:
        return None
    return Fix(f"write `{name}`", (rewritten(source, node, name),), Safety.UNSAFE)
