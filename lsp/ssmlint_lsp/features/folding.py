"""Folding ranges."""

from __future__ import annotations

from lsprotocol import types

from ssmlint_lsp.folding import folds
from ssmlint_lsp.server import Server


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        buffer = ls.buffer(params.text_document)
        if buffer is None:
            return []
        # Of a text that can not be read, what stands before the place where it breaks.
        return [
            types.FoldingRange(
                fold.first,
                fold.last,
                kind=types.FoldingRangeKind.Comment if fold.is_comment else None,
            )
            for fold in folds(buffer.facts)
        ]
