"""Reads the pages of this folder: their sections, with files and commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HEADING = re.compile(r"(?P<level>#+) +(?P<title>.+)")
_FENCE = re.compile(r"(?P<fence>`{3,})(?P<info>.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block."""

    words: tuple[str, ...]
    """The words of its info string."""
    text: str
    number: int
    """The line of the page (from 1) where its content begins."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line and everything it must print."""

    line: str
    expected: str
    number: int
    """The line of the page (from 1) that it stands on."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one section does, in order, beginning with the files of the sections around it."""

    page: Path
    title: str
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """Its name among the tests."""
        return f"{self.page.stem}: {self.title}"


def blocks(page: Path) -> Iterator[Block]:
    """Every block of a page."""
    for _, value in _parts(page.read_text(encoding="utf-8")):
        if isinstance(value, Block):
            yield value


def sections(page: Path) -> Iterator[Section]:
    """The sections of a page that have commands."""
    around: list[tuple[int, str, list[Block]]] = [(0, "", [])]
    for kind, value in _parts(page.read_text(encoding="utf-8")):
        if isinstance(value, Block):
            around[-1][2].append(value)
            continue
        if around:
            yield from _section(page, around)
        level = kind
        while around[-1][0] >= level:
            around.pop()
        around.append((level, value, []))
    yield from _section(page, around)


def _section(page: Path, around: list[tuple[int, str, list[Block]]]) -> Iterator[Section]:
    *outer, (_, title, own) = around
    if any(block.words[:1] == ("console",) for block in own):
        given = (b for _, _, blocks in outer for b in blocks if len(b.words) == 2)
        yield Section(page, title, (*given, *own))


def _parts(text: str) -> Iterator[tuple[int, str | Block]]:
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        fence, heading = _FENCE.match(lines[number]), _HEADING.fullmatch(lines[number])
        if fence is not None:
            end = next(n for n in range(number + 1, len(lines)) if lines[n] == fence["fence"])
            body = "".join(f"{line}\n" for line in lines[number + 1 : end])
            yield 0, Block(tuple(fence["info"].split()), body, number + 2)
            number = end
        elif heading is not None:
            yield len(heading["level"]), heading["title"]
        number += 1


def commands(block: Block) -> Iterator[Command]:
    """The command lines of a `console` block."""
    found: list[Command] = []
    for number, line in enumerate(block.text.splitlines(keepends=True), start=block.number):
        if line.startswith("$ "):
            found.append(Command(line[2:].rstrip("\n"), "", number))
        else:
            last = found.pop()
            found.append(Command(last.line, last.expected + line, last.number))
    yield from found
