"""Files that a script writes by a redirection, with the words that name them."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.constants import text_of
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Redirect, Word
from ssmlint.source import Span


@dataclass(frozen=True, slots=True)
class Written:
    """One `command > path` of the script itself."""

    command: Command
    redirect: Redirect
    path: str
    """As `path_of` gives it."""
    span: Span
    """Of the path, in the script (code points)."""


def path_of(word: Word, script: ShellScript) -> str:
    """What tells a file from others: its path, or the way that it is written, where variables are in it."""
    text = text_of(word, script.constants)
    if text and UNKNOWN not in text:
        return text
    written = script.written(word.span).strip('"')
    return written.replace("{", "").replace("}", "")


def written_files(script: ShellScript) -> Iterator[Written]:
    """Every `>` and `>>` of a simple command of the script itself, in order."""
    for command in script.index.of(Command):
        for redirect in command.redirects:
            plain = redirect.descriptor in (None, 1) and redirect.target is not None
            if plain and redirect.operator in (">", ">|", ">>") and redirect.target is not None:
                path = path_of(redirect.target, script)
                yield Written(command, redirect, path, redirect.target.span)
