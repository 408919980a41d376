"""Rename, and whether what the cursor stands on can be renamed."""

from __future__ import annotations

from lsprotocol import types

from ssmlint_lsp.edits import workspace_edit
from ssmlint_lsp.refusal import Refusal, quietly
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, view_of


def register(server: Server) -> None:
    """Offer both requests."""
    quietly()

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_rename(
        ls: Server, params: types.PrepareRenameParams
    ) -> types.PrepareRenamePlaceholder | None:
        from ssmlint_lsp.renaming import CannotRename, prepare

        view = _view(ls, params.text_document)
        try:
            found = prepare(view.facts, view.offset(params.position))
        except CannotRename as error:
            raise Refusal(str(error)) from None
        place = view.range(found.span)
        return None if place is None else types.PrepareRenamePlaceholder(place, found.text)

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename_all(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit:
        from ssmlint_lsp.renaming import CannotRename, rename

        view = _view(ls, params.text_document)
        try:
            edits = rename(view.facts, view.offset(params.position), params.new_name)
        except CannotRename as error:
            raise Refusal(str(error)) from None
        made = [
            types.TextEdit(place, edit.text)
            for edit, place in view.ranged(edits, lambda edit: edit.span)
        ]
        return workspace_edit(ls, view.buffer, made)


def _view(server: Server, document: types.TextDocumentIdentifier) -> View:
    """The document as it is now: edits of an older one would hit the wrong places."""
    view = view_of(server, document)
    if view is None:
        raise Refusal("The document is not open.")
    if not view.is_current or view.buffer.file.tree.broken:
        raise Refusal("The document can not be read; mend its syntax first.")
    return view
