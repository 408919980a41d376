"""Commands for tests, written as a person writes them."""

from __future__ import annotations

import re
import shlex

from ssmlint.shell.commands import UNKNOWN, Field, Invocation, invocation
from ssmlint.source import Span

_VARIABLE = re.compile(r"\$[A-Z_]+")


def fields_of(command: str) -> list[Field]:
    """The fields of a command as a person writes it; `$UPPER` has no known value."""
    fields, position = [], 0
    for word in shlex.split(command):
        text = _VARIABLE.sub(UNKNOWN, word)
        fields.append(Field(text, Span(position, position + len(word))))
        position += len(word) + 1
    return fields


def run(command: str, stdin: str | None = None) -> Invocation:
    """The invocation of a command; `stdin` is a here-document."""
    document = None if stdin is None else Field(stdin, Span(1000, 1000 + len(stdin)), True)
    return invocation(fields_of(command), document)
