"""Changes of a scalar's text as edits of the file, written as the scalar is written.

A script may stand in a block scalar, in quotes of three kinds, or in none.  What is put into it
has to be indented, escaped or quoted accordingly, so that what is read back is the text with the
change and nothing else.  Where that cannot be promised there are no edits.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from ssmlint.editing import Overlap, edited, in_order
from ssmlint.embedded import Script
from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.sourcemap import SourceMap, source_map
from ssmlint.tree import Scalar, Style
from ssmlint.yaml_tree import plain_value

#: What begins an unquoted scalar of YAML without being taken for anything else.
_HARMLESS_FIRST = re.compile(r"[A-Za-z0-9_./$(;<+=^~\\]")
_FLOW_MARKS = re.compile(r"[,\[\]{}]")
_FIRST_TEXT = re.compile(r"^[^\n]", re.MULTILINE)
#: Code points of a text that is looked at as a whole for each change of it.
_LONGEST = 8_000
_LAST = "$"
_ITEM = re.compile(r"[ \t]*(?:-[ \t]+)+")
#: As libyaml sees them.
_LINE_BREAKS = "\n\r\x85\u2028\u2029"


def in_script(script: Script, changes: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Edits of the file that make changes of a script's text, whose spans are in the script.

    None where a change goes over the end of a list item, or cannot be written down for sure.
    """
    by_piece: dict[int, list[Edit]] = {}
    for change in changes:
        piece = script.piece(change.span.start)
        if change.span.end > piece.end:
            return None
        span = Span(change.span.start - piece.start, change.span.end - piece.start)
        by_piece.setdefault(piece.start, []).append(Edit(span, change.text))
    found: list[Edit] = []
    for start, inner in by_piece.items():
        edits = in_scalar(script.source, script.piece(start).scalar, inner)
        if edits is None:
            return None
        found += edits
    return tuple(found)


