"""Members and items put into and taken out of mappings and lists, written as the others are.

A file may be JSON, block YAML or the flow kind (`{a: 1}`), on one line or on many.  What cannot be
cut out or put in without touching something else gives None: a comment between two members of
one line, the last member of a block, what an alias stands for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence as SequenceABC
from typing import Union

from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.tree import Entry, Mapping, Node, Scalar, Sequence, Style
from ssmlint.yaml_tree import plain_value

#: What can be put in.
Value = Union[str, int, bool, list[str], dict[str, "Value"]]

_HARMLESS = re.compile(r"[A-Za-z0-9_./$^(][A-Za-z0-9_./:$^()|+*?-]*(?<!:)")
_FLOW_MARKS = ("{", "[")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z)")
_SEPARATOR = re.compile(r"\s*,\s*")
_INDENTED = re.compile(r"[ \t]*(?:\r\n|\r|\n)[ \t]*")
_MARKS = re.compile(r"[ \t]*(?:-[ \t]+)*")


def is_flow(source: Source, node: Mapping | Sequence) -> bool:
    """Whether a mapping or list is written in brackets, as all of JSON is."""
    return source.text.startswith(_FLOW_MARKS, node.span.start)


def without_entry(source: Source, mapping: Mapping, entry: Entry) -> Edit | None:
    """Take a member out of a mapping."""
    parts = [member.span for member in mapping.entries]
    if any(member.value.span.start < member.key.span.end for member in mapping.entries):
        return None
    return _without(source, mapping, parts, mapping.entries.index(entry))


def without_item(source: Source, items: Sequence, item: Node) -> Edit | None:
    """Take an item out of a list."""
    number = next(n for n, other in enumerate(items.items) if other is item)
    return _without(source, items, [other.span for other in items.items], number)


def _without(
    source: Source, around: Mapping | Sequence, parts: SequenceABC[Span], number: int
) -> Edit | None:
    if any(not around.span.covers(part) for part in parts):
        return None
    if is_flow(source, around):
        return _without_in_flow(source, around, parts, number)
    return _without_in_block(source, parts, number, is_list=isinstance(around, Sequence))


def _without_in_flow(
    source: Source, around: Node, parts: SequenceABC[Span], number: int
) -> Edit | None:
    here = parts[number]
    if len(parts) == 1:
        inside = Span(around.span.start + 1, around.span.end - 1)
        rest = source.text[inside.start : here.start] + source.text[here.end : inside.end]
        return Edit(inside, "") if not rest.strip(" \t\r\n,") else None
    if number + 1 < len(parts):
        cut, gap = Span(here.start, parts[number + 1].start), (here.end, parts[number + 1].start)
    else:
        cut, gap = Span(parts[number - 1].end, here.end), (parts[number - 1].end, here.start)
    return Edit(cut, "") if _SEPARATOR.fullmatch(source.text, *gap) else None


def _without_in_block(
    source: Source, parts: SequenceABC[Span], number: int, *, is_list: bool
) -> Edit | None:
    here, text = parts[number], source.text
    line = source.lines.line_span(source.lines.line_of(here.start))
    rest = _REST_OF_LINE.match(text, here.end)
    before = text[line.start : here.start]
    if rest is None or len(parts) == 1:
        return None
    marks = "- " if is_list else ""
    if before.strip() == marks.strip() and _MARKS.fullmatch(before):
        return Edit(Span(line.start, rest.end()), "")
    if _MARKS.fullmatch(before) and not is_list and number == 0:
        # `- first: 1`: the second member takes its place behind the hyphen.
        gap = Span(here.end, parts[1].start)
        return Edit(Span(here.start, gap.end), "") if _INDENTED.fullmatch(source.at(gap)) else None
    return None


def with_entry(
    source: Source,
    mapping: Mapping,
    key: str,
    value: Value,
    *,
    before: Entry | None = None,
    behind: Entry | None = None,
) -> Edit | None:
    """Put a member into a mapping: before or behind one of its members, else at its end."""
    if not mapping.entries or any(not mapping.span.covers(e.span) for e in mapping.entries):
        return None
    other = before or behind or mapping.entries[-1]
    style = _style_of(source, mapping)
    if is_flow(source, mapping):
        return _into_flow(source, style.entry(key, value), other.span, is_first=before is not None)
    column = _column(source, other.key.span.start)
    if column is None:
        return None
    margin = " " * column
    written = style.block(key, value, margin)
    if before is not None:
        at = before.key.span.start
        return Edit(Span(at, at), f"{written}\n{margin}")
    rest = _REST_OF_LINE.match(source.text, other.span.end)
    if rest is None:
        return None
    end = len(rest[0].rstrip("\r\n")) + rest.start()
    return Edit(Span(end, end), f"\n{margin}{written}")


def with_item(
    source: Source, items: Sequence, value: dict[str, Value], *, behind: Node
) -> Edit | None:
    """Put a mapping into a list of mappings, behind one of them."""
    if not isinstance(behind, Mapping) or not behind.entries or not items.span.covers(behind.span):
        return None
    style = _style_of(source, behind)
    if is_flow(source, items):
        written = _like(source, behind, style, value)
        return _into_flow(source, written, behind.span, is_first=False)
    line = source.lines.line_span(source.lines.line_of(behind.span.start))
    before = source.text[line.start : behind.span.start]
    rest = _REST_OF_LINE.match(source.text, behind.span.end)
    if not re.fullmatch(r" *- +", before) or rest is None:
        return None
    if is_flow(source, behind):
        members = _like(source, behind, style, value)
    else:
        margin = " " * len(before)
        members = f"\n{margin}".join(
            style.block(key, below, margin) for key, below in value.items()
        )
    end = len(rest[0].rstrip("\r\n")) + rest.start()
    return Edit(Span(end, end), f"\n{before}{members}")


def _into_flow(source: Source, written: str, other: Span, *, is_first: bool) -> Edit:
    """Put a member or item beside another, on a line of its own where that one has one."""
    line = source.lines.line_span(source.lines.line_of(other.start))
    margin = source.text[line.start : other.start]
    between = f"\n{margin}" if not margin.strip() else " "
    if is_first:
        return Edit(Span(other.start, other.start), f"{written},{between}")
    return Edit(Span(other.end, other.end), f",{between}{written}")


def _like(source: Source, other: Mapping, style: _Written, value: dict[str, Value]) -> str:
    """A mapping in brackets, on as many lines as another one in brackets beside it."""
    first = other.entries[0].key.span.start
    line = source.lines.line_span(source.lines.line_of(first))
    margin = source.text[line.start : first]
    if line.start <= other.span.start or margin.strip():
        return style.flow(value)
    end = source.lines.line_span(source.lines.line_of(other.span.start))
    outer = source.text[end.start : other.span.start]
    outer = outer[: len(outer) - len(outer.lstrip(" \t"))]
    members = f",\n{margin}".join(style.entry(key, below) for key, below in value.items())
    return f"{{\n{margin}{members}\n{outer}}}"


def _column(source: Source, offset: int) -> int | None:
    """The column of a key that begins its line, or stands behind hyphens."""
    line = source.lines.line_span(source.lines.line_of(offset))
    before = source.text[line.start : offset]
    return len(before) if _MARKS.fullmatch(before) and "\t" not in before else None


def in_list(source: Source, around: Mapping, entry: Entry) -> Edit | None:
    """Make a list of one item of a member's value."""
    value, text = entry.value, source.text
    if not around.span.covers(entry.span) or value.span.start < entry.key.span.end:
        return None
    written = source.at(value.span)
    if is_flow(source, around) or not isinstance(value, Scalar):
        if not is_flow(source, around) and not written.startswith(_FLOW_MARKS):
            return None
        return Edit(value.span, f"[{written}]")
    column = _column(source, entry.key.span.start)
    gap = text[entry.key.span.end : value.span.start]
    if column is None or not re.fullmatch(r":[ \t]+", gap) or not written:
        return None
    is_block = value.style in (Style.LITERAL, Style.FOLDED)
    if not is_block and len(written.splitlines()) > 1:
        return None
    margin = " " * (column if is_block else column + 2)
    start = entry.key.span.end + 1
    return Edit(Span(start, value.span.start), f"\n{margin}- ")


