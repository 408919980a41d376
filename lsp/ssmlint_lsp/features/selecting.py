"""Selection ranges: what a selection grows to."""

from __future__ import annotations

from lsprotocol import types

from ssmlint_lsp.server import Server
from ssmlint_lsp.views import view_of


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_SELECTION_RANGE)
    def selecting(ls: Server, params: types.SelectionRangeParams) -> list[types.SelectionRange]:
        from ssmlint_lsp.selecting import selections

        view = view_of(ls, params.text_document)
        if view is None or not view.is_ours:
            return []
        buffer = view.buffer
        found: list[types.SelectionRange] = []
        for position in params.positions:
            offset = ls.positions.offset_at(buffer.source, position)
            spans = selections(buffer.facts, offset)
            around: types.SelectionRange | None = None
            for place in reversed(ls.positions.ranges_of(buffer.source, spans)):
                around = types.SelectionRange(place, around)
            if around is not None:
                found.append(around)
        return found
