"""A second reader of simple commands: bashlex, a Python port of GNU bash's own grammar.

`ssmlint.shell.syntax` reads every word itself; this one is asked where a second opinion
is wanted, and in the tests it is the independent judge of our quote removal.  It costs
about 90 ms to import, so nothing here imports it before it is asked.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.source import Span

#: bashlex is slow on long text, and no single command comes near.
_LONGEST_COMMAND = 10_000
_POSITION = re.compile(r" \(position \d+\)$")


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
    import bashlex

    if len(text) > _LONGEST_COMMAND:
        return None
    # Beside its own errors bashlex raises NotImplementedError, AttributeError, TypeError,
    # AssertionError and IndexError on bash that it does not know.
    try:
        trees = bashlex.parse(text, strictmode=False)
        if len(trees) != 1 or trees[0].kind != "command":
            return None
        return tuple(_words(trees[0]))
    except Exception:
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


def syntax_error_message(text: str) -> str | None:
    """How GNU bash words its objection to a script; None where bashlex has none.

    What bashlex merely does not know is no objection.  To be asked only about a script
    that is known to be broken.
    """
    import bashlex
    from bashlex.errors import ParsingError

    try:
        bashlex.parse(text, strictmode=False)
    except ParsingError as error:
        return _POSITION.sub("", str(error))
    except Exception:
        return None
    return None
