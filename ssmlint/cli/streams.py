"""What every subcommand is given and what it gives back."""

from __future__ import annotations

import enum
from typing import BinaryIO, NamedTuple, TextIO

from ssmlint.errors import UserError


class ExitStatus(enum.IntEnum):
    """The exit statuses of `ssmlint`; the worst thing that happened decides."""

    CLEAN = 0
    """Nothing found, or nothing graver than advice."""
    FINDINGS = 1
    """At least one finding of severity error or warning."""
    ERROR = 2
    """Wrong use, a file that could not be read, or an internal error: no result."""


class Streams(NamedTuple):
    """The standard streams; input as bytes, because files come in any encoding."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO


def complain(stderr: TextIO, error: UserError) -> None:
    """Say what a user has done wrong; what is quoted from files does a terminal no harm."""
    # Not at the top: most runs have nothing to complain of.
    from ssmlint.report.cells import safe

    text = "\n".join(safe(line) for line in str(error).split("\n"))
    stderr.write(f"ssmlint: error: {text}\n")


class HelpAsked(Exception):
    """`--help`: carries the text to print."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
