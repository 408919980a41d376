"""The parts that a PowerShell script falls into."""

from __future__ import annotations

import enum

from ssmlint.records import dataclass
from ssmlint.source import Span


class Kind(enum.Enum):
    """What a token is."""

    WORD = "word"
    """Whatever stands between blanks and the characters below: names, numbers, operators."""
    VARIABLE = "variable"
    STRING = "string"
    OPEN = "opening bracket"
    """`(`, `{`, `@(`, `@{`, `$(`."""
    CLOSE = "closing bracket"
    SEPARATOR = "separator"
    """`;`, `,`, `|`, `||`, `&`, `&&`."""
    NEWLINE = "line break"


class Quoting(enum.Enum):
    """How a place of a script is quoted."""

    BARE = "unquoted"
    SINGLE = "in single quotes"
    DOUBLE = "in double quotes"
    HERE_SINGLE = "in a here-string with single quotes"
    HERE_DOUBLE = "in a here-string with double quotes"
    COMMENT = "in a comment"
    VERBATIM = "behind `--%`"


@dataclass(frozen=True, slots=True)
class Token:
    """One part; `span` is in the script (code points)."""

    kind: Kind
    text: str
    span: Span
    depth: int
    """How many brackets are open around it; a bracket itself counts as outside."""
    in_string: bool = False
    """Whether it stands in a `$(...)` of a string."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch that is quoted in one way, quotation marks left out."""

    span: Span
    quoting: Quoting


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why PowerShell refuses a script."""

    span: Span
    message: str
