"""Edits that take suppressions out of a file. No rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ssmlint.directives import Name
from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.suppression_lines import FileText
from ssmlint.suppressions import Suppression

#: An item of a list that is a line of a script, alone on its line of the file.
_ITEM = re.compile(r"""[ \t]*- (?P<mark>['"]?)(?P<text>.*)(?P=mark)[ \t]*|[ \t]*"(?P<json>.*)",""")


def without(suppression: Suppression, gone: Collection[Name]) -> tuple[Edit, ...]:
    """Take names out of a suppression, and all of it where none is left.

    Nothing where the comment stands in a way that it cannot be taken out alone.
    """
    names = suppression.directive.names
    if all(name in gone for name in names):
        return removed(suppression)
    spans = _runs(names, gone)
    return tuple(Edit(suppression.text.place(*span), "") for span in spans)


def _runs(names: tuple[Name, ...], gone: Collection[Name]) -> Iterator[tuple[int, int]]:
    """What to cut out of a list of names so that a comma stays between those that stay."""
    last = len(names) - 1
    number = 0
    while number <= last:
        first = number
        while number <= last and names[number] in gone:
            number += 1
        if first < number <= last:
            yield names[first].start, names[number].start
        elif first < number:
            yield names[first - 1].end, names[last].end
        number += 1


def removed(suppression: Suppression) -> tuple[Edit, ...]:
    """Take a suppression out, with its line where nothing else stands there."""
    text, directive = suppression.text, suppression.directive
    line = text.lines.line_span(suppression.line)
    before = text.text[line.start : directive.start]
    behind = text.text[directive.end : line.end]
    if behind.strip():
        return (Edit(text.place(directive.start, line.end - len(behind.lstrip())), ""),)
    if before.strip():
        start = line.start + len(before.rstrip())
        return (Edit(text.place(start, line.end), ""),)
    if suppression.line and text.is_joined(suppression.line - 1):
        return ()
    return _line_removed(suppression, line)


def _line_removed(suppression: Suppression, line: Span) -> tuple[Edit, ...]:
    text, source = suppression.text, suppression.source
    written = text.text[line.start : line.end].strip()
    here = source.lines.line_of(suppression.span.start)
    outer = source.lines.line_span(here)
    if source.at(outer).strip() == written or _is_item(source.at(outer), written):
        return (Edit(_with_break(source, here), ""),)
    if isinstance(text, FileText) or suppression.line + 1 >= len(text.lines):
        return ()
    whole = text.place(line.start, text.lines.line_span(suppression.line + 1).start)
    return (Edit(whole, ""),) if "\n" not in source.at(whole) else ()


def _is_item(line: str, written: str) -> bool:
    item = _ITEM.fullmatch(line)
    return item is not None and written in (item["text"], item["json"])


def _with_break(source: Source, line: int) -> Span:
    span = source.lines.line_span(line)
    if line + 1 < len(source.lines):
        return Span(span.start, source.lines.line_span(line + 1).start)
    return span
