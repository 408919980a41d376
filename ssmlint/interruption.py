"""Asking, in the midst of long work, whether anybody still wants its result.

A front end that may change its mind (an editor, in which somebody types on) says how to
tell, for as long as it runs the engine; whoever does long work asks at places where it can
stop and leave nothing half done behind.  Nobody else notices.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator


class Interrupted(BaseException):
    """Nobody wants the result any more.

    Not an `Exception`: what guards against crashes of rules must let it through.
    """


def _never() -> bool:
    return False


_is_unwanted: Callable[[], bool] = _never


@contextlib.contextmanager
def interruptible(is_unwanted: Callable[[], bool]) -> Iterator[None]:
    """Let work inside the context end with `Interrupted` once `is_unwanted` says so."""
    global _is_unwanted
    before, _is_unwanted = _is_unwanted, is_unwanted
    try:
        yield
    finally:
        _is_unwanted = before


def checkpoint() -> None:
    """A place where work can stop.  Raises `Interrupted`."""
    if _is_unwanted():
        raise Interrupted
