"""What a simulated command may need before it can go on.

A simulated command is a function that returns its exit status; one that has to wait is a
generator that yields a need and is resumed with the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Union

from ssmlint.records import dataclass


@dataclass(slots=True)
class Wait:
    """Until something is so, or until a virtual time; the answer is whether it is so."""

    ready: Callable[[], bool]
    until: float | None = None


@dataclass(slots=True)
class ReadLine:
    """One line of the caller's standard input; the answer is None at its end."""


@dataclass(slots=True)
class ReadAll:
    """All of the caller's standard input."""


@dataclass(slots=True)
class Flush:
    """What has been printed so far goes to the caller now."""


@dataclass(slots=True)
class Become:
    """The caller becomes another program of the sandbox; there is no answer."""

    words: tuple[str, ...]


@dataclass(slots=True)
class Child:
    """Another program of the sandbox runs as a child; the answer is its status.

    The answer is None if `until` came first; then the child has been ended.
    """

    words: tuple[str, ...]
    until: float | None = None


Need = Union[Wait, ReadLine, ReadAll, Flush, Become, Child]
Answering = Generator[Need, Any, int]
"""A running command: yields needs and returns its exit status."""


def never() -> Wait:
    """A wait that only a signal ends."""
    return Wait(lambda: False)
