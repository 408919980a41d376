"""Semantic tokens: the words of a script, and references anywhere, as stretches of the file."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from ssmlint.embedded import Script
from ssmlint.engine import Facts
from ssmlint.model.document import SsmDocument
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Source, Span
from ssmlint_lsp.painting import powershell, python, shell
from ssmlint_lsp.painting.canvas import PARAMETER, Paint

_LINE_BREAK = re.compile(r"\r\n|\r|\n")

_Runs = Iterator[tuple[Span, Paint]]


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of one line of the file."""

    span: Span
    paint: Paint


def tokens(facts: Facts, within: Span | None = None) -> tuple[Token, ...]:
    """The tokens of a file, in order, none over a line break; or those of a part of it."""
    found = [token for token in _tokens(facts, within) if len(token.span)]
    kept: list[Token] = []
    for token in sorted(found, key=lambda token: token.span):
        # One scalar may stand in two scripts, by an alias.
        if not kept or token.span.start >= kept[-1].span.end:
            kept.append(token)
    return tuple(kept)


def _tokens(facts: Facts, within: Span | None) -> Iterator[Token]:
    source = facts.file.source
    scalars: set[int] = set()
    for script, painted in _painted(facts):
        scalars.update(id(piece.scalar) for piece in script.pieces)
        whole = Span(script.pieces[0].scalar.span.start, script.pieces[-1].scalar.span.end)
        if _meets(whole, within):
            for span, paint in painted():
                for line in _lines(source, script.place(span)):
                    if _meets(line, within):
                        yield Token(line, paint)
    for document in facts.of(SsmDocument):
        for reference in document.references:
            if id(reference.scalar) not in scalars and _meets(reference.span, within):
                yield from (Token(line, PARAMETER) for line in _lines(source, reference.span))


def _painted(facts: Facts) -> Iterator[tuple[Script, Callable[[], _Runs]]]:
    for one in facts.of(ShellScript):
        yield one.script, functools.partial(shell.painted, one)
    for two in facts.of(PythonScript):
        yield two.script, functools.partial(python.painted, two)
    for three in facts.of(PowerShellScript):
        yield three.script, functools.partial(powershell.painted, three)


def _meets(span: Span, within: Span | None) -> bool:
    return within is None or (span.start < within.end and within.start < span.end)


def _lines(source: Source, span: Span) -> Iterator[Span]:
    """A span line by line, without the white space at both ends of the lines it goes over."""
    text = source.at(span)
    if "\n" not in text and "\r" not in text:
        yield span
        return
    at = span.start
    for line in _LINE_BREAK.split(text):
        # The length of a break is found again behind the line.
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            yield Span(start, start + len(bare))
        at += len(line)
        at += 2 if source.text.startswith("\r\n", at) else 1
