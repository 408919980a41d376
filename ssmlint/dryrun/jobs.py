"""What a world has started: scripts of the agent, units of systemd."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod


class JobKind(enum.Enum):
    """How it is started; the value is the runner's word for it."""

    SCRIPT = "script"
    """In a process group of its own."""
    UNIT = "unit"
    """In a session of its own."""


class Job(ABC):
    """One started program, its output and its end."""

    def __init__(self, name: str, kind: JobKind, label: str) -> None:
        self.name = name
        """Unique in its world."""
        self.kind = kind
        self.label = label
        """The stage whose script it is, or the name of the unit."""
        self.pid = 0
        """As the script sees it; also that of its group or session.  0 as long as unknown."""
        self.status: int | None = None
        """The exit status; None while it runs."""
        self.killed = ""
        """Why it was killed, if it was."""

    @property
    def is_over(self) -> bool:
        """Whether its first process has ended."""
        return self.status is not None

    @property
    @abstractmethod
    def is_silent(self) -> bool:
        """Whether nobody holds its output open any more."""

    @property
    @abstractmethod
    def output(self) -> str:
        """What it has printed, errors after the rest, each cut as the agent cuts it."""

    @abstractmethod
    def close(self) -> None:
        """Listen to its output no more."""
