"""The way back: what was acquired is released before the script gives up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.rule import Edit, Finding, Fix, Safety
from ssmlint.shell.rewriting import in_script
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, For
from ssmlint.source import Span

#: How a command that acquires is turned into the one that releases.  What belongs to the session
#: of a client (`FLUSH TABLES WITH READ LOCK`) cannot be released by another one.
_OPPOSITES = (
    (re.compile(r"\b(x?fs_?freeze\b.*?)(?<=\s)-f(?=\s)"), r"\1-u"),
    (re.compile(r"\b(fsfreeze\b.*?)(?<=\s)--freeze(?=\s)"), r"\1--unfreeze"),
    (re.compile(r"\b(systemctl\b.*?)(?<=\s)stop(?=\s)"), r"\1start"),
    (re.compile(r"\b(docker\b.*?)(?<=\s)pause(?=\s)"), r"\1unpause"),
    (re.compile(r"\b(dmsetup\b.*?)(?<=\s)suspend(?=\s)"), r"\1resume"),
    (re.compile(r"\bExternalFreeze\b"), "ExternalThaw"),
    (re.compile(r"\bfsyncLock\b"), "fsyncUnlock"),
)

_LEAVING = ("exit", "return")


def released_before(facts: Facts, finding: Finding) -> Fix | None:
    """Release in front of an `exit` (or `return`) what the finding says is left behind."""
    for script in facts.of(ShellScript):
        leaving = _command_at(script, finding.span)
        if leaving is None or not _leaves(leaving):
            continue
        held = (_command_at(script, note.span) for note in finding.problem.related)
        releases = [_release(script, command) for command in held if command is not None]
        if not releases or None in releases:
            return None
        change = _in_front(script, leaving, [r for r in dict.fromkeys(releases) if r])
        edits = in_script(script, (change,))
        return Fix("release what is held first", edits, Safety.UNSAFE) if edits else None
    return None


def _command_at(script: ShellScript, place: Span) -> Command | None:
    """The innermost command around a place of the file."""
    start, last = script.script.index(place.start), script.script.index(place.end - 1)
    if start is None or last is None:
        return None
    within = Span(start, last + 1)
    found = [command for command in script.index.of(Command) if command.span.covers(within)]
    return min(found, key=lambda command: len(command.span), default=None)


def _leaves(command: Command) -> bool:
    return command.name in _LEAVING


def _release(script: ShellScript, command: Command) -> str | None:
    """What releases what a command acquires, for all turns of the loop that it stands in."""
    text = script.written(command.span)
    for pattern, opposite in _OPPOSITES:
        undone, count = pattern.subn(opposite, text)
        if count == 1 and "\n" not in undone:
            return _for_all(script, command, undone)
    return None


def _for_all(script: ShellScript, command: Command, undone: str) -> str | None:
    loops = list(_loops(script, command))
    if not loops:
        return undone
    if len(loops) > 1 or not loops[0].words:
        return None
    (loop,) = loops
    words = loop.words or ()
    head = script.written(Span(loop.span.start, words[-1].span.end))
    # It goes on where one cannot be released: the others can.
    return f"{head}; do {undone} || true; done" if "\n" not in head else None


def _loops(script: ShellScript, command: Command) -> Iterator[For]:
    for above in script.index.ancestors(command):
        if isinstance(above, For):
            yield above


def _in_front(script: ShellScript, leaving: Command, releases: list[str]) -> Edit:
    text, span = script.script.text, leaving.span
    before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    if not before.strip():
        return Edit(Span(span.start, span.start), "".join(f"{r}\n{before}" for r in releases))
    inner = "; ".join([*releases, script.written(span)])
    return Edit(span, f"{{ {inner}; }}")
