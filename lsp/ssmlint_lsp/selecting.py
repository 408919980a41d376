"""What a selection grows to: word, command, statement, function, script, scalar, step ..."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from ssmlint.embedded import Script
from ssmlint.engine import Facts
from ssmlint.model.references import REFERENCE
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar, Style
from ssmlint_lsp.blocks import powershell_blocks, python_blocks
from ssmlint_lsp.cursor import Place, ShellPlace, place_in, script_index, shell_place, touches
from ssmlint_lsp.parts import of_powershell

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
    spans.update(_trimmed(source.text, span) for span in _in_others(facts, offset))
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


def _in_others(facts: Facts, offset: int) -> Iterator[Span]:
    """The same in Python and PowerShell."""
    for python in facts.of(PythonScript):
        at = script_index(python.script, offset)
        if at is not None:
            yield from _around(python.script, at, _of_python(python))
    for powershell in facts.of(PowerShellScript):
        at = script_index(powershell.script, offset)
        if at is not None:
            blocks = (block.span for block in powershell_blocks(powershell))
            tokens = (token.span for token in powershell.statements.tokens)
            functions = (part.span for part in of_powershell(powershell).parts)
            yield from _around(powershell.script, at, (*tokens, *blocks, *functions))


def _of_python(script: PythonScript) -> Iterator[Span]:
    tree = script.syntax.tree
    for node in ast.walk(tree) if tree is not None else ():
        if hasattr(node, "end_col_offset"):
            yield script.syntax.span(node)
    yield from (block.span for block in python_blocks(script))


def _around(script: Script, at: int, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if touches(span, at):
            yield script.place(span)
    yield script.place(_line(script.text, at))
    yield script.span(0, len(script.text))


def _line(text: str, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    stop = len(text) if end < 0 else end
    while start < stop and text[start] in " \t":
        start += 1
    return Span(start, stop)
