"""The known word that somebody who wrote another one most likely meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The word that is most like another, None where none is alike enough.

    `cutoff` is the least likeness, from 0 to 1.
    """
    # Not at the top: only what is wrong is ever looked up.
    import difflib

    found = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return found[0] if found else None
