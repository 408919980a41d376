"""What a hover is."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from ssmlint.engine import Facts
from ssmlint.records import dataclass
from ssmlint.source import Source, Span

_MOST_LINES = 16
#: Assignments that are listed.
_MOST_PLACES = 8


@dataclass(frozen=True, slots=True)
class Hover:
    """Markdown about a place of the file."""

    span: Span
    text: str


def joined(*parts: str) -> str:
    """Paragraphs of Markdown, without the empty ones."""
    return "\n\n".join(part for part in parts if part)


def code(text: str, language: str) -> str:
    """A fenced block; a long text is cut."""
    lines = textwrap.dedent(text.expandtabs(4)).strip("\r\n").splitlines()
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], "..."]
    body = "\n".join(line.rstrip() for line in lines)
    fence = "```"
    while fence in body:
        fence += "`"
    return f"{fence}{language}\n{body}\n{fence}"


def quoted(text: str) -> str:
    """A text as code in a line of prose."""
    line = " ".join(text.split())
    return f"`` {line} ``" if "`" in line else f"`{line}`"


def lines_of(source: Source, span: Span) -> str:
    """The text at a span, with what stands before it on its first line as blanks."""
    start = source.lines.line_span(source.lines.line_of(span.start)).start
    return " " * (span.start - start) + source.at(span)


def assigned_in(facts: Facts, places: Iterable[Span]) -> str:
    """The lines in which something is assigned."""
    return "Assigned in\n\n" + lines_listed(facts, places)


def lines_listed(facts: Facts, places: Iterable[Span]) -> str:
    """The lines of some places as a list, the first few of them."""
    lines = facts.file.source.lines
    numbers = list(dict.fromkeys(lines.line_of(span.start) for span in places))
    shown = []
    for number in numbers[:_MOST_PLACES]:
        text = facts.file.source.at(lines.line_span(number)).strip()
        shown.append(f"- line {number + 1}: {quoted(text[:120])}")
    if len(numbers) > _MOST_PLACES:
        shown.append(f"- and {len(numbers) - _MOST_PLACES} more")
    return "\n".join(shown)
