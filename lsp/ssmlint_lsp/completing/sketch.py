"""A text as a tree, as far as it can be told: half-typed YAML or JSON, which no reader takes.

The nodes are those of `ssmlint.tree`, so that whatever can be asked of a document can be
asked of a sketch.  Nothing is refused: a word where a key is expected is a key without a
value, a bracket that is never closed ends where the lines go back to the left, and so on.
Scalars have the text that is written, escapes and folds left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field

from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.tree import Entry, Mapping, Node, Scalar, Sequence, Style
from ssmlint.yaml_tree import plain_value

_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_DASH = re.compile(r"-(?=[ \t]|\Z)[ \t]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?\Z")
_PROPERTY = re.compile(r"(?:&[^\s\[\]{},]+|![^\s\[\]{},]*)[ \t]*")
_COMMENT = re.compile(r"(?:(?<=[ \t])|\A)#.*\Z")
_PLAIN_KEY = re.compile(
    r"[^\s\[\]{},\"'#|>&*!%@`][^:#]*?(?:[:#][^\s:#]+[^:#]*?)*(?=[ \t]*:(?:[ \t]|\Z))"
)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
_QUOTED_KEY = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')(?=[ \t]*:(?:[ \t]|\Z))")
_FLOW_PLAIN = re.compile(
    r"[^\s,\[\]{}][^,\[\]{}\r\n]*?"
    r"(?=[ \t]*(?:[,\[\]{}\r\n]|:[ \t\r\n]|:\Z|\Z)|[ \t]+\")"
)
_BLANKS = re.compile(r"[ \t\r\n]*")
_COLON = re.compile(r"[ \t\r\n]*:")
_KEY_LINE = re.compile(r"(?:- +)*(?:[\w.$-]+|\"[^\"\r\n]*\"|'[^'\r\n]*'):(?:[ \t\r\n]|\Z)")


#: Collections inside collections; deeper ones are left out.
_MAX_DEPTH = 60


@dataclass(eq=False, slots=True)
class _Open:
    """A collection that is being filled; `column` is where its keys or dashes stand."""

    column: int
    is_mapping: bool
    start: int
    end: int
    entries: list[tuple[Scalar, _Open | Node | None]] = field(default_factory=list)
    items: list[_Open | Node | None] = field(default_factory=list)

    @property
    def is_waiting(self) -> bool:
        """Whether its last key or item has no value yet."""
        if self.is_mapping:
            return bool(self.entries) and self.entries[-1][1] is None
        return bool(self.items) and self.items[-1] is None

    def give(self, value: _Open | Node) -> None:
        """The value of the last key or item."""
        if self.is_mapping:
            self.entries[-1] = (self.entries[-1][0], value)
        else:
            self.items[-1] = value


def sketch(text: str) -> Node | None:
    """The tree of a text; None where there is nothing.  Never raises."""
    head = _BLANKS.match(text)
    start = head.end() if head is not None else 0
    if text.startswith("\ufeff", start):
        start += 1
    if text.startswith(("{", "["), start):
        node, _ = _Flow(text, start, -1).read()
        return node
    return _Block(text).read()


def _scalar(start: int, end: int, text: str, style: Style) -> Scalar:
    value = plain_value(text) if style is Style.PLAIN else text
    return Scalar(Span(start, end), text, style, value)


def _closed(node: _Open | Node | None, at: int) -> Node:
    """The node without what is only needed while it is filled; depth is bounded."""
    if node is None:
        return Scalar(Span(at, at), "", Style.PLAIN, None)
    if not isinstance(node, _Open):
        return node
    if node.is_mapping:
        entries = tuple(Entry(key, _closed(value, key.span.end)) for key, value in node.entries)
        end = max([node.end, *(entry.span.end for entry in entries)])
        return Mapping(Span(node.start, end), entries)
    items = tuple(_closed(item, node.end) for item in node.items)
    return Sequence(Span(node.start, max([node.end, *(i.span.end for i in items)])), items)


class _Block:
    """Block style: what belongs together is told by how far it is indented."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = int(text.startswith("\ufeff"))
        self.stack: list[_Open] = []
        self.root: _Open | Node | None = None
        self.loose: tuple[Scalar, int] | None = None
        """A scalar that stands alone on its line, as a value, and its column."""

    def read(self) -> Node | None:
        while self.at < len(self.text):
            line = _LINE.match(self.text, self.at)
            if line is None:
                break
            self.at = line.end()
            content = line[2]
            if not content or content.startswith("#") or (not line[1] and content[0] == "%"):
                continue
            if not line[1] and content.startswith(("---", "...")):
                content = content[3:].lstrip(" \t")
                if not content or content.startswith("#"):
                    continue
            self._line(line.start(2), line.end(2), len(line[1]))
        return None if self.root is None else _closed(self.root, 0)

    def _line(self, start: int, end: int, column: int) -> None:
        while (dash := _DASH.match(self.text, start, end)) is not None:
            self._dash(start, column)
            column += dash.end() - start
            start = dash.end()
        while (found := _PROPERTY.match(self.text, start, end)) is not None:
            start = found.end()
        if start >= end or self.text[start] == "#":
            return
        key = _QUOTED_KEY.match(self.text, start, end) or _PLAIN_KEY.match(self.text, start, end)
        if key is None:
            self._bare(start, end, column)
            return
        self._key(self._written(*key.span()), column)
        colon = self.text.index(":", key.end())
        self._value(colon + 1, end, column)

    def _written(self, start: int, end: int) -> Scalar:
        """A scalar on one line, its quotes taken off."""
        style = {'"': Style.DOUBLE, "'": Style.SINGLE}.get(self.text[start], Style.PLAIN)
        if style is Style.PLAIN:
            return _scalar(start, end, self.text[start:end], style)
        closed = end - start > 1 and self.text[end - 1] == self.text[start]
        return _scalar(start, end, self.text[start + 1 : end - closed], style)

    # --- collections ------------------------------------------------------------------------

    def _dash(self, start: int, column: int) -> None:
        self._leave(lambda top: top.column > column)
        top = self.stack[-1] if self.stack else None
        if top is None or top.is_mapping:
            self._open(_Open(column, False, start, start + 1))
            top = self.stack[-1]
        top.items.append(None)
        top.end = max(top.end, start + 1)

    def _key(self, key: Scalar, column: int) -> None:
        def is_done(top: _Open) -> bool:
            return top.column > column or (top.column == column and not top.is_mapping)

        self._leave(is_done)
        top = self.stack[-1] if self.stack else None
        if top is None or not top.is_mapping or (top.column < column and top.is_waiting):
            self._open(_Open(column, True, key.span.start, key.span.end))
        elif top.column < column:
            self._enter(top, column)
        top = self.stack[-1]
        top.entries.append((key, None))
        top.end = max(top.end, key.span.end)

    def _enter(self, top: _Open, column: int) -> None:
        """Go on in the mapping that the last key has, if it has one; its keys stand askew."""
        value = top.entries[-1][1] if top.entries else None
        if isinstance(value, _Open) and value.is_mapping:
            self.stack.append(value)
        elif self.loose is not None and self.loose[0] is value and self.loose[1] == column:
            # What was taken for a text is a key half-typed: here is its sibling.
            first = self.loose[0]
            made = _Open(column, True, first.span.start, first.span.end, [(first, None)])
            self._open(made)

    def _open(self, made: _Open) -> None:
        """Put a collection where a value is missing, or else in the place of everything."""
        top = self.stack[-1] if self.stack else None
        if len(self.stack) >= _MAX_DEPTH:
            self.stack[-1] = made
            return
        if top is None:
            self.root = self.root or made
        elif top.is_mapping or top.is_waiting:
            # Also where none is expected: it belongs to the last key all the same.
            top.give(made)
        else:
            top.items.append(made)
        self.stack.append(made)

    def _leave(self, is_done: Callable[[_Open], bool]) -> None:
        while len(self.stack) > 1 and is_done(self.stack[-1]):
            self.stack.pop()

    # --- values -----------------------------------------------------------------------------

    def _value(self, start: int, end: int, column: int) -> None:
        while start < end and self.text[start] in " \t":
            start += 1
        while (found := _PROPERTY.match(self.text, start, end)) is not None:
            start = found.end()
        if start >= end or _COMMENT.match(self.text, start, end):
            return
        node = self._node(start, end, column)
        top = self.stack[-1]
        top.give(node)
        top.end = max(top.end, node.span.end)

    def _bare(self, start: int, end: int, column: int) -> None:
        """A line without a key: an item of a list, a value of its own, a key half-typed."""
        top = self.stack[-1] if self.stack else None
        waits = top is not None and top.is_waiting and top.column < column
        if top is not None and top.column < column and self._continue(top, start, end):
            return
        if top is not None and not waits and self.text[start] not in "{[":
            self._leave(lambda top: top.column > column)
            self._key(self._word(start, end), column)
            return
        node = self._node(start, end, top.column if top is not None else -1)
        if top is None:
            self.root = self.root or node
        elif waits:
            if isinstance(node, Scalar):
                self.loose = (node, column)
            top.give(node)
            top.end = max(top.end, node.span.end)

    def _continue(self, top: _Open, start: int, end: int) -> bool:
        """Take a line as one more of the plain scalar above it, if there is one."""
        value = top.entries[-1][1] if top.is_mapping and top.entries else None
        if not isinstance(value, Scalar) or value.style is not Style.PLAIN or not value.text:
            return False
        more = self._word(start, end)
        text = f"{value.text} {self.text[more.span.start : more.span.end]}"
        top.give(_scalar(value.span.start, more.span.end, text, Style.PLAIN))
        return True

    def _word(self, start: int, end: int) -> Scalar:
        comment = re.compile(r"[ \t]+#|[ \t]*\Z").search(self.text, start, end)
        stop = end if comment is None else comment.start()
        return self._written(start, max(stop, start + 1))

    def _node(self, start: int, end: int, column: int) -> Node:
        """The scalar or flow collection that begins at `start`, of a key at `column`."""
        if self.text[start] in "{[" and not self.text.startswith("{{", start):
            node, after = _Flow(self.text, start, column).read()
            self._skip_to(after)
            return node
        if self.text[start] in "|>" and _HEADER.match(self.text, start, end):
            return self._block_scalar(start, end, column)
        if self.text[start] in "\"'":
            return self._quoted(start, end, column)
        return self._word(start, end)

    def _skip_to(self, offset: int) -> None:
        """Go on with the line behind an offset."""
        if offset > self.at:
            line = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)").match(self.text, offset)
            self.at = len(self.text) if line is None else line.end()

    def _block_scalar(self, start: int, end: int, column: int) -> Scalar:
        style = Style.LITERAL if self.text[start] == "|" else Style.FOLDED
        first, last = self.at, end
        while self.at < len(self.text):
            line = _LINE.match(self.text, self.at)
            if line is None or (line[2] and len(line[1]) <= column):
                break
            last = line.end(2) if line[2] else last
            if line.end() == self.at:
                break
            self.at = line.end()
        stop = max(end, last)
        return Scalar(Span(start, stop), self.text[first:stop], style, self.text[first:stop])

    def _quoted(self, start: int, end: int, column: int) -> Scalar:
        match = _QUOTED.match(self.text, start)
        if match is None or not self._goes_on(start, match.end(), column):
            return self._written(start, end)
        self._skip_to(match.end())
        return self._written(*match.span())

    def _goes_on(self, start: int, end: int, column: int) -> bool:
        """Whether the lines of a quoted scalar are indented as they have to be."""
        lines = re.split(r"\r\n|\r|\n", self.text[start:end])[1:]
        return all(
            not line.strip() or len(line) - len(line.lstrip(" \t")) > column for line in lines
        )


