"""Texts of an editor, older and newer ones; nothing here knows the protocol."""

from __future__ import annotations

from ssmlint.editing import changed_part
from ssmlint.source import Source, Span
from ssmlint_lsp.columns import MarkedSource

_MARK = "\ufeff"


def source_of(path: str, text: str) -> Source:
    """A text of the editor as a source.

    Editors keep the byte-order mark to themselves; one that is sent all the same is taken
    off as it is off a file, and counts where the text is shown.
    """
    if text.startswith(_MARK):
        return MarkedSource(path, text.removeprefix(_MARK), had_bom=True)
    return Source(path, text)


class Drift:
    """Carries spans of an older text over to a newer one.

    What differs is taken for one edit, from the first to the last character that does.
    """

    def __init__(self, old: Source, new: Source) -> None:
        self._by = len(new.text) - len(old.text)
        self._start, self._end, _ = changed_part(old.text, new.text)

    def span(self, span: Span) -> Span | None:
        """Where a span stands now; None where the edit goes through it."""
        if span.end <= self._start:
            return span
        if span.start >= self._end:
            return Span(span.start + self._by, span.end + self._by)
        if span.start <= self._start and span.end >= self._end:
            return Span(span.start, span.end + self._by)
        return None

    def offset_before(self, offset: int) -> int:
        """The offset in the older text of one in the newer."""
        if offset <= self._start:
            return offset
        return max(offset - self._by, self._start)
