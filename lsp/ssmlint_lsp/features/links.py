"""Document links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, location, view_of

if TYPE_CHECKING:
    from ssmlint_lsp.linking import Link


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def link(ls: Server, params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        from ssmlint_lsp.linking import links

        view = view_of(ls, params.text_document)
        if view is None or not view.is_ours:
            return []
        found = view.ranged(links(view.facts), lambda link: link.span)
        has_tips = ls.can("text_document.document_link.tooltip_support")
        return [
            types.DocumentLink(place, _uri(ls, view, link), link.tooltip if has_tips else None)
            for link, place in found
        ]


def _uri(server: Server, view: View, link: Link) -> str | None:
    if link.target is None:
        return link.url
    place = location(server, view, link.target.source, link.target.span)
    if place is None:
        return None
    # The fragment is how editors are told of a line (VS Code's `OpenerService`).
    start = place.range.start
    return f"{place.uri}#L{start.line + 1},{start.character + 1}" if start.line else place.uri
