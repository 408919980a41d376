"""Folding ranges."""

from __future__ import annotations

from lsprotocol import types

from ssmlint_lsp.server import Server
from ssmlint_lsp.views import view_of


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange]:
        from ssmlint_lsp.folding import folds

        view = view_of(ls, params.text_document)
        if view is None or not view.is_ours:
            return []
        # Of a text that can not be read, what stands before the place where it breaks.
        return [
            types.FoldingRange(
                fold.first,
                fold.last,
                kind=types.FoldingRangeKind.Comment if fold.is_comment else None,
            )
            for fold in folds(view.buffer.facts)
        ]
