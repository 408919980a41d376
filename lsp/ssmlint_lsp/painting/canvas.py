"""A script as an array of paints, one for each character: what each of them is.

Outer things are painted first and inner ones over them, so that nothing overlaps in the end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.source import Span

#: Types and modifiers that the protocol knows (LSP 3.17, `SemanticTokenTypes`).
TYPES = (
    "comment",
    "string",
    "variable",
    "parameter",
    "function",
    "keyword",
    "operator",
    "number",
    "class",
    "namespace",
    "method",
    "property",
)
MODIFIERS = ("declaration", "defaultLibrary")


@dataclass(frozen=True, slots=True)
class Paint:
    """What a character is: an index into `TYPES` and a set of bits for `MODIFIERS`."""

    type: int
    modifiers: int = 0


COMMENT = Paint(TYPES.index("comment"))
STRING = Paint(TYPES.index("string"))
VARIABLE = Paint(TYPES.index("variable"))
WRITTEN = Paint(TYPES.index("variable"), 1)
#: What Systems Manager, or a caller, puts there.
PARAMETER = Paint(TYPES.index("parameter"))
TAKEN = Paint(TYPES.index("parameter"), 1)
FUNCTION = Paint(TYPES.index("function"))
DEFINED = Paint(TYPES.index("function"), 1)
#: A program, or what the language brings.
PROGRAM = Paint(TYPES.index("function"), 2)
KEYWORD = Paint(TYPES.index("keyword"))
OPERATOR = Paint(TYPES.index("operator"))
NUMBER = Paint(TYPES.index("number"))
CLASS = Paint(TYPES.index("class"))
DEFINED_CLASS = Paint(TYPES.index("class"), 1)
NAMESPACE = Paint(TYPES.index("namespace"))
METHOD = Paint(TYPES.index("method"))
PROPERTY = Paint(TYPES.index("property"))


class Canvas:
    """The paints of one text; every span is in code points of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._codes = bytearray(len(text))

    def put(self, span: Span, paint: Paint | None) -> None:
        """Paint a stretch; None takes the paint off.  What lies outside of the text is cut."""
        first, last = max(0, span.start), min(span.end, len(self._codes))
        if last > first:
            self._codes[first:last] = bytes((_code(paint),)) * (last - first)

    def runs(self) -> Iterator[tuple[Span, Paint]]:
        """The runs of equal paint, in order; no run goes over a line break."""
        at = 0
        for code, run in itertools.groupby(self._codes):
            end = at + len(list(run))
            if code:
                modifiers, kind = divmod(code - 1, len(TYPES))
                for span in self._lines(at, end):
                    yield span, Paint(kind, modifiers)
            at = end

    def _lines(self, start: int, end: int) -> Iterator[Span]:
        text = self.text
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            first = start + len(text[start:stop]) - len(text[start:stop].lstrip(" \t"))
            if first < stop:
                yield Span(first, stop)
            start = stop + 1


def _code(paint: Paint | None) -> int:
    """0 for no paint; all paints that there can be fit into a byte."""
    return 0 if paint is None else 1 + paint.modifiers * len(TYPES) + paint.type
