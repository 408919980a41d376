"""An editor for tests: starts the real server on real pipes and keeps texts as an editor does."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient as BaseLanguageClient
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from pytest_lsp.client import register_lsp_features

from ssmlint.source import LineIndex, Position

#: Seconds after which a test takes the server for stuck.
PATIENCE = 20

#: For tests that use the fixture `editor`: they run in its loop.
SHARED = pytest.mark.asyncio(loop_scope="module")

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

    def kill(self) -> None:
        """End the server, if it is still there: a test has failed."""
        if self._server is not None and self._server.returncode is None:
            self._server.kill()

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
    history: list[types.PublishDiagnosticsParams] = field(default_factory=list)
    """Everything that was published."""
    watched: list[types.Registration] = field(default_factory=list)
    """What the server has asked to be told."""
    refreshed: list[str] = field(default_factory=list)
    """What the server has asked to be asked again."""

    @property
    def published(self) -> dict[str, types.PublishDiagnosticsParams]:
        """What was last published of each document."""
        return {params.uri: params for params in self.history}

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

    def save(self, opened: OpenText) -> None:
        """Say that a document was saved."""
        document = types.TextDocumentIdentifier(opened.uri)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def changed_on_disk(self, *paths: Path) -> None:
        """Say that files have changed, come or gone."""
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        params = types.DidChangeWatchedFilesParams(events)
        self.client.workspace_did_change_watched_files(params)

    def configure(self, settings: Any) -> None:
        """Say that settings have changed."""
        params = types.DidChangeConfigurationParams(settings)
        self.client.workspace_did_change_configuration(params)

    async def diagnostics(self, opened: OpenText) -> list[types.Diagnostic]:
        """What is published in the end of a document as it is now."""
        await self.settled(opened)
        await self.until(lambda: self._published_version(opened) == opened.version)
        return list(self.published[opened.uri].diagnostics)

    def _published_version(self, opened: OpenText) -> int | None:
        found = self.published.get(opened.uri)
        return None if found is None else found.version

    async def found(self, opened: OpenText) -> list[tuple[str, str]]:
        """Names of rules and the text under their squiggles, of a document as it is now."""
        found = await self.diagnostics(opened)
        return [(str(d.code), opened.at(d.range, self.encoding)) for d in found]

    async def settled(self, opened: OpenText) -> None:
        """Wait until the server has said all it has to say of a document as it is now."""
        await self.run("ssmlint.waitForCheck", opened.uri)

    def names(self, opened: OpenText) -> list[str]:
        """The rules of what was last published of a document."""
        return [str(d.code) for d in self.published[opened.uri].diagnostics]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for something to come true."""

        async def wait() -> None:
            while not is_so():
                await asyncio.sleep(0.005)

        await asyncio.wait_for(wait(), PATIENCE)

    async def pull(
        self, opened: OpenText, before: str | None = None
    ) -> types.DocumentDiagnosticReport:
        """Ask for the diagnostics of a document."""
        params = types.DocumentDiagnosticParams(
            types.TextDocumentIdentifier(opened.uri), previous_result_id=before
        )
        asked = self.client.text_document_diagnostic_async(params)
        return await asyncio.wait_for(asked, PATIENCE)

    async def ask(self, method: str, params: Any, number: str) -> Any:
        """Ask a question that can be taken back by its number."""
        return await self.client.protocol.send_request_async(  # type: ignore[no-untyped-call]
            method, params, number
        )

    async def actions(
        self, opened: OpenText, start: int = 0, end: int | None = None, *only: str
    ) -> list[types.CodeAction]:
        """What is offered for `text[start:end]`; `only` some kinds of actions."""
        end = len(opened.text) if end is None else end
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(opened.uri),
            opened.range(start, end, self.encoding),
            types.CodeActionContext([], only=[types.CodeActionKind(k) for k in only] or None),
        )
        asked = self.client.text_document_code_action_async(params)
        found = await asyncio.wait_for(asked, PATIENCE)
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def choose(self, action: types.CodeAction) -> None:
        """Do what an action says, having it worked out first if need be."""
        if action.edit is None:
            asked = self.client.code_action_resolve_async(action)
            action = await asyncio.wait_for(asked, PATIENCE)
        assert action.edit is not None
        for uri, edits in (action.edit.changes or {}).items():
            self._apply(self.texts[uri], edits)
        for change in action.edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            opened = self.texts[change.text_document.uri]
            assert change.text_document.version == opened.version
            self._apply(opened, [e for e in change.edits if isinstance(e, types.TextEdit)])

    def _apply(self, opened: OpenText, edits: Sequence[types.TextEdit]) -> None:
        lines = LineIndex(opened.text)

        def offset(position: types.Position) -> int:
            return lines.offset(Position(position.line, position.character), self.encoding)

        placed = [(offset(e.range.start), offset(e.range.end), e.new_text) for e in edits]
        for start, end, text in sorted(placed, reverse=True):
            self.edit(opened, start, end, text)

    def cancel(self, number: str) -> None:
        """Take a question back."""
        self.client.cancel_request(types.CancelParams(number))

    async def pull_everything(self, before: Any = ()) -> Any:
        """Ask for the diagnostics of all files; `before` is what was answered last time."""
        known = [types.PreviousResultId(r.uri, r.result_id or "") for r in before]
        params = types.WorkspaceDiagnosticParams(known)
        asked = self.client.workspace_diagnostic_async(params)
        return (await asyncio.wait_for(asked, PATIENCE)).items

    async def information(self) -> list[str]:
        """What the server says of itself."""
        return str(await self.run("ssmlint.printDebugInformation")).splitlines()

    async def run(self, command: str, *arguments: Any) -> Any:
        """What a command of the server gives back."""
        params = types.ExecuteCommandParams(command, list(arguments))
        return await self.client.workspace_execute_command_async(params)

    async def text_of_server(self, opened: OpenText) -> str:
        """The text that the server has."""
        found = await self.run("ssmlint.printDebugInformation", opened.uri)
        assert isinstance(found, str)
        return found


