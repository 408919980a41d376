"""Flow style and JSON as a sketch: what belongs together stands in brackets."""

from __future__ import annotations

import re

from ssmlint.tree import Node, Scalar, Style
from ssmlint_lsp.completing.unfinished import MAX_DEPTH, Open, closed, scalar

_BLANKS = re.compile(r"[ \t\r\n]*")
_BREAK = re.compile(r"[\r\n]")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_COLON = re.compile(r"[ \t\r\n]*:")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'", re.DOTALL)
#: Where a plain scalar ends; a quote behind a blank begins what a comma should be before.
_END_OF_PLAIN = re.compile(r"[,\[\]{}\r\n]|:(?=[ \t\r\n]|\Z)|(?<=[ \t])\"")
#: A line of block style that has a key.
_KEY_LINE = re.compile(r"(?:- +)*(?:[\w.$-]+|\"[^\"\r\n]*\"|'[^'\r\n]*'):(?:[ \t\r\n]|\Z)")


class Flow:
    """Flow style, and JSON: what belongs together stands in brackets."""

    def __init__(self, text: str, start: int, column: int) -> None:
        self.text = text
        self.at = start
        self.column = column
        """That of the key the collection belongs to; -1 where it is all of the text."""
        self.stack: list[Open] = []
        self.is_value = False
        """Whether a colon has come, so that a value is next."""
        self.begins_line = False
        """Whether what comes next is the first thing on its line."""

    def read(self) -> tuple[Node, int]:
        """The collection and the offset behind it."""
        root = self._opened()
        while self.stack and self._skip_blanks():
            self._step()
        root.end = max(root.end, self.at)
        return closed(root, self.at), self.at

    def _skip_blanks(self) -> bool:
        """Go on to what comes next; False where the collection must have ended before."""
        while True:
            line_end = self.at
            match = _BLANKS.match(self.text, self.at)
            self.at = match.end() if match is not None else self.at
            if self.at >= len(self.text):
                self.at = min(self.at, len(self.text))
                return False
            if _BREAK.search(self.text, line_end, self.at):
                self.begins_line = True
            if self.begins_line and line_end < self.at and self._is_outside():
                self.at = line_end
                return False
            if self.text[self.at] != "#":
                return True
            self.at = self._end_of_line(self.at)

    def _is_outside(self) -> bool:
        """Whether a line of block style, not deeper than the collection's key, begins here."""
        if self.column < 0:
            return False
        start = max(self.text.rfind("\n", 0, self.at), self.text.rfind("\r", 0, self.at)) + 1
        return self.at - start <= self.column and _KEY_LINE.match(self.text, self.at) is not None

    def _end_of_line(self, start: int) -> int:
        match = _REST_OF_LINE.match(self.text, start)
        return match.end() if match is not None else len(self.text)

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
        self.begins_line = False

    def _opened(self) -> Open:
        made = Open(self.at, self.text[self.at] == "{", self.at, self.at + 1)
        self.at += 1
        if self.stack and len(self.stack) < MAX_DEPTH:
            self._add(made)
        self.stack.append(made)
        self.is_value = False
        return made

    def _add(self, node: Open | Node) -> None:
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
        if is_key and not top.is_mapping and self._has_mapping_around():
            # A key in a list: its bracket has been forgotten.
            while not self.stack[-1].is_mapping:
                self.stack.pop().end = found.span.start
            top = self.stack[-1]
            self.is_value = False
        if top.is_mapping and (not self.is_value or (is_key and self.begins_line)):
            top.entries.append((found, None))
            self.is_value = False
        else:
            self._add(found)

    def _has_mapping_around(self) -> bool:
        return self.begins_line and any(item.is_mapping for item in self.stack)

    def _word(self) -> Scalar:
        start = self.at
        if self.text[start] in "\"'":
            return self._quoted(start)
        if self.text.startswith("{{", start):
            end = self.text.find("}}", start) + 2
        else:
            match = _END_OF_PLAIN.search(self.text, start + 1)
            stop = match.start() if match is not None else len(self.text)
            end = start + len(self.text[start:stop].rstrip(" \t"))
        self.at = max(end, start + 1)
        return scalar(start, self.at, self.text[start : self.at], Style.PLAIN)

    def _quoted(self, start: int) -> Scalar:
        quote = self.text[start]
        style = Style.DOUBLE if quote == '"' else Style.SINGLE
        match = _QUOTED.match(self.text, start)
        goes_on = match is not None and _BREAK.search(self.text, start, match.end())
        if match is not None and (not goes_on or self.column >= 0):
            self.at = match.end()
            return scalar(start, self.at, self.text[start + 1 : self.at - 1], style)
        # Never closed: to the end of the line, or to what closes the collection there.
        rest = self.text[start : self._end_of_line(start)].rstrip(" \t,")
        self.at = start + max(len(rest.rstrip("}]")), 1)
        return scalar(start, self.at, self.text[start + 1 : self.at], style)
