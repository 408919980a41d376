"""`ssmlint.printDebugInformation`: what the server knows, for a report of a defect; and for tests."""

from __future__ import annotations

import sys
from importlib.metadata import version

from lsprotocol import types

from ssmlint import __version__
from ssmlint_lsp.server import Server

COMMAND = "ssmlint.printDebugInformation"
#: Answers when what is found in some documents as they are now has been shown.
WAIT = "ssmlint.waitForCheck"


def register(server: Server) -> None:
    """Offer the commands."""

    @server.command(WAIT)
    async def wait_for_check(ls: Server, *uris: str) -> None:
        for buffer in (ls.buffers.get(uri) for uri in uris):
            if buffer is not None:
                await ls.checks.up_to_date(buffer)

    @server.command(COMMAND)
    def print_debug_information(ls: Server, *uris: str) -> str:
        text = "\n".join(texts(ls, uris) if uris else information(ls))
        ls.window_log_message(types.LogMessageParams(types.MessageType.Info, text))
        return text


def information(server: Server) -> list[str]:
    """One line for each thing worth knowing."""
    return [
        f"ssmlint {__version__}, pygls {version('pygls')}, Python {sys.version.split()[0]}",
        f"position encoding: {server.positions.encoding}",
        f"checker: process {server.checks.process}",
        *(
            f"open: {buffer.uri} version {buffer.version}, {len(buffer.text)} characters"
            for buffer in server.buffers
        ),
    ]


def texts(server: Server, uris: tuple[str, ...]) -> list[str]:
    """The texts of open documents as the server has them: the editor's must be the same."""
    buffers = (server.buffers.get(uri) for uri in uris)
    return ["not open" if buffer is None else buffer.text for buffer in buffers]
