"""Parts of Session documents. No rule."""

from __future__ import annotations

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.tree import Entry


def inputs_of(document: SsmDocument) -> tuple[Entry, ...]:
    """The preferences of a Session document, nothing of other documents."""
    if document.kind is not DocumentKind.SESSION:
        return ()
    inputs = document.root.get_mapping("inputs")
    return inputs.entries if inputs is not None else ()
