"""A second reader of simple commands: bashlex, a Python port of GNU bash's own grammar.

`ssmlint.shell.syntax` reads every word itself; this is the independent judge of its quote
removal.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

import bashlex
from bashlex.errors import ParsingError

from ssmlint.records import dataclass
from ssmlint.source import Span

#: What bashlex raises beside its own errors, on bash that it does not know.
_OTHER_ERRORS = (AssertionError, AttributeError, IndexError, NotImplementedError, TypeError)
#: bashlex is slow on long text, and no single command comes near.
_LONGEST_COMMAND = 10_000


class Role(enum.Enum):
    """What a word is for its command."""

    ARGUMENT = "argument"
    """The command's name, too."""
    ASSIGNMENT = "assignment"
    REDIRECTION = "redirection"


@dataclass(frozen=True, slots=True)
class ReadWord:
    """One word; spans are code-point offsets into the command's text."""

    span: Span
    text: str
    """After quote removal, expansions as they are written; of a redirection the target."""
    role: Role = Role.ARGUMENT
    expansions: tuple[Span, ...] = ()
    operator: str = ""
    """`>`, `<<` ... of a redirection."""


def read_words(text: str) -> tuple[ReadWord, ...] | None:
    """The words of one simple command; None where bashlex cannot read it as one."""
    if len(text) > _LONGEST_COMMAND:
        return None
    try:
        trees = bashlex.parse(text, strictmode=False)
        if len(trees) != 1 or trees[0].kind != "command":
            return None
        return tuple(_words(trees[0]))
    except (ParsingError, *_OTHER_ERRORS):
        return None


def _words(command: Any) -> Iterator[ReadWord]:
    for part in command.parts:
        span = Span(*part.pos)
        if part.kind == "redirect":
            target = part.output
            text = getattr(target, "word", None)
            written = str(target) if text is None else text
            yield ReadWord(span, written, Role.REDIRECTION, operator=part.type)
            continue
        role = Role.ASSIGNMENT if part.kind == "assignment" else Role.ARGUMENT
        expansions = tuple(Span(*below.pos) for below in part.parts)
        yield ReadWord(span, part.word, role, expansions)
