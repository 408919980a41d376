"""Settings of the editor, configuration files, folders: whatever decides how files are checked."""

from __future__ import annotations

import os

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from ssmlint_lsp.options import SECTION, Options
from ssmlint_lsp.places import path_of
from ssmlint_lsp.server import Server

#: What the editor is asked to tell of when it changes on the disk.
_WATCHED = "**/{*.yaml,*.yml,*.json,*.toml,.gitignore}"
_REGISTRATION = "ssmlint-files"


def register(server: Server) -> None:
    """Keep up with what changes."""

    @server.feature(types.INITIALIZED)
    async def initialized(ls: Server, params: types.InitializedParams) -> None:
        before = ls.options
        ls.start()
        await _watch(ls)
        await _ask(ls)
        await _tell(ls, before)

    @server.feature(types.SHUTDOWN)
    def shutdown(ls: Server, params: None) -> None:
        ls.checks.stop()

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def changed(ls: Server, params: types.DidChangeConfigurationParams) -> None:
        before = ls.options
        if not await _ask(ls) and params.settings is not None:
            ls.take_options(params.settings)
        await _tell(ls, before)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        if any(_matters(ls, change) for change in params.changes):
            ls.files_changed()
            await ls.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        if not ls.is_told:
            ls.files_changed()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders_changed(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
        ls.settle()
        await ls.refresh()


async def _watch(server: Server) -> None:
    """Ask to be told when files change; without that they are looked at again and again."""
    if not server.can("workspace.did_change_watched_files.dynamic_registration"):
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
    method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration(_REGISTRATION, method, options)
    try:
        await server.client_register_capability_async(types.RegistrationParams([registration]))
    except JsonRpcException:
        return
    server.is_told = True
    server.settle()


async def _ask(server: Server) -> bool:
    """Ask for the settings, where the editor answers that; whether it did."""
    if not server.can("workspace.configuration"):
        return False
    items = [types.ConfigurationItem(section=SECTION)]
    try:
        found = await server.workspace_configuration_async(types.ConfigurationParams(items))
    except JsonRpcException:
        return False
    if found and found[0] is not None:
        server.take_options(found[0])
    return True


async def _tell(server: Server, before: Options) -> None:
    """Have the client ask again where other settings hold than before."""
    if server.options != before:
        await server.refresh()


def _matters(server: Server, change: types.FileEvent) -> bool:
    """Whether a change is more than an open document having been saved."""
    path = path_of(change.uri)
    is_saved = change.type is types.FileChangeType.Changed and not path.endswith(".toml")
    return not (is_saved and server.buffers.at_path(os.path.normpath(path)) is not None)
