"""Files that a script writes by a redirection, the words that name them, and which are lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.shell.constants import text_of
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, For, Pipeline, Redirect, While, Word, walk
from ssmlint.shell.units import Unit
from ssmlint.source import Span

_FILLS = frozenset({"mapfile", "readarray"})
_PRINTS_FILES = frozenset({"cat", "sort", "tac"})


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
    text = word.literal or text_of(word, script.constants)
    if text and UNKNOWN not in text:
        return text
    written = script.written(word.span).strip('"')
    return written.replace("{", "").replace("}", "")


@once
def written_files(script: ShellScript) -> tuple[Written, ...]:
    """Every `>` and `>>` of a simple command of the script itself, in order."""
    return tuple(_written(script))


def _written(script: ShellScript) -> Iterator[Written]:
    for command in script.index.of(Command):
        for redirect in command.redirects:
            plain = redirect.descriptor in (None, 1) and redirect.target is not None
            if plain and redirect.operator in (">", ">|", ">>") and redirect.target is not None:
                path = path_of(redirect.target, script)
                yield Written(command, redirect, path, redirect.target.span)


def is_list(script: ShellScript, path: str, outside: Any) -> bool:
    """Whether a file is gone through: `done < path`, `for x in $(cat path)`, `mapfile < path`.

    What stands in the node `outside` does not count.
    """
    return any(_readers(script, path, outside))


def _readers(script: ShellScript, path: str, outside: Any) -> Iterator[bool]:
    own = {id(node) for node in walk(outside)}
    for unit in script.units:
        found: list[Word] = []
        for loop in unit.index.of(While):
            found.extend(_fed(loop.redirects))
        for command in unit.index.of(Command):
            if id(command) in own:
                continue
            if command.name in _FILLS:
                found.extend(_fed(command.redirects))
            elif command.name in _PRINTS_FILES and _is_gone_through(command, unit):
                found.extend([*command.words[1:], *_fed(command.redirects)])
        # Places of other texts are none of the script's.
        own_text = unit is script.main
        for word in found:
            yield (path_of(word, script) if own_text else text_of(word)) == path


def _is_gone_through(command: Command, unit: Unit) -> bool:
    """Whether a loop takes what a command prints line by line, or word by word."""
    loop = unit.index.enclosing(command, For)
    words = loop.words or () if loop is not None else ()
    pipeline = unit.index.enclosing(command, Pipeline)
    piped = pipeline is not None and any(isinstance(part, While) for part in pipeline.commands[1:])
    return piped or any(node is command for word in words for node in walk(word))


def _fed(redirects: tuple[Redirect, ...]) -> list[Word]:
    return [r.target for r in redirects if r.operator == "<" and r.target is not None]