class _Flow:
    """Flow style, and JSON: what belongs together stands in brackets."""

    def __init__(self, text: str, start: int, column: int) -> None:
        self.text = text
        self.at = start
        self.column = column
        """That of the key the collection belongs to; -1 where it is all of the text."""
        self.stack: list[_Open] = []
        self.is_value = False
        """Whether a colon has come, so that a value is next."""

    def read(self) -> tuple[Node, int]:
        """The collection and the offset behind it."""
        root = self._opened()
        while self.stack and self._skip_blanks():
            self._step()
        root.end = max(root.end, self.at)
        return _closed(root, self.at), self.at

    def _skip_blanks(self) -> bool:
        """Go on to what comes next; False where the collection must have ended before."""
        while True:
            line_end = self.at
            match = _BLANKS.match(self.text, self.at)
            self.at = match.end() if match is not None else self.at
            if self.at >= len(self.text):
                self.at = min(self.at, len(self.text))
                return False
            crossed = re.search(r"[\r\n]", self.text[line_end : self.at]) is not None
            if crossed and self._is_outside():
                self.at = line_end
                return False
            if self.text[self.at] != "#":
                return True
            end = re.compile(r"[^\r\n]*").match(self.text, self.at)
            self.at = end.end() if end is not None else len(self.text)

    def _is_outside(self) -> bool:
        """Whether a line of block style, not deeper than the collection's key, begins here."""
        if self.column < 0:
            return False
        start = max(self.text.rfind("\n", 0, self.at), self.text.rfind("\r", 0, self.at)) + 1
        return self.at - start <= self.column and _KEY_LINE.match(self.text, self.at) is not None

    def _step(self) -> None:
        char = self.text[self.at]
        if char in "{[":
            self._opened()
        elif char in "}]":
            self._close(char == "}")
        elif char == ",":
            self.at += 1
            self.is_value = False
        elif char == ":":
            self.at += 1
            self.is_value = self.stack[-1].is_mapping
        else:
            self._scalar()

    def _opened(self) -> _Open:
        made = _Open(self.at, self.text[self.at] == "{", self.at, self.at + 1)
        self.at += 1
        if self.stack and len(self.stack) < _MAX_DEPTH:
            self._add(made)
        self.stack.append(made)
        self.is_value = False
        return made

    def _add(self, node: _Open | Node) -> None:
        top = self.stack[-1]
        if not top.is_mapping:
            top.items.append(node)
        elif self.is_value and top.is_waiting:
            top.give(node)
        self.is_value = False

    def _close(self, is_mapping: bool) -> None:
        """Close the innermost collection of that kind, with what was left open inside of it."""
        self.at += 1
        if not any(item.is_mapping is is_mapping for item in self.stack):
            return
        while self.stack:
            top = self.stack.pop()
            top.end = self.at
            if top.is_mapping is is_mapping:
                break
        self.is_value = False

    def _scalar(self) -> None:
        found = self._word()
        top = self.stack[-1]
        is_key = _COLON.match(self.text, found.span.end) is not None
        if is_key and not top.is_mapping and self._has_mapping_around(found):
            # A key in a list: its bracket has been forgotten.
            while not self.stack[-1].is_mapping:
                self.stack.pop().end = found.span.start
            top = self.stack[-1]
            self.is_value = False
        if top.is_mapping and (not self.is_value or (is_key and self._begins_line(found))):
            top.entries.append((found, None))
            self.is_value = False
        else:
            self._add(found)

    def _has_mapping_around(self, key: Scalar) -> bool:
        return self._begins_line(key) and any(item.is_mapping for item in self.stack)

    def _begins_line(self, scalar: Scalar) -> bool:
        start = scalar.span.start
        line = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        return not self.text[line:start].strip()

    def _word(self) -> Scalar:
        start = self.at
        if self.text[start] in "\"'":
            return self._quoted(start)
        if self.text.startswith("{{", start):
            end = self.text.find("}}", start) + 2
        else:
            match = _FLOW_PLAIN.match(self.text, start)
            end = match.end() if match is not None else start + 1
        self.at = max(end, start + 1)
        return _scalar(start, self.at, self.text[start : self.at], Style.PLAIN)

    def _quoted(self, start: int) -> Scalar:
        quote = self.text[start]
        style = Style.DOUBLE if quote == '"' else Style.SINGLE
        match = _QUOTED.match(self.text, start)
        line = re.compile(r"[^\r\n]*").match(self.text, start)
        line_end = line.end() if line is not None else len(self.text)
        if match is not None and (match.end() <= line_end or self.column >= 0):
            self.at = match.end()
            return _scalar(start, self.at, self.text[start + 1 : self.at - 1], style)
        # Never closed: to the end of the line, or to what closes the collection there.
        rest = self.text[start:line_end].rstrip(" \t,")
        self.at = start + max(len(rest.rstrip("}]")) if quote else 0, 1)
        return _scalar(start, self.at, self.text[start + 1 : self.at], style)
