"""The command line: one module per subcommand, `main` returns the exit status."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import BinaryIO, TextIO

from ssmlint import __version__
from ssmlint.cli.streams import ExitStatus, HelpAsked, Streams, complain
from ssmlint.errors import UserError, describe_defect

#: What each subcommand is for.  Its module, of the same name (with `_` for `-`), is imported
#: when it is called, so that `ssmlint --version` pays for none of them.
COMMANDS = {
    "check": "find mistakes in SSM documents and lifecycle policies",
    "rule": "explain a rule, or list them all",
    "config": "explain an option of the configuration, or list them all",
    "explain-policy": "say in plain words what a lifecycle policy will do",
    "dry-run": "run a document against a simulated host, faults included",
    "new": "write a pre/post document to start from",
    "lsp": "serve an editor: the language server",
    "clean": "remove what is kept of earlier runs",
    "completion": "print what makes a shell complete command lines of ssmlint",
}

_INTERRUPTED = 128 + 2
_BROKEN_PIPE = 128 + 13

_PLEASE_REPORT = "  hint: this is a defect of ssmlint; please report it with this line"


def run() -> int:
    """What the `ssmlint` program calls: `main` on the process's own arguments and streams."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character of a message must not end the run.
            stream.reconfigure(errors="backslashreplace")
    # A stream that the caller closed (`<&-`) is None.
    stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()
    stdout = sys.stdout or io.StringIO()
    stderr = sys.stderr or io.StringIO()
    try:
        status = main(sys.argv[1:], stdin, stdout, stderr)
        stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        return _failed_to_write(error, stderr)
    except Exception as error:
        stderr.write(f"ssmlint: internal error: {describe_defect(error)}\n{_PLEASE_REPORT}\n")
        return ExitStatus.ERROR
    return status


def _failed_to_write(error: OSError, stderr: TextIO) -> int:
    # What is still buffered goes nowhere, or the interpreter would try again at its end
    # and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        # `ssmlint check | head -1`: the reader has seen enough.
        return _BROKEN_PIPE
    stderr.write(f"ssmlint: error: cannot write: {error.strerror or error}\n")
    return ExitStatus.ERROR


def main(argv: list[str], stdin: BinaryIO, stdout: TextIO, stderr: TextIO) -> int:
    """Run one command line (without the program's name) and return its exit status.

    Raises nothing but `KeyboardInterrupt` and what writing to the streams raises.
    """
    try:
        return _dispatch(argv, Streams(stdin, stdout, stderr))
    except HelpAsked as asked:
        stdout.write(asked.text)
        return ExitStatus.CLEAN
    except UserError as error:
        complain(stderr, error)
        return ExitStatus.ERROR


def _dispatch(argv: list[str], streams: Streams) -> ExitStatus:
    match argv:
        case []:
            streams.stderr.write(_help())
            return ExitStatus.ERROR
        case ["-h" | "--help", *_]:
            raise HelpAsked(_help())
        case ["-V" | "--version", *_]:
            streams.stdout.write(f"ssmlint {__version__}\n")
            return ExitStatus.CLEAN
        case [name, *rest] if name in COMMANDS:
            module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
            status: ExitStatus = module.main(rest, streams)
            return status
    raise _unknown(argv[0])


def _help() -> str:
    commands = "".join(f"  {name:<16}{purpose}\n" for name, purpose in COMMANDS.items())
    return (
        "usage: ssmlint COMMAND [OPTIONS]\n\n"
        "Static analyser for AWS Systems Manager documents and the lifecycle policies that\n"
        f"call them.\n\ncommands:\n{commands}\n"
        "options:\n  -h, --help     show this help, or with a command, that command's\n"
        "  -V, --version  show the version\n\n"
        "exit status: 0 clean, 1 errors or warnings found, 2 wrong use, unreadable file or\n"
        "internal error\n"
    )


def _unknown(word: str) -> UserError:
    if word.startswith("-"):
        from ssmlint.cli.options import near

        return UserError(f"unknown option `{word}`", hint=near(word, ("--help", "--version")))
    if os.path.exists(word):
        return UserError(f"unknown command `{word}`", hint=f"`ssmlint check {word}` checks it")
    from ssmlint.cli.options import near

    return UserError(f"unknown command `{word}`", hint=near(word, COMMANDS))