def capabilities(
    *,
    encoding: str = "utf-16",
    pulls: bool = False,
    watches: bool = False,
    asks: bool = False,
    resolves: bool = True,
    refreshes: bool = False,
    **others: Any,
) -> types.ClientCapabilities:
    """What an editor says it can do: shows everything there is to a diagnostic, and

    `pulls` diagnostics, tells of files that it `watches`, answers who `asks` for settings,
    `resolves` code actions, `refreshes` what it has asked for; `others` stand in the place of what is made here.
    """
    tags = types.ClientDiagnosticsTagOptions(list(types.DiagnosticTag))
    pushed = types.PublishDiagnosticsClientCapabilities(
        related_information=True,
        tag_support=tags,
        version_support=True,
        code_description_support=True,
        data_support=True,
    )
    pulled = types.DiagnosticClientCapabilities(
        related_information=True,
        tag_support=tags,
        code_description_support=True,
        data_support=True,
    )
    acting = types.CodeActionClientCapabilities(
        code_action_literal_support=types.ClientCodeActionLiteralOptions(
            types.ClientCodeActionKindOptions(list(types.CodeActionKind))
        ),
        is_preferred_support=True,
        data_support=True,
        resolve_support=types.ClientCodeActionResolveOptions(["edit"]) if resolves else None,
    )
    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    members: dict[str, Any] = {
        "general": types.GeneralClientCapabilities(
            position_encodings=[types.PositionEncodingKind(encoding)]
        ),
        "text_document": types.TextDocumentClientCapabilities(
            publish_diagnostics=pushed,
            diagnostic=pulled if pulls else None,
            code_action=acting,
        ),
        "workspace": types.WorkspaceClientCapabilities(
            configuration=asks,
            did_change_watched_files=watching if watches else None,
            diagnostics=types.DiagnosticWorkspaceClientCapabilities(refreshes),
            code_lens=types.CodeLensWorkspaceClientCapabilities(refreshes),
        ),
    }
    return types.ClientCapabilities(**{**members, **others})


@contextlib.asynccontextmanager
async def session(
    *roots: Path, able: types.ClientCapabilities | None = None, options: Any = None
) -> AsyncIterator[Editor]:
    """Start the server for some folders and say goodbye in the end.

    It must end well, then, and must have had nothing to complain of.
    """
    client = Client(converter_factory=default_converter)
    register_lsp_features(client)
    history: list[types.PublishDiagnosticsParams] = []
    watched: list[types.Registration] = []
    features = client.protocol.fm.features
    features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = history.append
    features[types.CLIENT_REGISTER_CAPABILITY] = lambda params: watched.extend(params.registrations)
    refreshed: list[str] = []
    features[types.WORKSPACE_DIAGNOSTIC_REFRESH] = lambda _: refreshed.append("diagnostics")
    features[types.WORKSPACE_CODE_LENS_REFRESH] = lambda _: refreshed.append("lenses")
    await client.start_io(*COMMAND, cwd=roots[0] if roots else None)
    try:
        params = types.InitializeParams(
            capabilities=able or capabilities(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name) for root in roots],
            initialization_options=options,
        )
        answer = await asyncio.wait_for(client.initialize_session(params), PATIENCE)
        yield Editor(client, answer, history=history, watched=watched, refreshed=refreshed)
        status = await client.end()
    finally:
        client.kill()
        await client.stop()  # type: ignore[no-untyped-call]
    assert (status, client.complaints.decode()) == (0, "")
