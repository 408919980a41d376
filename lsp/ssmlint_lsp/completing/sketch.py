"""A text as a tree, as far as it can be told: half-typed YAML or JSON, which no reader takes.

The nodes are those of `ssmlint.tree`, so that whatever can be asked of a document can be
asked of a sketch.  Nothing is refused: a word where a key is expected is a key without a
value, a bracket that is never closed ends where the lines go back to the left, and so on.
Scalars have the text that is written, escapes and folds left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ssmlint.source import Span
from ssmlint.tree import Node, Scalar, Style
from ssmlint_lsp.completing.flow_sketch import Flow
from ssmlint_lsp.completing.unfinished import MAX_DEPTH, Open, closed, scalar

_LINE = re.compile(r"([ \t]*)([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_DASH = re.compile(r"-(?=[ \t]|\Z)[ \t]*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?\Z")
_PROPERTY = re.compile(r"(?:&[^\s\[\]{},]+|![^\s\[\]{},]*)[ \t]*")
_COMMENT = re.compile(r"(?:(?<=[ \t])|\A)#.*\Z")
#: No plain scalar begins so; `-` and `?` may, where no blank follows.
_NO_PLAIN = frozenset("[]{},\"'#|>&*!%@`:")
#: What ends a plain key, or makes what follows a comment.
_AFTER_KEY = re.compile(r":(?=[ \t]|\Z)|(?<=[ \t])#")
_COMMENT_BEHIND = re.compile(r"(?<=[ \t])#")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
_QUOTED_KEY = re.compile(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')(?=[ \t]*:(?:[ \t]|\Z))")
_BLANKS = re.compile(r"[ \t\r\n]*")


def sketch(text: str) -> Node | None:
    """The tree of a text; None where there is nothing.  Never raises."""
    head = _BLANKS.match(text)
    start = head.end() if head is not None else 0
    if text.startswith("\ufeff", start):
        start += 1
    if text.startswith(("{", "["), start):
        node, _ = Flow(text, start, -1).read()
        return node
    return _Block(text).read()


class _Block:
    """Block style: what belongs together is told by how far it is indented."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = int(text.startswith("\ufeff"))
        self.stack: list[Open] = []
        self.root: Open | Node | None = None
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
        return None if self.root is None else closed(self.root, 0)

    def _line(self, start: int, end: int, column: int) -> None:
        while (dash := _DASH.match(self.text, start, end)) is not None:
            self._dash(start, column)
            column += dash.end() - start
            start = dash.end()
        while (found := _PROPERTY.match(self.text, start, end)) is not None:
            start = found.end()
        if start >= end or self.text[start] == "#":
            return
        key = self._key_at(start, end)
        if key is None:
            self._bare(start, end, column)
            return
        self._key(self._written(start, key), column)
        colon = self.text.index(":", key)
        self._value(colon + 1, end, column)

    def _key_at(self, start: int, end: int) -> int | None:
        """Where the key ends with which a line goes on; None where it has none."""
        quoted = _QUOTED_KEY.match(self.text, start, end)
        if quoted is not None:
            return quoted.end()
        if self.text[start] in _NO_PLAIN:
            return None
        found = _AFTER_KEY.search(self.text, start + 1, end)
        if found is None or found[0] == "#":
            return None
        return start + len(self.text[start : found.start()].rstrip(" \t"))

    def _written(self, start: int, end: int) -> Scalar:
        """A scalar on one line, its quotes taken off."""
        style = {'"': Style.DOUBLE, "'": Style.SINGLE}.get(self.text[start], Style.PLAIN)
        if style is Style.PLAIN:
            return scalar(start, end, self.text[start:end], style)
        closed = end - start > 1 and self.text[end - 1] == self.text[start]
        return scalar(start, end, self.text[start + 1 : end - closed], style)

    # --- collections ------------------------------------------------------------------------

    def _dash(self, start: int, column: int) -> None:
        self._leave(lambda top: top.column > column)
        top = self.stack[-1] if self.stack else None
        if top is None or top.is_mapping:
            self._open(Open(column, False, start, start + 1))
            top = self.stack[-1]
        top.items.append(None)
        top.end = max(top.end, start + 1)

    def _key(self, key: Scalar, column: int) -> None:
        def is_done(top: Open) -> bool:
            return top.column > column or (top.column == column and not top.is_mapping)

        self._leave(is_done)
        top = self.stack[-1] if self.stack else None
        if top is None or not top.is_mapping or (top.column < column and top.is_waiting):
            self._open(Open(column, True, key.span.start, key.span.end))
        elif top.column < column:
            self._enter(top, column)
        top = self.stack[-1]
        top.entries.append((key, None))
        top.end = max(top.end, key.span.end)

    def _enter(self, top: Open, column: int) -> None:
        """Go on in the mapping that the last key has, if it has one; its keys stand askew."""
        value = top.entries[-1][1] if top.entries else None
        if isinstance(value, Open) and value.is_mapping:
            self.stack.append(value)
        elif self.loose is not None and self.loose[0] is value and self.loose[1] == column:
            # What was taken for a text is a key half-typed: here is its sibling.
            first = self.loose[0]
            made = Open(column, True, first.span.start, first.span.end, [(first, None)])
            self._open(made)

    def _open(self, made: Open) -> None:
        """Put a collection where a value is missing, or else in the place of everything."""
        top = self.stack[-1] if self.stack else None
        if len(self.stack) >= MAX_DEPTH:
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

    def _leave(self, is_done: Callable[[Open], bool]) -> None:
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

    def _continue(self, top: Open, start: int, end: int) -> bool:
        """Take a line as one more of the plain scalar above it, if there is one."""
        value = top.entries[-1][1] if top.is_mapping and top.entries else None
        if not isinstance(value, Scalar) or value.style is not Style.PLAIN or not value.text:
            return False
        more = self._word(start, end)
        text = f"{value.text} {self.text[more.span.start : more.span.end]}"
        top.give(scalar(value.span.start, more.span.end, text, Style.PLAIN))
        return True

    def _word(self, start: int, end: int) -> Scalar:
        comment = _COMMENT_BEHIND.search(self.text, start, end)
        stop = end if comment is None else comment.start()
        length = len(self.text[start:stop].rstrip(" \t"))
        return self._written(start, start + max(length, 1))

    def _node(self, start: int, end: int, column: int) -> Node:
        """The scalar or flow collection that begins at `start`, of a key at `column`."""
        if self.text[start] in "{[" and not self.text.startswith("{{", start):
            node, after = Flow(self.text, start, column).read()
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
