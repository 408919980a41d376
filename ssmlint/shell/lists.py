"""Loops over the output of a command that lists paths: mounts, files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Command,
    For,
    Pipeline,
    ProcessSubstitution,
    Redirect,
    Substitution,
    While,
    walk,
)
from ssmlint.shell.units import Unit, Use
from ssmlint.source import Span

_MOUNT_TABLES = re.compile(r"/proc/(?:self/|1/)?mounts|/proc/(?:self|1)/mountinfo|/etc/mtab")
_FILES = frozenset({"ls", "find", "fd"})


@dataclass(frozen=True, slots=True, eq=False)
class ListLoop:
    """A loop whose variable takes the lines (or words) that a command writes."""

    unit: Unit
    loop: For | While
    name: str
    """The loop's variable; empty where `read` has several."""
    source: Span
    """The commands that make the list, in the script (code points)."""
    lister: Use
    """The command that lists."""
    filters: str
    """The text of the commands behind it, which may take items out."""
    split: bool
    """Whether the output is split at blanks, not only at the ends of lines."""

    @property
    def body(self) -> Span:
        """The loop, in the script."""
        return self.unit.place(self.loop.span)


@once
def list_loops(script: ShellScript) -> tuple[ListLoop, ...]:
    """Every loop over a list of paths, in order; several rules ask."""
    return tuple(_list_loops(script))


def _list_loops(script: ShellScript) -> Iterator[ListLoop]:
    for unit in script.units:
        uses = {id(use.command): use for use in script.uses_in(unit)}
        for loop, name, maker, split in _loops(unit):
            commands = _commands(maker)
            found = [uses[id(c)] for c in commands if id(c) in uses]
            lister = next((use for use in found if lists_paths(use)), None)
            if lister is not None:
                end = lister.command.span.end
                filters = unit.text[end : maker.span.end]
                source = unit.place(maker.span)
                yield ListLoop(unit, loop, name, source, lister, filters, split)


def lists_paths(use: Use) -> bool:
    """Whether a command writes paths: of mounts, or of files."""
    made = use.invocation
    arguments = [field.text for field in made.arguments]
    if made.name in _FILES or made.name in ("findmnt", "df"):
        return True
    if made.name == "lsblk":
        return shows_mounts(arguments)
    if made.name == "mount":
        return not any(not argument.startswith("-") for argument in arguments)
    return any(_MOUNT_TABLES.search(argument) for argument in arguments)


def shows_mounts(arguments: list[str]) -> bool:
    """Whether `lsblk` with these arguments shows where devices are mounted."""
    text = " ".join(arguments)
    columns = re.search(r"(?:^|\s)(?:-\w*[oO]|--output(?:-all)?)(?:[= ]?)(\S*)", text)
    return columns is None or "MOUNTPOINT" in columns[1].upper()


def _loops(unit: Unit) -> Iterator[tuple[For | While, str, Any, bool]]:
    for loop in unit.index.of(For):
        for word in loop.words or ():
            for part in word.parts:
                if isinstance(part, Substitution) and not part.quoted:
                    yield loop, loop.name, part, True
    for reading in unit.index.of(While):
        maker = _fed_by(unit, reading)
        if maker is not None:
            yield reading, _read_name(reading), maker, False


def _fed_by(unit: Unit, loop: While) -> Any | None:
    """What feeds `while read`: the pipeline in front, or `< <(...)`."""
    pipeline = unit.index.parent(loop)
    if isinstance(pipeline, Pipeline) and pipeline.commands[0] is not loop:
        return pipeline
    for redirect in loop.redirects:
        for node in walk(redirect):
            if isinstance(redirect, Redirect) and isinstance(
                node, (ProcessSubstitution, Substitution)
            ):
                return node
    return None


def _read_name(loop: While) -> str:
    head = loop.condition[-1]
    if not isinstance(head, Command) or head.name != "read":
        return ""
    names = [w.literal for w in head.words[1:] if w.literal and not w.literal.startswith("-")]
    return names[0] if len(names) == 1 and names[0] else ""


def _commands(maker: Any) -> list[Command]:
    """The commands that make a list, without those of the loop itself."""
    if isinstance(maker, Pipeline):
        parts = [part for part in maker.commands if not isinstance(part, (While, For))]
        return [node for part in parts for node in walk(part) if isinstance(node, Command)]
    return [node for node in walk(maker) if isinstance(node, Command)]
