"""An editor for tests: starts the real server on real pipes and keeps texts as an editor does."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient as BaseLanguageClient
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

from ssmlint.source import LineIndex, Position

#: Seconds after which a test takes the server for stuck.
PATIENCE = 60

COMMAND = (sys.executable, "-m", "ssmlint", "lsp")

_LANGUAGES = {".json": "json", ".toml": "toml"}


@dataclass(slots=True)
class OpenText:
    """A document that the editor has open: what the server should have, too."""

    uri: str
    text: str
    version: int = 1

    def range(self, start: int, end: int, encoding: str) -> types.Range:
        """The range of `text[start:end]` as an editor counts it."""
        lines = LineIndex(self.text)
        places = (lines.position_in(offset, encoding) for offset in (start, end))
        return types.Range(*(types.Position(p.line, p.column) for p in places))

    def at(self, range: types.Range, encoding: str) -> str:
        """What stands at a range."""
        lines = LineIndex(self.text)
        start, end = (
            lines.offset(Position(p.line, p.character), encoding) for p in (range.start, range.end)
        )
        return self.text[start:end]


class Client(LanguageClient):
    """Keeps what the server writes to standard error."""

    complaints: bytes = b""
    _listener: asyncio.Task[None] | None = None

    async def start_io(self, cmd: str, *args: Any, **kwargs: Any) -> None:
        await BaseLanguageClient.start_io(self, cmd, *args, **kwargs)
        self._listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        assert self._server is not None
        assert self._server.stderr is not None
        while line := await self._server.stderr.readline():
            self.complaints += line

    async def end(self) -> int:
        """Say goodbye; the exit status of the server."""
        assert self._server is not None
        assert self._listener is not None
        await asyncio.wait_for(self.shutdown_async(None), PATIENCE)
        self.exit(None)
        status = await asyncio.wait_for(self._server.wait(), PATIENCE)
        await asyncio.wait_for(self._listener, PATIENCE)
        return status


@dataclass(slots=True)
class Editor:
    """One session with the server.  `client` speaks the protocol."""

    client: Client
    answer: types.InitializeResult
    texts: dict[str, OpenText] = field(default_factory=dict)
    published: dict[str, types.PublishDiagnosticsParams] = field(default_factory=dict)
    """What was last published of each document."""

    @property
    def encoding(self) -> str:
        """The unit that both have agreed to count columns in."""
        chosen = self.answer.capabilities.position_encoding or "utf-16"
        return str(getattr(chosen, "value", chosen))

    def open(self, path: Path | str, text: str | None = None) -> OpenText:
        """Open a file, or a text that goes by the name of one."""
        uri = path if isinstance(path, str) else path.as_uri()
        if text is None:
            text = Path(path).read_bytes().decode()
        language = _LANGUAGES.get(Path(path).suffix, "yaml")
        opened = self.texts[uri] = OpenText(uri, text)
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return opened

    def edit(self, opened: OpenText, start: int, end: int, text: str) -> None:
        """Replace `text[start:end]`, sent as an editor sends it."""
        change = types.TextDocumentContentChangePartial(
            range=opened.range(start, end, self.encoding), text=text
        )
        opened.text = f"{opened.text[:start]}{text}{opened.text[end:]}"
        self._send(opened, change)

    def replace(self, opened: OpenText, text: str) -> None:
        """Replace the whole text."""
        opened.text = text
        self._send(opened, types.TextDocumentContentChangeWholeDocument(text))

    def _send(self, opened: OpenText, change: types.TextDocumentContentChangeEvent) -> None:
        opened.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(uri=opened.uri, version=opened.version),
                [change],
            )
        )

    def close(self, opened: OpenText) -> None:
        """Close a document."""
        del self.texts[opened.uri]
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(opened.uri))
        )

    async def run(self, command: str, *arguments: Any) -> Any:
        """What a command of the server gives back."""
        params = types.ExecuteCommandParams(command, list(arguments))
        return await self.client.workspace_execute_command_async(params)

    async def text_of_server(self, opened: OpenText) -> str:
        """The text that the server has."""
        found = await self.run("ssmlint.printDebugInformation", opened.uri)
        assert isinstance(found, str)
        return found


def capabilities(*, encoding: str = "utf-16", **members: Any) -> types.ClientCapabilities:
    """What an editor says it can do."""
    general = types.GeneralClientCapabilities(
        position_encodings=[types.PositionEncodingKind(encoding)]
    )
    return types.ClientCapabilities(general=general, **members)


@contextlib.asynccontextmanager
async def session(
    *roots: Path, able: types.ClientCapabilities | None = None, options: Any = None
) -> AsyncIterator[Editor]:
    """Start the server for some folders and say goodbye in the end.

    It must end well, then, and must have had nothing to complain of.
    """
    client = Client(converter_factory=default_converter)
    register_lsp_features(client)
    published: dict[str, types.PublishDiagnosticsParams] = {}

    def keep(params: types.PublishDiagnosticsParams) -> None:
        published[params.uri] = params

    client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = keep
    await client.start_io(*COMMAND, cwd=roots[0] if roots else None)
    try:
        params = types.InitializeParams(
            capabilities=able or capabilities(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name) for root in roots],
            initialization_options=options,
        )
        answer = await asyncio.wait_for(client.initialize_session(params), PATIENCE)
        yield Editor(client, answer, published=published)
        status = await client.end()
    finally:
        await client.stop()  # type: ignore[no-untyped-call]
    assert (status, client.complaints.decode()) == (0, "")
