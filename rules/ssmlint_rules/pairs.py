"""Places and words for rules on a policy and its document. No rule."""

from __future__ import annotations

from ssmlint.model.pair import Pair
from ssmlint.rule import Note
from ssmlint.source import Span


def in_document(pair: Pair, span: Span, message: str) -> Note:
    """A note at a place in the document's file."""
    return Note(span, message, pair.document.source)
