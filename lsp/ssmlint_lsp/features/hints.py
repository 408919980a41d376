"""Inlay hints."""

from __future__ import annotations

from lsprotocol import types

from ssmlint import clock
from ssmlint.source import Span
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import view_of


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def hint(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint]:
        from ssmlint_lsp.hinting import hints

        view = view_of(ls, params.text_document)
        if view is None:
            return []
        within = Span(view.offset(params.range.start), view.offset(params.range.end))
        found = hints(view.facts, clock.now(), within)
        return [
            types.InlayHint(
                place.end,
                made.label,
                tooltip=types.MarkupContent(types.MarkupKind.Markdown, made.about),
                padding_left=True,
            )
            for made, place in view.ranged(found, lambda made: made.span)
        ]