def out_of_list(source: Source, entry: Entry) -> Edit | None:
    """Put the only item of a list, a scalar, in the place of the list."""
    items = entry.value
    if not isinstance(items, Sequence) or len(items) != 1:
        return None
    (item,) = items.items
    if not isinstance(item, Scalar) or not items.span.covers(item.span):
        return None
    if item.style in (Style.LITERAL, Style.FOLDED) or "#" in source.at(items.span):
        return None
    if is_flow(source, items):
        return Edit(items.span, source.at(item.span))
    gap = source.text[entry.key.span.end : item.span.start]
    if not re.fullmatch(r":\s+-[ \t]+", gap):
        return None
    return Edit(Span(entry.key.span.end + 1, item.span.start), " ")


class _Written:
    """How values are written in one file."""

    def __init__(self, quote: str | None) -> None:
        self.quote = quote
        """`"` where every string has quotes, as in JSON."""

    def scalar(self, value: str | int | bool) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int):
            return str(value)
        if self.quote is not None:
            return json.dumps(value, ensure_ascii=False)
        if _HARMLESS.fullmatch(value) and plain_value(value) == value:
            return value
        return "'" + value.replace("'", "''") + "'"

    def flow(self, value: Value) -> str:
        """On one line, in brackets."""
        if isinstance(value, list):
            return f"[{', '.join(self.scalar(item) for item in value)}]"
        if isinstance(value, dict):
            return f"{{{', '.join(self.entry(key, inner) for key, inner in value.items())}}}"
        return self.scalar(value)

    def entry(self, key: str, value: Value) -> str:
        return f"{self.scalar(key)}: {self.flow(value)}"

    def block(self, key: str, value: Value, margin: str) -> str:
        """A mapping on lines of its own; lists on one line."""
        if not isinstance(value, dict) or not value:
            return self.entry(key, value)
        inner = f"{margin}  "
        members = (self.block(name, below, inner) for name, below in value.items())
        return f"{self.scalar(key)}:" + "".join(f"\n{inner}{member}" for member in members)


def _style_of(source: Source, mapping: Mapping) -> _Written:
    return _Written('"' if mapping.entries[0].key.style is Style.JSON else None)


def scalar_text(source: Source, beside: Scalar, value: str | int | bool) -> str:
    """How a value is written in the place of a scalar of the file: in JSON with double quotes."""
    return _Written('"' if beside.style is Style.JSON else None).scalar(value)
