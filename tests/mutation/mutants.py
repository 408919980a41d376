"""A good twin, broken in one way.

A mutation is written against the twin as it is read here: line by line the template's own
file, but with the script moved to the left margin, so that an anchor of several lines looks
the way a person would write it down.
"""

from __future__ import annotations

import difflib
import functools
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "ssmlint" / "templates"
NAMES = tuple(sorted(path.stem for path in TEMPLATES.glob("*.yaml")))
FREEZING = ("empty", "mysql", "postgresql")
"""The twins that freeze filesystems."""

NO_CODE = (
    '    give_back && rm -rf "$STATE"\n    exit 201\n',
    '    give_back && rm -rf "$STATE"\n',
)
"""Without it, the rollback ends with 201 whatever code came before, and hides that code."""

_SCRIPT = "        - |\n"
_INDENT = " " * 10


class BadMutation(AssertionError):
    """A mutation that does not say clearly what it breaks."""


@dataclass(frozen=True)
class Edit:
    """Replace the only place where `find` stands by `put`."""

    find: str
    put: str


@dataclass(frozen=True)
class Mutation:
    """One way to break a twin, in words that name the mistake."""

    name: str
    edits: tuple[Edit, ...]
    at: tuple[str, ...] = ()
    """Lines, by what only they contain, where the finding may stand besides the broken one:
    the call that a dropped line belonged to."""
    twins: tuple[str, ...] = NAMES


@dataclass(frozen=True)
class Mutant:
    """A broken twin."""

    name: str
    twin: str
    text: str
    """The file."""
    broken: tuple[range, ...]
    """The lines (from 0) that changed; where lines are gone, the one that followed them."""
    at: tuple[int, ...]
    """Further lines where the finding may stand."""


def plant(
    name: str,
    find: str,
    put: str,
    *more: tuple[str, str],
    at: str | Sequence[str] = (),
    twins: Sequence[str] = NAMES,
) -> Mutation:
    """A mutation that replaces `find` by `put`, and further pairs."""
    edits = tuple(Edit(a, b) for a, b in ((find, put), *more))
    places = (at,) if isinstance(at, str) else tuple(at)
    return Mutation(name, edits, places, tuple(twins))


@functools.cache
def flat(twin: str) -> str:
    """The twin with its script at the left margin."""
    head, marker, script = (TEMPLATES / f"{twin}.yaml").read_text().partition(_SCRIPT)
    return head + marker + textwrap.dedent(script)


def file_of(text: str) -> str:
    """The file again: the script back where it belongs."""
    head, marker, script = text.partition(_SCRIPT)
    return head + marker + textwrap.indent(script, _INDENT)


def mutate(twin: str, mutation: Mutation) -> Mutant:
    """Break a twin.  Raises `BadMutation` where an anchor does not stand there once."""
    text = flat(twin)
    for edit in mutation.edits:
        text = text.replace(edit.find, edit.put) if _once(edit.find, text) else _bad(edit, twin)
    return mutant(mutation.name, twin, text, mutation.at)


def mutant(name: str, twin: str, text: str, at: Iterable[str] = ()) -> Mutant:
    """The mutant whose text (script at the left margin) is `text`."""
    broken = changed_lines(flat(twin), text)
    if not broken:
        raise BadMutation(f"`{name}` changes nothing in {twin}")
    return Mutant(name, twin, file_of(text), broken, tuple(_line(text, part) for part in at))


def _once(find: str, text: str) -> bool:
    return bool(find) and text.count(find) == 1


def _bad(edit: Edit, twin: str) -> str:
    times = flat(twin).count(edit.find)
    raise BadMutation(f"{twin} has {times} times, not once:\n{edit.find}")


def _line(text: str, part: str) -> int:
    if text.count(part) != 1:
        raise BadMutation(f"not once in the mutant: {part}")
    start = text.index(part)
    return text.count("\n", 0, start + len(part) - len(part.lstrip("\n")))


def changed_lines(before: str, after: str) -> tuple[range, ...]:
    """The lines of `after` (from 0) that differ; an empty deletion counts as its next line."""
    old, new = before.splitlines(), after.splitlines()
    start = _common(old, new)
    stop = _common(old[start:][::-1], new[start:][::-1])
    old, new = old[start : len(old) - stop], new[start : len(new) - stop]
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        range(start + first, start + max(last, first + 1))
        for tag, _, _, first, last in codes
        if tag != "equal"
    )


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    length = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        length += 1
    return length
