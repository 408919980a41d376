"""Diagnostics: pushed to editors that do not ask, and given to those that do.

An editor that can pull (LSP 3.17, `textDocument/diagnostic`) is pushed only what it cannot
ask for: mistakes in configuration files, which it does not send us.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from lsprotocol import types

from ssmlint.records import dataclass
from ssmlint_lsp.messages import Checked, Shown, Spot
from ssmlint_lsp.places import uri_of
from ssmlint_lsp.positions import protocol_range
from ssmlint_lsp.server import Server

SOURCE = "ssmlint"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}

#: What the names of rules say that editors show in a way of its own.
_TAGS = {
    "unused": types.DiagnosticTag.Unnecessary,
    "uncalled": types.DiagnosticTag.Unnecessary,
    "ineffective": types.DiagnosticTag.Unnecessary,
    "deprecated": types.DiagnosticTag.Deprecated,
}


def register(server: Server) -> None:
    """Push what is found, and answer who asks."""
    pusher = _Pusher(server)
    server.checks.listen(pusher.push)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        if not ls.is_told:
            ls.files_changed()
        ls.checks.soon(0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        ls.checks.soon()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        pusher.clear(params.text_document.uri)

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(
            identifier=SOURCE, inter_file_dependencies=True, workspace_diagnostics=True
        ),
    )
    async def pulled(
        ls: Server, params: types.DocumentDiagnosticParams
    ) -> types.DocumentDiagnosticReport:
        return await _document_report(ls, params)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def all_pulled(
        ls: Server, params: types.WorkspaceDiagnosticParams
    ) -> types.WorkspaceDiagnosticReport:
        return await _workspace_report(ls, params)


class _Pusher:
    """Publishes what is found in files that the editor does not ask about."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._published: dict[str, types.PublishDiagnosticsParams] = {}

    def push(self, checked: Checked) -> None:
        buffer = self._server.buffers.at_path(checked.path)
        if buffer is not None and self._server.can("text_document.diagnostic"):
            return
        if buffer is None and not _is_configuration(checked):
            return  # found for those who pull for the whole workspace
        uri = buffer.uri if buffer is not None else uri_of(checked.path)
        if not checked.is_ours and uri not in self._published:
            return
        self._publish(uri, checked.version, diagnostics_of(self._server, checked))

    def clear(self, uri: str) -> None:
        """Take back what was published of a document."""
        if uri in self._published:
            self._publish(uri, None, [])
            del self._published[uri]

    def _publish(self, uri: str, version: int | None, items: Sequence[types.Diagnostic]) -> None:
        knows_versions = self._server.can("text_document.publish_diagnostics.version_support")
        params = types.PublishDiagnosticsParams(uri, items, version if knows_versions else None)
        # What was found early is mostly all that is found.
        if knows_versions and self._published.get(uri) == params:
            return
        self._published[uri] = params
        self._server.text_document_publish_diagnostics(params)


def _is_configuration(checked: Checked) -> bool:
    return checked.path.endswith(".toml")


async def _document_report(
    server: Server, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport:
    buffer = server.buffer(params.text_document)
    checked = await server.checks.up_to_date(buffer) if buffer is not None else None
    items = diagnostics_of(server, checked) if checked is not None else []
    identity = identity_of(server, items)
    if identity == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(identity)
    return types.RelatedFullDocumentDiagnosticReport(items, result_id=identity)


async def _workspace_report(
    server: Server, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    await server.checks.everything()
    before = {item.uri: item.value for item in params.previous_result_ids}
    reports: dict[str, types.WorkspaceDocumentDiagnosticReport] = {}
    for path, checked in server.checks.found.items():
        if checked.is_ours and not _is_configuration(checked):
            buffer = server.buffers.at_path(path)
            uri = buffer.uri if buffer is not None else uri_of(path)
            reports[uri] = _item(server, uri, checked, before.get(uri))
    for uri in before.keys() - reports.keys():
        reports[uri] = types.WorkspaceFullDocumentDiagnosticReport(uri, [])
    return types.WorkspaceDiagnosticReport(list(reports.values()))


def _item(
    server: Server, uri: str, checked: Checked, before: str | None
) -> types.WorkspaceDocumentDiagnosticReport:
    items = diagnostics_of(server, checked)
    identity = identity_of(server, items)
    if identity == before:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri, identity, checked.version)
    return types.WorkspaceFullDocumentDiagnosticReport(
        uri, items, version=checked.version, result_id=identity
    )


def identity_of(server: Server, items: Sequence[types.Diagnostic]) -> str:
    """A name for a result: equal results have equal names, also after a restart."""
    data = json.dumps([server.protocol.as_data(item) for item in items], sort_keys=True)
    return hashlib.sha256(data.encode()).hexdigest()[:32]


def diagnostics_of(server: Server, checked: Checked) -> list[types.Diagnostic]:
    """What was found as the client can show it."""
    shows = _Shows.of(server)
    return [_diagnostic(server, shown, shows) for shown in checked.findings]


@dataclass(frozen=True, slots=True)
class _Shows:
    """What of a diagnostic the client can show."""

    code_description: bool
    tags: bool
    related_information: bool
    data: bool

    @classmethod
    def of(cls, server: Server) -> _Shows:
        prefix = _prefix(server)
        return cls(
            server.can(f"{prefix}.code_description_support"),
            server.can(f"{prefix}.tag_support"),
            server.can(f"{prefix}.related_information"),
            server.can(f"{prefix}.data_support"),
        )


def _diagnostic(server: Server, shown: Shown, shows: _Shows) -> types.Diagnostic:
    made = types.Diagnostic(
        protocol_range(shown.range),
        shown.message,
        severity=_SEVERITIES[shown.severity],
        code=shown.name,
        source=SOURCE,
    )
    if shown.url is not None and shows.code_description:
        made.code_description = types.CodeDescription(shown.url)
    if shows.tags:
        made.tags = list(_tags(shown)) or None
    if shown.spots and shows.related_information:
        made.related_information = [_related(server, spot) for spot in shown.spots]
    if shows.data:
        made.data = _data(shown)
    return made


def _prefix(server: Server) -> str:
    """Where the client says what of a diagnostic it can show."""
    pulls = server.can("text_document.diagnostic.related_information")
    return "text_document.diagnostic" if pulls else "text_document.publish_diagnostics"


def _data(shown: Shown) -> dict[str, Any]:
    """What a code action wants to know, and a program that reads diagnostics."""
    data: dict[str, Any] = {"id": shown.rule, "span": list(shown.span)}
    if shown.remedy is not None:
        data["fix"] = {"title": shown.remedy.title, "isSafe": shown.remedy.is_safe}
    return data


def _tags(shown: Shown) -> Iterable[types.DiagnosticTag]:
    return dict.fromkeys(_TAGS[word] for word in shown.name.split("-") if word in _TAGS)


def _related(server: Server, spot: Spot) -> types.DiagnosticRelatedInformation:
    buffer = server.buffers.at_path(spot.path)
    uri = buffer.uri if buffer is not None else uri_of(spot.path)
    where = types.Location(uri, protocol_range(spot.range))
    return types.DiagnosticRelatedInformation(where, spot.message)
