"""How far a long run is, on a terminal, in one line that is gone when the run ends."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")

#: Seconds before anything is shown, and between two pictures.
_PATIENCE = 0.7
_PAUSE = 0.1

_CELLS = 30
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows how many items of a sequence are done, on standard error.

    Shows nothing where that is no terminal or where people want it quiet, and nothing in
    the first moments, so that short runs do not flicker.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False) -> None:
        self._stream = stream
        self._wanted = not quiet and stream.isatty() and os.environ.get("TERM") != "dumb"
        self._is_shown = False
        self._next = time.monotonic() + _PATIENCE if self._wanted else 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def count(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, while it is shown how many there have been."""
        for number, item in enumerate(items, start=1):
            yield item
            self._show("reading", f"{number}")

    def of(self, total: int) -> Callable[[object], None]:
        """What to call when one more of so many items is done."""
        done = 0

        def one_more(_: object) -> None:
            nonlocal done
            done += 1
            full = done * _CELLS // total
            bar = "#" * full + "-" * (_CELLS - full)
            self._show("checking", f"[{bar}] {done}/{total}")

        return one_more

    def count_cells(self) -> Callable[[int], None]:
        """What to call, with the number of all that is known of, when one more is done."""
        done = 0

        def one_more(total: int) -> None:
            nonlocal done
            done += 1
            self._show("running", f"{done}/{total}")

        return one_more

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._is_shown = False

    def _show(self, doing: str, how_far: str) -> None:
        if not self._wanted or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _PAUSE
        self._stream.write(f"{_CLEAR}{doing} {how_far}")
        self._stream.flush()
        self._is_shown = True
