"""Edits of the protocol."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types

from ssmlint_lsp.buffers import Buffer
from ssmlint_lsp.server import Server


def workspace_edit(
    server: Server, buffer: Buffer, edits: Sequence[types.TextEdit]
) -> types.WorkspaceEdit:
    """Edits of an open document, bound to its version where the client can do that."""
    if server.can("workspace.workspace_edit.document_changes"):
        document = types.OptionalVersionedTextDocumentIdentifier(buffer.uri, buffer.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, edits)])
    return types.WorkspaceEdit(changes={buffer.uri: edits})
