"""The server: what it holds, and which features it has."""

from __future__ import annotations

import importlib

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from ssmlint import __version__
from ssmlint.engine import Facts, File
from ssmlint.settings import DEFAULTS
from ssmlint.workspace import Workspace
from ssmlint_lsp.buffers import Buffer, Buffers
from ssmlint_lsp.features import MODULES
from ssmlint_lsp.positions import Positions
from ssmlint_lsp.protocol import Protocol

NAME = "ssmlint"


class Server(LanguageServer):
    """The language server: open documents, where they lie, and what is configured.

    One loop runs everything here, so that nothing needs a lock; checks are made by a
    process of their own.
    """

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            NAME,
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            max_workers=2,
        )
        self.positions = Positions()
        self.buffers = Buffers(self.positions, self._facts_of)

    def buffer(self, document: types.TextDocumentIdentifier) -> Buffer | None:
        """The open document that a request is about, None where it is not open (any more)."""
        return self.buffers.get(document.uri)

    @property
    def exit_status(self) -> int:
        """0 where the client has said goodbye before it ended the conversation, else 1."""
        return 0 if self.protocol.said_goodbye else 1

    def begin(self) -> None:
        """Settle what client and server have agreed on."""
        self.positions.encoding = encoding_name(self.workspace.position_encoding)

    def _facts_of(self, file: File) -> Facts:
        return Facts(file, Workspace(file.documents), DEFAULTS)


def create_server() -> Server:
    """A server with all features, not started."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def begin(ls: Server, params: types.InitializeParams) -> None:
        ls.begin()

    for name in MODULES:
        importlib.import_module(f"ssmlint_lsp.features.{name}").register(server)
    return server


def encoding_name(encoding: types.PositionEncodingKind | str | None) -> str:
    """`utf-8`, `utf-16` or `utf-32`."""
    if isinstance(encoding, types.PositionEncodingKind):
        return str(encoding.value)
    return encoding or "utf-16"
