"""Definition, references, and highlights of what the cursor stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from ssmlint_lsp.names.types import Role
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, location, view_of

if TYPE_CHECKING:
    from ssmlint_lsp.navigating import Target

_KINDS = {
    Role.DECLARATION: types.DocumentHighlightKind.Write,
    Role.WRITE: types.DocumentHighlightKind.Write,
    Role.READ: types.DocumentHighlightKind.Read,
}


def register(server: Server) -> None:
    """Offer the three requests."""

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(ls: Server, params: types.DefinitionParams) -> list[types.Location]:
        from ssmlint_lsp.navigating import definition

        view = view_of(ls, params.text_document)
        if view is None:
            return []
        return _located(ls, view, definition(view.facts, view.offset(params.position)))

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def refer(ls: Server, params: types.ReferenceParams) -> list[types.Location]:
        from ssmlint_lsp.navigating import references

        view = view_of(ls, params.text_document)
        if view is None:
            return []
        declared = params.context.include_declaration
        offset = view.offset(params.position)
        return _located(ls, view, references(view.facts, offset, declared))

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlight(
        ls: Server, params: types.DocumentHighlightParams
    ) -> list[types.DocumentHighlight]:
        from ssmlint_lsp.navigating import highlights

        view = view_of(ls, params.text_document)
        if view is None:
            return []
        found = highlights(view.facts, view.offset(params.position))
        return [
            types.DocumentHighlight(place, _KINDS[item.role])
            for item, place in view.ranged(found, lambda item: item.span)
        ]


def _located(server: Server, view: View, targets: tuple[Target, ...]) -> list[types.Location]:
    found = (location(server, view, target.source, target.span) for target in targets)
    return [place for place in found if place is not None]
