"""What an earlier text of a script, once read, says about a later one.

Between two statements of the script itself the reader remembers nothing but where it stands
(`Mark`).  So what stands before a change holds, up to the last mark that the change cannot have
touched; and once a statement ends where one has ended in the earlier text, with the same text
behind it, the rest holds, too, moved to where it stands now.  Earlier texts had no errors.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from ssmlint.editing import changed_part
from ssmlint.embedded import PlaceholderSpan
from ssmlint.records import dataclass
from ssmlint.shell.nodes import moved, moved_span
from ssmlint.shell.parser.cursor import Cursor, Mark, Quoting
from ssmlint.shell.statements import Block
from ssmlint.source import Span

#: Characters behind a statement that may have told where it ends: an operator, at most.
_NEAR = 8


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A script that was read without errors."""

    text: str
    placeholders: tuple[PlaceholderSpan, ...]
    block: Block
    extglob: bool
    marks: tuple[Mark, ...]
    comments: tuple[Span, ...]
    regions: tuple[tuple[int, int, Quoting], ...]


class Earlier:
    """What holds of an earlier reading in a later text."""

    def __init__(
        self, reading: Reading, text: str, placeholders: Sequence[PlaceholderSpan]
    ) -> None:
        self._reading = reading
        self._by = len(text) - len(reading.text)
        start, end, _ = changed_part(reading.text, text)
        self._start, self._end = self._with_placeholders(start, end + self._by, placeholders)

    def _with_placeholders(
        self, start: int, end: int, placeholders: Sequence[PlaceholderSpan]
    ) -> tuple[int, int]:
        """The changed part of the later text, so that placeholders are the same elsewhere."""
        old = [(p.start, p.end, p.name) for p in self._reading.placeholders]
        moved = [(p.start + self._by, p.end + self._by, p.name) for p in self._reading.placeholders]
        new = [(p.start, p.end, p.name) for p in placeholders]
        fewer = min(len(old), len(new))
        same = next((n for n in range(fewer) if old[n] != new[n]), fewer)
        start = min(start, *(p[0] for p in (*old[same : same + 1], *new[same : same + 1])), start)
        last = next((n for n in range(fewer) if moved[-1 - n] != new[-1 - n]), fewer)
        beyond = (*moved[: len(moved) - last][-1:], *new[: len(new) - last][-1:])
        return start, max(end, *(p[1] for p in beyond), end)

    def beginning(self, cursor: Cursor) -> Block:
        """The statements in front of the change; the cursor stands behind them then."""
        marks = self._reading.marks
        if cursor.extglob != self._reading.extglob:
            return ()
        at = bisect.bisect_right(marks, self._start - _NEAR, key=_pos) - 1
        while at >= 0 and marks[at].seen >= self._start:
            at -= 1
        if at < 0:
            return ()
        mark = marks[at]
        cursor.pos, cursor.seen, cursor.misaligned = mark.pos, mark.seen, mark.misaligned
        cursor.comments = [*self._reading.comments[: mark.comments]]
        cursor.regions = [*self._reading.regions[: mark.regions]]
        cursor.marks = [*marks[:at]]
        return self._reading.block[: mark.statements]

    def rest(self, cursor: Cursor, statements: int) -> Block | None:
        """The statements from here to the end, None where that can not be told."""
        marks, by = self._reading.marks, self._by
        if cursor.pos < self._end or cursor.extglob != self._reading.extglob:
            return None
        at = bisect.bisect_left(marks, cursor.pos - by, key=_pos)
        if at == len(marks) or marks[at].pos != cursor.pos - by:
            return None
        here = marks[at]
        if here.misaligned is not None and cursor.misaligned is None:
            return None
        more = (
            statements - here.statements,
            len(cursor.comments) - here.comments,
            len(cursor.regions) - here.regions,
        )
        cursor.marks += (self._mark(mark, cursor, more) for mark in marks[at:])
        cursor.comments += (
            moved_span(span, by) for span in self._reading.comments[here.comments :]
        )
        cursor.regions += (
            (start + by, end + by, quoting)
            for start, end, quoting in self._reading.regions[here.regions :]
        )
        cursor.pos = cursor.end
        rest = self._reading.block[here.statements :]
        return rest if by == 0 else moved(rest, by)

    def _mark(self, mark: Mark, cursor: Cursor, more: tuple[int, int, int]) -> Mark:
        """A mark behind the cursor as it is now, with so many more met in front of it."""
        misaligned = cursor.misaligned
        if misaligned is None and mark.misaligned is not None:
            misaligned = moved_span(mark.misaligned, self._by)
        return Mark(
            mark.pos + self._by,
            max(mark.seen + self._by, cursor.seen),
            mark.statements + more[0],
            mark.comments + more[1],
            mark.regions + more[2],
            misaligned,
        )


def _pos(mark: Mark) -> int:
    return mark.pos
