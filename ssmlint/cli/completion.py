"""`ssmlint completion`: print what makes a shell complete command lines of ssmlint."""

from __future__ import annotations

import importlib

from ssmlint.cli.completions import SHELLS, commands
from ssmlint.cli.options import Parser, one_of
from ssmlint.cli.streams import ExitStatus, Streams


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Print the script for one shell."""
    options = parser().read(arguments)
    module = importlib.import_module(f"ssmlint.cli.completions.{options.shell}")
    streams.stdout.write(module.script(commands()))
    return ExitStatus.CLEAN


def parser() -> Parser:
    """The options of the command."""
    made = Parser("completion", "Print what makes a shell complete command lines of ssmlint.")
    made.add_argument(
        "shell", type=one_of("SHELL", SHELLS), metavar="SHELL", help=f"one of {', '.join(SHELLS)}"
    )
    return made
