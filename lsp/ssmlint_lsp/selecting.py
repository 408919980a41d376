"""What a selection grows to: word, command, statement, function, script, scalar, step ..."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.references import REFERENCE
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar, Style
from ssmlint_lsp.cursor import Place, ShellPlace, place_in, shell_place, touches

_WORD = re.compile(r"\w+")


def selections(facts: Facts, offset: int) -> tuple[Span, ...]:
    """The spans of the file around an offset, innermost first, each inside the next.

    There is at least one: the file.
    """
    source = facts.file.source
    whole = Span(0, len(source.text))
    spans = {whole, *_words(source.text, offset)}
    place = place_in(facts, offset)
    if place is not None:
        spans.update(_in_tree(facts, place))
    shell = shell_place(facts, offset)
    if shell is not None:
        spans.update(_trimmed(source.text, span) for span in _in_script(facts, shell))
    return tuple(_nested(spans, offset))


def _trimmed(text: str, span: Span) -> Span:
    """Without the line breaks at the end, which no scalar or statement is meant to have."""
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip()))


def _nested(spans: set[Span], offset: int) -> Iterator[Span]:
    """The spans from small to large, without those that overlap a smaller one in part."""
    inner: Span | None = None
    for span in sorted(spans, key=lambda span: (len(span), span.start)):
        if touches(span, offset) and (inner is None or span.covers(inner)):
            yield span
            inner = span


def _words(text: str, offset: int) -> Iterator[Span]:
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    for match in _WORD.finditer(text, line):
        if match.start() > offset:
            return
        if offset <= match.end():
            yield Span(*match.span())


def _in_tree(facts: Facts, place: Place) -> Iterator[Span]:
    for node in place.around:
        yield node.span
    for entry in place.entries:
        yield entry.span
        yield entry.key.span
    scalar = place.scalar
    if scalar is not None:
        yield from _in_scalar(facts, scalar, place.offset)


def _in_scalar(facts: Facts, scalar: Scalar, offset: int) -> Iterator[Span]:
    mapping = source_map(facts.file.source, scalar)
    if not mapping.exact:
        return
    if scalar.style in (Style.LITERAL, Style.FOLDED):
        start = mapping.offset(0)
        yield Span(start, max(start, scalar.span.end))
    else:
        yield mapping.span(0, len(scalar.text))
    for match in REFERENCE.finditer(scalar.text):
        yield mapping.span(*match.span("name"))
        yield mapping.span(*match.span())


def _in_script(facts: Facts, place: ShellPlace) -> Iterator[Span]:
    script = place.shell.script
    for node in place.nodes:
        yield place.span(node)
    for comment in place.shell.syntax.comments:
        yield script.place(comment)
    line = _line(script.text, place.at)
    yield script.place(line)
    unit = place.unit
    while unit.parent is not None:
        yield script.place(unit.span)
        unit = unit.parent
    yield script.span(0, len(script.text))


def _line(text: str, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    stop = len(text) if end < 0 else end
    while start < stop and text[start] in " \t":
        start += 1
    return Span(start, stop)
