"""`ssmlint lsp`: the language server, which editors start."""

from __future__ import annotations

import importlib
import importlib.util
import io
from types import ModuleType

from ssmlint.cli.options import Parser
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.errors import UserError

#: By name only, as rule packs are: the engine knows no editor.
_TRANSPORT = "ssmlint_lsp.transport"

#: What the server needs and `ssmlint` alone does not.
_LIBRARY = "pygls"

_HIGHEST_PORT = 65535


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Serve one client until it is gone.  Raises `UserError`."""
    options = parser().read(arguments)
    place = _address(options.tcp) if options.tcp is not None else None
    transport = _transport()
    if place is not None:
        try:
            return ExitStatus(transport.serve_tcp(*place))
        except OSError as error:
            raise UserError(f"cannot listen on `{options.tcp}`: {error.strerror}") from error
    if not isinstance(streams.stdout, io.TextIOWrapper):
        raise UserError("the language server needs standard input and output")
    return ExitStatus(transport.serve_stdio(streams.stdin, streams.stdout.buffer))


def parser() -> Parser:
    """The options of the command."""
    made = Parser("lsp", "Serve an editor: the language server, on standard input and output.")
    made.add_argument(
        "--stdio", action="store_true", help="on standard input and output, as without options"
    )
    made.add_argument(
        "--tcp", metavar="HOST:PORT", help="wait for one client on a port, for debugging"
    )
    return made


def _transport() -> ModuleType:
    if importlib.util.find_spec(_LIBRARY) is None:
        hint = "pip install 'ssmlint[lsp]'"
        raise UserError(
            f"the language server needs `{_LIBRARY}`, which is not installed", hint=hint
        )
    return importlib.import_module(_TRANSPORT)


def _address(word: str) -> tuple[str, int]:
    host, colon, port = word.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > _HIGHEST_PORT:
        raise UserError(f"`--tcp {word}` is no HOST:PORT", hint="for example `127.0.0.1:8765`")
    return host or "127.0.0.1", int(port)
