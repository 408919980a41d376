"""How messages are taken in: pygls, with our own buffers in the place of its documents.

pygls splits lines at form feeds and other characters that the protocol does not count as
line breaks, and a column beyond the end of a line means its last but one character there
(pygls 2.1, `workspace/text_document.py`, `position_codec.py`): the server's text would no
longer be the client's.
"""

from __future__ import annotations

import typing
from collections.abc import Generator
from typing import Any, cast

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol, lsp_method

from ssmlint_lsp.buffers import Buffers
from ssmlint_lsp.checks import Checks

#: What a handler is written as in pygls: it yields others to be called, with arguments.
_Steps = Generator[Any, Any, None]


class Holder(typing.Protocol):
    """What the server has to have."""

    buffers: Buffers
    checks: Checks


class Protocol(LanguageServerProtocol):
    """The protocol with documents held in `Buffers`."""

    @property
    def said_goodbye(self) -> bool:
        """Whether the client has asked for the server to shut down."""
        return self._shutdown

    def as_data(self, message: object) -> Any:
        """A structure of the protocol as plain data."""
        return self._converter.unstructure(message)

    @property
    def _ssmlint(self) -> Holder:
        return cast("Holder", self._server)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> _Steps:
        """Take a document in."""
        self._ssmlint.buffers.open(params.text_document)
        yield from self._hand_on(types.TEXT_DOCUMENT_DID_OPEN, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> _Steps:
        """Take edits over."""
        self._ssmlint.buffers.change(params)
        yield from self._hand_on(types.TEXT_DOCUMENT_DID_CHANGE, params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> _Steps:
        """Let a document go."""
        buffer = self._ssmlint.buffers.close(params.text_document.uri)
        if buffer is not None:
            self._ssmlint.checks.closed(buffer.path)
        yield from self._hand_on(types.TEXT_DOCUMENT_DID_CLOSE, params)

    def _hand_on(self, method: str, params: object) -> _Steps:
        handler = self.fm.features.get(method)
        if handler is not None:
            yield handler, (params,), None
