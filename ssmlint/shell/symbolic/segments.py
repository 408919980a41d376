"""The pieces that a word expands to, and the fields that they are split into."""

from __future__ import annotations

import re

from ssmlint.records import dataclass
from ssmlint.shell.symbolic.values import Array, FieldText
from ssmlint.source import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """What one part of a word has become."""

    text: str
    quoted: bool
    expanded: bool
    items: Array | None = None
    """The items of `"${array[@]}"`, each of which is a field of its own."""


class Splitter:
    """Makes fields of the pieces of one word, as bash does it."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.made: list[FieldText] = []
        self.current: str | None = None
        self.quoted = False
        self.is_list = False

    def keep(self, text: str, quoted: bool) -> None:
        """Text that stays in one field."""
        self.current = (self.current or "") + text
        self.quoted = self.quoted or quoted

    def unknown(self, text: str) -> None:
        """Text that may become any number of fields."""
        self.current = (self.current or "") + text
        self.is_list = True

    def divide(self, text: str) -> None:
        """Text that falls apart at its blanks."""
        pieces = re.split(r"[ \t\n]+", text)
        for index, piece in enumerate(pieces):
            if index:
                self.finish()
            if piece:
                self.current = (self.current or "") + piece

    def array(self, value: Array) -> None:
        """Items, each a field of its own."""
        if value.items is None:
            self.unknown(value.symbol)
            return
        for index, item in enumerate(value.items):
            if index:
                self.finish()
            self.keep(item, True)

    def finish(self) -> None:
        """End a field, where one has begun."""
        if self.current is not None:
            self.made.append(FieldText(self.current, self.span, self.quoted, self.is_list))
        self.current, self.quoted, self.is_list = None, False, False

    def done(self) -> list[FieldText]:
        """The fields, when the word is at its end."""
        self.finish()
        return self.made
