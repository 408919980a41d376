"""The server: what it holds, and which features it has."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from ssmlint import __version__
from ssmlint.files import File
from ssmlint.settings import Settings
from ssmlint.workspace import Workspace
from ssmlint_lsp.buffers import Buffer, Buffers
from ssmlint_lsp.checker import Checker
from ssmlint_lsp.checks import Checks
from ssmlint_lsp.configured import Configured
from ssmlint_lsp.library import Library
from ssmlint_lsp.messages import Setting
from ssmlint_lsp.options import Options, read_options
from ssmlint_lsp.places import path_of
from ssmlint_lsp.positions import Positions
from ssmlint_lsp.protocol import Protocol
from ssmlint_lsp.warming import Warming

if TYPE_CHECKING:
    from ssmlint.engine import Facts

NAME = "ssmlint"


class Server(LanguageServer):
    """The language server: open documents, where they lie, and what is configured.

    One loop runs everything here, so that nothing needs a lock; checks are made by a
    process of their own.
    """

    protocol: Protocol

    def __init__(self, checker: Checker) -> None:
        super().__init__(
            NAME,
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            max_workers=2,
        )
        self.positions = Positions()
        self.buffers = Buffers(self.positions, self._facts_of)
        self.warming = Warming()
        self.checks = Checks(self.buffers, checker, self.warming)
        self.options = Options()
        self.configured = Configured(self.options)
        self.library = Library(self.buffers, self.checks)
        self.is_told = False
        """Whether the client tells when files change."""

    # --- what features ask ------------------------------------------------------------------

    def buffer(self, document: types.TextDocumentIdentifier) -> Buffer | None:
        """The open document that a request is about, None where it is not open (any more)."""
        return self.buffers.get(document.uri)

    def can(self, capability: str) -> bool:
        """Whether the client has said that it can do something: `text_document.diagnostic`."""
        return bool(get_capability(self.client_capabilities, capability, False))

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that the client has open."""
        found = [path_of(folder.uri) for folder in self.workspace.folders.values()]
        root = self.workspace.root_path
        return tuple(found) or ((os.path.normpath(root),) if root else ())

    def settings_of(self, path: str) -> Settings:
        """What is configured for a file."""
        return self.configured.of_file(path).settings

    @property
    def exit_status(self) -> int:
        """0 where the client has said goodbye before it ended the conversation, else 1."""
        return 0 if self.protocol.said_goodbye else 1

    # --- the course of a session ------------------------------------------------------------

    def begin(self, params: types.InitializeParams) -> None:
        """Settle what client and server have agreed on."""
        self.positions.encoding = encoding_name(self.workspace.position_encoding)
        self.options = self._read(params.initialization_options)

    def start(self) -> None:
        """Begin to check: the client is ready."""
        self.checks.start(self._setting(), self.warn)
        self.warming.start()

    def take_options(self, data: Any) -> None:
        """Work under other settings of the editor from now on."""
        self.options = self._read(data)
        self.settle()

    def settle(self) -> None:
        """Work under whatever is set and configured now."""
        self._forget()
        if self.checks.setting is not None:
            self.checks.set(self._setting())

    def files_changed(self) -> None:
        """Look at files and configurations again."""
        self._forget()
        self.checks.files_changed()

    async def refresh(self) -> None:
        """Have the client ask again, as far as it can, for what it has been told.

        Who pulls does not hear of what changes elsewhere.
        """
        asking = {
            "workspace.diagnostics.refresh_support": self.workspace_diagnostic_refresh_async,
            "workspace.code_lens.refresh_support": self.workspace_code_lens_refresh_async,
        }
        for capability, ask in asking.items():
            if self.can(capability):
                with contextlib.suppress(JsonRpcException):
                    await ask(None)

    def warn(self, message: str) -> None:
        """Show a line to the user."""
        self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    def _read(self, data: Any) -> Options:
        options, problems = read_options(data)
        for problem in problems:
            self.warn(f"ssmlint: {problem}")
        return options

    def _setting(self) -> Setting:
        return Setting(self.positions.encoding, self.folders, self.options, self.is_told)

    def _forget(self) -> None:
        self.configured = Configured(self.options, self.configured)
        for buffer in self.buffers:
            buffer.forget()

    def _facts_of(self, file: File) -> Facts:
        from ssmlint.engine import Facts

        return Facts(file, Workspace(file.documents), self.settings_of(file.source.path))


def encoding_name(encoding: types.PositionEncodingKind | str | None) -> str:
    """`utf-8`, `utf-16` or `utf-32`."""
    if isinstance(encoding, types.PositionEncodingKind):
        return str(encoding.value)
    return encoding or "utf-16"
