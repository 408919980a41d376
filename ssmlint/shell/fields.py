"""Fields: what the words of a simple command become before the program sees them."""

from __future__ import annotations

from collections.abc import Sequence

from ssmlint.records import dataclass
from ssmlint.source import Span

#: Stands, inside a field's text, for a piece whose value is not known (one character for
#: a piece of any length).  U+FFFC is no character that a script means to write.
UNKNOWN = "\ufffc"


@dataclass(frozen=True, slots=True)
class Field:
    """One argument of a program; `span` is where it stands in the script (code points).

    An unquoted field that is wholly unknown may become any number of arguments.
    """

    text: str
    span: Span
    quoted: bool = False

    @property
    def known(self) -> bool:
        """Whether the whole text is known."""
        return UNKNOWN not in self.text

    @property
    def unknown(self) -> bool:
        """Whether nothing at all of the text is known."""
        return bool(self.text) and not self.text.strip(UNKNOWN)

    @property
    def elastic(self) -> bool:
        """Whether the field may turn out to be no argument, or several."""
        return self.unknown and not self.quoted

    def piece(self, start: int, end: int | None = None) -> Field:
        """A part of the text, with its own span where that can be told."""
        stop = len(self.text) if end is None else end
        return Field(self.text[start:stop], locate(self.text, self.span, start, stop), self.quoted)


def locate(text: str, span: Span, start: int, end: int) -> Span:
    """Where `text[start:end]` stands in the script, if `text` stands at `span`.

    Exact when the text stands there letter by letter, in quotes or not; otherwise (there
    were escapes or expansions) the answer is the whole `span`.
    """
    surplus = len(span) - len(text)
    if surplus not in (0, 2):
        return span
    offset = span.start + surplus // 2
    return Span(offset + start, offset + end)


def joined(fields: Sequence[Field]) -> Field:
    """All fields as one text with single spaces; there must be at least one field."""
    text = " ".join([field.text for field in fields])
    return Field(text, span_of(fields), any(field.quoted for field in fields))


def span_of(fields: Sequence[Field]) -> Span:
    """From the first of some fields to the last, in whichever order; at least one."""
    spans = [field.span for field in fields]
    return Span(min([span.start for span in spans]), max([span.end for span in spans]))


def basename(field: Field) -> str:
    """The name of a program given by name or path; empty when it is not known."""
    name = field.text.rpartition("/")[2]
    return "" if UNKNOWN in name else name
