"""Starting the server: on standard input and output, or on a TCP port for debugging."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
from typing import TYPE_CHECKING, BinaryIO

from ssmlint_lsp.checker import Checker

if TYPE_CHECKING:
    from ssmlint_lsp.server import Server


def serve_stdio(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Serve one client until it says goodbye or is gone; the exit status.

    Whatever else writes to standard output meanwhile writes to standard error: one stray
    line would be the end of the conversation.
    """
    checker = Checker()
    stdout.flush()
    own = os.fdopen(os.dup(stdout.fileno()), "wb")
    os.dup2(2, stdout.fileno())
    try:
        server = _server(checker)
        server.start_io(stdin, own)
        return server.exit_status
    finally:
        checker.stop()


def serve_tcp(host: str, port: int) -> int:
    """Serve one client on a port; the exit status.  Raises `OSError`."""
    checker = Checker()
    try:
        server = _server(checker)
        sys.stderr.write(f"ssmlint: waiting for a client on {host}:{port}\n")
        with contextlib.suppress(SystemExit):  # how pygls ends; the status is our own business
            server.start_tcp(host, port)
        return server.exit_status
    finally:
        checker.stop()


def _server(checker: Checker) -> Server:
    # pygls warns of what is no fault of anybody: a question taken back when it was answered.
    logging.getLogger("pygls").setLevel(logging.ERROR)
    # Not at the top: the checker starts while the libraries of the protocol are imported.
    # What they are made of stays: there is no garbage to look for among it, now or later.
    gc.disable()
    from ssmlint_lsp.features import create_server

    server = create_server(checker)
    gc.freeze()
    gc.enable()
    return server