def in_scalar(source: Source, scalar: Scalar, changes: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Edits of the file that make changes of a scalar's text, whose spans are in that text."""
    mapping = source_map(source, scalar)
    try:
        ordered = in_order(changes)
    except Overlap:
        return None
    if not mapping.exact or not ordered:
        return None
    is_whole = scalar.style is Style.PLAIN or _must_be_proved(source, scalar)
    if is_whole and len(scalar.span) > _LONGEST:
        return None
    match scalar.style:
        case Style.LITERAL:
            found = _Literal(source, scalar, mapping).edits(ordered)
        case Style.PLAIN:
            found = _in_plain(source, scalar, mapping, ordered)
        case Style.FOLDED if any("\n" in _touched(scalar, c) for c in ordered):
            found = None
        case Style.FOLDED if not _begins_as_before(scalar.text, ordered):
            found = None
        case Style.FOLDED if not _ends_as_before(scalar.text, ordered):
            found = None
        case _:
            found = _straight(scalar, mapping, ordered)
    if found is None or not _must_be_proved(source, scalar):
        return found
    return found if _is_proved(source, scalar, ordered, found) else None


def _touched(scalar: Scalar, change: Edit) -> str:
    return scalar.text[change.span.start : change.span.end] + change.text


def _must_be_proved(source: Source, scalar: Scalar) -> bool:
    """Whether line breaks fold, so that blanks beside a change may mean something else."""
    if scalar.style is Style.FOLDED:
        return True
    is_flow = scalar.style is not Style.LITERAL
    return is_flow and _has_breaks(source.at(scalar.span))


def _has_breaks(text: str) -> bool:
    return any(mark in text for mark in _LINE_BREAKS)


def _is_proved(
    source: Source, scalar: Scalar, changes: Sequence[Edit], edits: Sequence[Edit]
) -> bool:
    """Whether the scalar, with the edits made, is read as its text with the changes made."""
    start = _line_start(source.text, scalar.span.start)
    shifted = [Edit(Span(e.span.start - start, e.span.end - start), e.text) for e in edits]
    before = source.text[start : scalar.span.end]
    after = edited(before, shifted)
    begin, text = scalar.span.start - start, edited(scalar.text, changes)
    end = begin + len(scalar.span) + len(after) - len(before)
    if scalar.style in (Style.SINGLE, Style.DOUBLE):
        # A character more at the end, so that what would fold away there is seen, too.
        after, text, end = f"{after[:-1]}{_LAST}{after[-1]}", text + _LAST, end + 1
    # What a block ends with stands behind its span.
    rest = source.text[scalar.span.end :] if scalar.style is Style.FOLDED else ""
    return SourceMap(after + rest, Scalar(Span(begin, end), text, scalar.style, text)).exact


def _place(text: str, mapping: SourceMap, span: Span) -> Span:
    """Where a span of a scalar's text stands; an empty one at the character that is no blank."""
    if len(span):
        return mapping.span(span.start, span.end)
    before = text[span.start - 1 : span.start] if span.start else ""
    at = mapping.offset(span.start)
    if before and not before.isspace():
        # A break that folds may stand behind it, and blanks that mean nothing.
        at = mapping.span(span.start - 1, span.start).end
    return Span(at, at)


def _place_between_quotes(scalar: Scalar, mapping: SourceMap, span: Span) -> Span:
    """What folds away in front of the closing quote goes with the end of the text."""
    place = _place(scalar.text, mapping, span)
    if span.end < len(scalar.text) or scalar.style not in (Style.SINGLE, Style.DOUBLE):
        return place
    end = scalar.span.end - 1
    return Span(end if len(span) == 0 else place.start, end)


def _straight(
    scalar: Scalar, mapping: SourceMap, changes: Sequence[Edit]
) -> tuple[Edit, ...] | None:
    """Each change in its place, escaped as the quotes demand."""
    written = [_escaped(change.text, scalar.style) for change in changes]
    places = [_place_between_quotes(scalar, mapping, change.span) for change in changes]
    found = tuple(
        Edit(place, text) for place, text in zip(places, written, strict=True) if text is not None
    )
    return found if len(found) == len(changes) else None


def _escaped(text: str, style: Style) -> str | None:
    if style in (Style.JSON, Style.DOUBLE):
        # What JSON escapes in a string, YAML escapes alike between double quotes.
        return json.dumps(text, ensure_ascii=False)[1:-1]
    if not text.isprintable():
        return None
    return text.replace("'", "''") if style is Style.SINGLE else text


def _in_plain(
    source: Source, scalar: Scalar, mapping: SourceMap, changes: Sequence[Edit]
) -> tuple[Edit, ...] | None:
    """As it is where that is still read as this text, else in single quotes."""
    text = edited(scalar.text, changes)
    if not all(change.text.isprintable() for change in changes) or not scalar.is_string:
        return None
    if _stays_plain(source, scalar, text):
        return _straight(scalar, mapping, changes)
    if _has_breaks(source.at(scalar.span)):
        return None
    return (Edit(scalar.span, "'" + text.replace("'", "''") + "'"),)


def _stays_plain(source: Source, scalar: Scalar, text: str) -> bool:
    old = scalar.text
    if text != text.strip() or plain_value(text) != text or ": " in text or " #" in text:
        return False
    if text.endswith(":") or (text[:2] != old[:2] and not _HARMLESS_FIRST.match(text)):
        return False
    if text.count(":") != old.count(":") and _may_stand_between_brackets(source, scalar):
        # libyaml takes some colons there for those of a mapping.
        return False
    marks = sorted(_FLOW_MARKS.findall(text)), sorted(_FLOW_MARKS.findall(old))
    return marks[0] == marks[1] or _is_block_item(source, scalar)


def _may_stand_between_brackets(source: Source, scalar: Scalar) -> bool:
    """Whether the text in front of a scalar, on its line or the one above, speaks of a flow."""
    before = source.text[: scalar.span.start]
    line = before.rpartition("\n")[2]
    above = before[: len(before) - len(line)].rstrip()
    return _FLOW_MARKS.search(line) is not None or above.endswith((",", "[", "{"))


def _is_block_item(source: Source, scalar: Scalar) -> bool:
    """Whether a scalar is for certain in no `[...]` or `{...}`: only `- ` stands before it."""
    line = source.lines.line_span(source.lines.line_of(scalar.span.start))
    return _ITEM.fullmatch(source.text, line.start, scalar.span.start) is not None


def _begins_as_before(text: str, changes: Sequence[Edit]) -> bool:
    """Whether the first line that is not empty, by which YAML measures, still begins with text."""
    first = _FIRST_TEXT.search(text)
    end = text.find("\n", first.start()) if first else -1
    if end >= 0 and all(change.span.start > end for change in changes):
        return True
    lines = edited(text, changes).split("\n")
    return next((line for line in lines if line), " ")[0] not in " \t"


def _ends_as_before(text: str, changes: Sequence[Edit]) -> bool:
    """Whether there are as many empty lines at the end, which the header may chomp."""
    body = len(text.rstrip("\n"))
    if all(change.span.end < body for change in changes):
        return True
    after = edited(text, changes)
    end = len(after.rstrip("\n"))
    return end > 0 and text[body:] == after[end:]


class _Literal:
    """Changes of a literal block scalar, whose lines all begin with the same indentation."""

    def __init__(self, source: Source, scalar: Scalar, mapping: SourceMap) -> None:
        self.source = source
        self.text = scalar.text
        self.mapping = mapping

    def edits(self, changes: Sequence[Edit]) -> tuple[Edit, ...] | None:
        first = _FIRST_TEXT.search(self.text)
        if first is None or not _begins_as_before(self.text, changes):
            return None
        if not _ends_as_before(self.text, changes):
            return None
        margin = self._before(first.start())
        if margin.strip() or any(not _is_writable(change.text) for change in changes):
            return None
        found = [self._edit(change, margin) for change in changes]
        sure = tuple(edit for edit in found if edit is not None)
        return sure if len(sure) == len(found) else None

    def _before(self, index: int) -> str:
        """What stands in the file in front of the first character of a line."""
        offset = self.mapping.offset(index)
        return self.source.text[_line_start(self.source.text, offset) : offset]

    def _edit(self, change: Edit, margin: str) -> Edit | None:
        start, end, new = change.span.start, change.span.end, change.text
        begins_line = start == 0 or self.text[start - 1] == "\n"
        if end == len(self.text) and self.text.endswith("\n"):
            return self._at_end(start, new, margin)
        takes_break = end > start and self.text[end - 1] == "\n"
        if begins_line and takes_break and not new:
            return Edit(Span(self._line_start(start), self._line_start(end)), "")
        place = _place(self.text, self.mapping, change.span)
        if takes_break:
            place = Span(place.start, self.mapping.offset(end))
        written = re.sub(r"\n(?!\n)", "\n" + margin, new)
        if new.endswith("\n") and self.text[end : end + 1] == "\n":
            # An empty line gets no blanks.
            written = written[: len(written) - len(margin)]
        has_text = written or self.text[end : end + 1] not in ("", "\n")
        if begins_line and has_text and not written.startswith("\n"):
            # The line may have been empty, without all of its margin.
            written = margin[len(self._before(start)) :] + written
        return Edit(place, written)

    def _at_end(self, start: int, new: str, margin: str) -> Edit | None:
        """A change up to the end of the text, the last line break included."""
        last = len(self.text) - 1
        if start > last:
            # Behind the last line: in front of its break, and with a break in front.
            if not new.endswith("\n"):
                return None
            return self._edit(Edit(Span(last, last), "\n" + new[:-1]), margin)
        if new.endswith("\n"):
            return self._edit(Edit(Span(start, last), new[:-1]), margin)
        if new or start == 0 or self.text[start - 1] != "\n":
            return None
        return Edit(Span(self._line_start(start), self.mapping.span(last, last + 1).end), "")

    def _line_start(self, index: int) -> int:
        return self.mapping.offset(index) - len(self._before(index))


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind(mark, 0, offset) for mark in _LINE_BREAKS) + 1


def _is_writable(text: str) -> bool:
    return text.replace("\n", "").replace("\t", "").isprintable()
