"""Fixes of what a shell reads, written as the script is written. No rule."""

from __future__ import annotations

from collections.abc import Iterable

from ssmlint.rule import Edit, Fix, Safety
from ssmlint.shell import rewriting
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Word
from ssmlint.shell.units import Unit
from ssmlint.source import Span


def script_fix(
    script: ShellScript,
    title: str,
    *changes: tuple[Span, str],
    unit: Unit | None = None,
    safety: Safety = Safety.UNSAFE,
) -> Fix | None:
    """A fix that puts texts in the place of spans of a script, or of a text that it quotes.

    None where that cannot be written down for sure: the spans are of several list items, or the
    text stands in quotes that the change would end.
    """
    edits = rewriting.in_unit(script, unit or script.main, _edits(changes))
    return Fix(title, edits, safety) if edits else None


def _edits(changes: Iterable[tuple[Span, str]]) -> list[Edit]:
    return [Edit(span, text) for span, text in changes]


def not_matching_itself(script: ShellScript, unit: Unit, word: Word) -> Fix | None:
    """A fix that writes a pattern so that it does not match where it is itself an argument."""
    text = word.literal or ""
    if not text[:1].isalnum() or "'" in text:
        return None
    pattern = f"'[{text[0]}]{text[1:]}'"
    return script_fix(script, f"look for `{pattern}`", (word.span, pattern), unit=unit)


def before_first_command(script: ShellScript, line: str) -> Fix | None:
    """A fix that puts a line in front of the first command of a script."""
    if not script.syntax.block:
        return None
    text = script.script.text
    start = text.rfind("\n", 0, script.syntax.block[0].span.start) + 1
    if text[start : script.syntax.block[0].span.start].strip():
        return None
    return script_fix(script, f"put `{line}` in front", insertion(start, f"{line}\n"))


def insertion(at: int, text: str) -> tuple[Span, str]:
    """A change that puts a text before a place."""
    return Span(at, at), text


def in_double_quotes(span: Span) -> tuple[tuple[Span, str], tuple[Span, str]]:
    """The changes that put double quotes around something."""
    return insertion(span.start, '"'), insertion(span.end, '"')
