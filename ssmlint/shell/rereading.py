"""Reads scripts that somebody edits: of a text that was read before, only what has changed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from ssmlint.editing import changed_part
from ssmlint.embedded import PlaceholderSpan
from ssmlint.shell.parser.earlier import Reading
from ssmlint.shell.syntax import ShellSyntax, read

#: Texts that are remembered; a document that somebody edits rarely has more scripts.
_MOST = 8
#: Characters by which texts of other scripts are told apart quickly.
_HEAD = 40


class Readings:
    """The last texts that were read without errors."""

    def __init__(self) -> None:
        self._last: deque[Reading] = deque(maxlen=_MOST)

    def clear(self) -> None:
        """Remember no text."""
        self._last.clear()

    def parse(self, text: str, placeholders: Sequence[PlaceholderSpan] = ()) -> ShellSyntax:
        """Reads a script as `syntax.parse` does."""
        alike = (r for r in self._last if _may_be_alike(r.text, text))
        changed = ((_changed(r.text, text), r) for r in alike)
        least, earlier = min(changed, key=lambda pair: pair[0], default=(0, None))
        if 2 * least > len(text):
            earlier = None
        syntax, reading = read(text, placeholders, earlier)
        if reading is not None:
            if earlier is not None:
                self._last.remove(earlier)
            self._last.appendleft(reading)
        return syntax


def _may_be_alike(one: str, other: str) -> bool:
    return one[:_HEAD] == other[:_HEAD] or one[-_HEAD:] == other[-_HEAD:]


def _changed(old: str, new: str) -> int:
    """How many characters are gone and new."""
    start, end, inserted = changed_part(old, new)
    return end - start + len(inserted)
