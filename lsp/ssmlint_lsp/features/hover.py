"""Hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from ssmlint import clock
from ssmlint.source import Span
from ssmlint_lsp.markup import markup
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, view_of

if TYPE_CHECKING:
    from ssmlint_lsp.hovering import Judged

_FORMS = "text_document.hover.content_format"


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def show(ls: Server, params: types.HoverParams) -> types.Hover | None:
        from ssmlint_lsp.hovering import hover

        view = view_of(ls, params.text_document)
        if view is None:
            return None
        offset = view.offset(params.position)
        found = hover(view.facts, offset, clock.now(), _judged(ls, view))
        place = view.range(found.span) if found is not None else None
        if found is None or place is None:
            return None
        return types.Hover(markup(ls, found.text, _FORMS), place)


def _judged(server: Server, view: View) -> list[Judged]:
    """What has been found in the text as it is now."""
    from ssmlint_lsp.hovering import Judged

    found = server.checks.of(view.buffer) if view.is_current else None
    findings = found.findings if found is not None else ()
    return [Judged(Span(*finding.span), finding.rule) for finding in findings]
