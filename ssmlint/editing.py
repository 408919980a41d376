"""Edits of a text: made, laid upon each other, and which of them go together."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from ssmlint.rule import Edit
from ssmlint.source import Span


class Overlap(ValueError):
    """Edits that cannot be made together: they overlap, or insert at the same place."""


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; what stands outside of their spans is as it was.

    Raises `Overlap`.
    """
    pieces: list[str] = []
    at = 0
    for edit in in_order(edits):
        pieces += (text[at : edit.span.start], edit.text)
        at = edit.span.end
    pieces.append(text[at:])
    return "".join(pieces)


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """The edits from left to right.  Raises `Overlap`."""
    found = sorted(edits, key=lambda edit: edit.span)
    end, is_insertion = -1, False
    for edit in found:
        at = edit.span.start
        if at < end or (at == end and is_insertion and len(edit.span) == 0):
            raise Overlap(f"edits overlap at offset {at}")
        end, is_insertion = edit.span.end, len(edit.span) == 0
    return found


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where a place of the text is when edits are made; what is put right there is behind it."""
    return offset + sum(
        len(edit.text) - len(edit.span)
        for edit in edits
        if edit.span.end <= offset and edit.span.start < offset
    )


class Taken:
    """The places of edits that are to be made together."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._edits: set[Edit] = set()

    def has(self, edits: Iterable[Edit]) -> bool:
        """Whether all of the edits are among those taken."""
        return self._edits.issuperset(edits)

    def touch(self, edits: Iterable[Edit]) -> bool:
        """Whether any of the edits overlaps one that is taken, or stands right beside it."""
        return any(self._touches(edit.span) for edit in edits)

    def _touches(self, span: Span) -> bool:
        # They are apart from each other, so that only the neighbours can touch.
        at = bisect.bisect_left(self._spans, span)
        around = self._spans[max(at - 1, 0) : at + 1]
        return any(span.start <= other.end and other.start <= span.end for other in around)

    def take(self, edits: Sequence[Edit]) -> None:
        """Take edits that touch none of those before."""
        for edit in edits:
            bisect.insort(self._spans, edit.span)
        self._edits.update(edits)


#: A stretch of a text as it was, or a text that was put there.
_Piece = Span | str


def composed(text: str, rounds: Iterable[Iterable[Edit]]) -> tuple[Edit, ...]:
    """Edits of the text that come to the same as rounds of edits, each of what the last left.

    Raises `Overlap`.
    """
    pieces: list[_Piece] = [Span(0, len(text))]
    for edits in rounds:
        pieces = _laid(pieces, in_order(edits))
    found: list[Edit] = []
    at = 0
    put: list[str] = []
    for piece in (*pieces, Span(len(text), len(text))):
        if isinstance(piece, str):
            put.append(piece)
            continue
        if "".join(put) != text[at : piece.start]:
            found.append(Edit(Span(at, piece.start), "".join(put)))
        at, put = piece.end, []
    return tuple(found)


def _laid(pieces: Iterable[_Piece], edits: Sequence[Edit]) -> list[_Piece]:
    """The pieces of a text with edits of that text laid upon them."""
    found: list[_Piece] = []
    rest = list(reversed(list(pieces)))
    at = 0
    for edit in edits:
        found += _cut(rest, edit.span.start - at)
        _cut(rest, len(edit.span))
        found.append(edit.text)
        at = edit.span.end
    return [*found, *reversed(rest)]


def _cut(rest: list[_Piece], length: int) -> list[_Piece]:
    """Take so many characters from the front of pieces that are in reverse order."""
    found: list[_Piece] = []
    while length > 0 and rest:
        piece = rest.pop()
        if len(piece) > length:
            head, tail = _halves(piece, length)
            rest.append(tail)
            piece = head
        length -= len(piece)
        found.append(piece)
    return found


def _halves(piece: _Piece, at: int) -> tuple[_Piece, _Piece]:
    if isinstance(piece, str):
        return piece[:at], piece[at:]
    middle = piece.start + at
    return Span(piece.start, middle), Span(middle, piece.end)


def changed_part(old: str, new: str) -> tuple[int, int, str]:
    """Start and end of what differs in an older text, and what stands there in a newer one."""
    start = in_common(old, new)
    most = min(len(old), len(new)) - start
    behind = in_common(old[::-1][:most], new[::-1][:most])
    return start, len(old) - behind, new[start : len(new) - behind]


def in_common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many characters, or other items, two sequences begin with in common."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
