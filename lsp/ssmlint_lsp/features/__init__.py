"""One module per feature of the protocol, each with a function `register(server)`."""

from __future__ import annotations

import importlib

from lsprotocol import types

from ssmlint_lsp.checker import Checker
from ssmlint_lsp.server import Server

#: The features that the server has, by their modules.
MODULES = (
    "code_actions",
    "completion",
    "configuration",
    "debugging",
    "diagnostics",
    "dry_run",
    "folding",
    "hints",
    "hover",
    "lenses",
    "links",
    "navigation",
    "renaming",
    "selecting",
    "symbols",
    "tokens",
)


def create_server(checker: Checker) -> Server:
    """A server with all features, not started."""
    server = Server(checker)

    @server.feature(types.INITIALIZE)
    def begin(ls: Server, params: types.InitializeParams) -> None:
        ls.begin(params)

    for name in MODULES:
        importlib.import_module(f"ssmlint_lsp.features.{name}").register(server)
    return server
