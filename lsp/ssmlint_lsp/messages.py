"""What the server and the process that checks tell each other.

Both are the same program on the same machine and nobody else can write to the pipes between
them, so that `pickle` may carry it.
"""

from __future__ import annotations

import enum
import pickle
import struct
from typing import IO, cast

from ssmlint.records import dataclass
from ssmlint_lsp.options import Options

# --- from the server ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Setting:
    """How things are: at the start, and whenever any of it changes."""

    encoding: str
    """Of positions: `utf-8`, `utf-16` or `utf-32`."""
    folders: tuple[str, ...]
    """The folders that the editor has open."""
    options: Options
    is_told: bool
    """Whether the editor tells when files change; without that they are looked at again and
    again."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document that is open has this text now."""

    path: str
    version: int
    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A document is not open any more: its file counts."""

    path: str


@dataclass(frozen=True, slots=True)
class FilesChanged:
    """Files have changed on the disk, of whatever kind."""


@dataclass(frozen=True, slots=True)
class Check:
    """Check what is open; `everything` also what is not."""

    number: int
    everything: bool = False


class How(enum.Enum):
    """What to do about what was found in a document."""

    ALL = "all"
    """Make every safe fix."""
    SAME = "same"
    """Make every safe fix of the rule of one finding."""
    SUPPRESS = "suppress"
    """Write a comment that one finding is not to be shown."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Say what to change in a document that is open."""

    number: int
    path: str
    version: int
    how: How
    finding: int = 0
    """Which of those in `Checked`, where it is about one."""


Order = Setting | Text | Closed | FilesChanged | Check | Mend

# --- to the server ------------------------------------------------------------------------

#: Line and column of the start, and of the end, from 0, in the encoding of `Setting`.
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with a few words."""

    path: str
    range: Range
    message: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """A fix: all edits together."""

    title: str
    edits: tuple[tuple[Range, str], ...]
    is_safe: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as an editor shows it."""

    rule: str
    """The id."""
    name: str
    url: str | None
    severity: str
    message: str
    range: Range
    span: tuple[int, int]
    """The same in code points."""
    spots: tuple[Spot, ...] = ()
    """Related places, and the steps of a trace in order."""
    remedy: Remedy | None = None
    further: tuple[Remedy, ...] = ()
    """What can be begun for a person to finish."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is found in one file."""

    path: str
    version: int | None
    """That of the open document; None of a file."""
    is_ours: bool
    """Whether there is anything in it that we check."""
    findings: tuple[Shown, ...] = ()
    is_complete: bool = True
    """Whether all rules have run; else those that take long have yet to, and what they have
    found in an older text stands in for it.  Remedies then have a title and no edits."""


@dataclass(frozen=True, slots=True)
class Documents:
    """Where the documents of the session are that policies may call."""

    places: tuple[tuple[str, str], ...]
    """Name and path of each."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the user, once."""

    message: str


@dataclass(frozen=True, slots=True)
class Done:
    """A check is complete: everything found has been sent."""

    number: int


@dataclass(frozen=True, slots=True)
class Mended:
    """The answer to a `Mend`."""

    number: int
    edits: tuple[tuple[Range, str], ...] = ()
    refusal: str = ""
    """Why there is nothing to change, where that is so."""


Report = Checked | Documents | Notice | Done | Mended

_HEAD = struct.Struct(">I")


def write(stream: IO[bytes], message: Order | Report) -> None:
    """Send a message.  Raises `OSError` where nobody reads any more."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_HEAD.pack(len(data)) + data)
    stream.flush()


def next_order(stream: IO[bytes]) -> Order | None:
    """The next order, None at the end of them."""
    return cast("Order | None", _read(stream))


def next_report(stream: IO[bytes]) -> Report | None:
    """The next report, None at the end of them."""
    return cast("Report | None", _read(stream))


def _read(stream: IO[bytes]) -> object | None:
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    data = stream.read(size)
    return pickle.loads(data) if len(data) == size else None
