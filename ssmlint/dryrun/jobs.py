"""What the runner of a sandbox has started: scripts of the agent, units of systemd."""

from __future__ import annotations

import contextlib
import enum
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssmlint.dryrun.world import World


class JobKind(enum.Enum):
    """How it is started; the value is the runner's word for it."""

    SCRIPT = "script"
    """In a process group of its own."""
    UNIT = "unit"
    """In a session of its own."""


#: Bytes that are kept of each stream: the agent keeps 24000 (facts of the agent, `iohandler.go`).
KEPT = 24_000


class Job:
    """One started program, its output and its end."""

    def __init__(self, name: str, kind: JobKind, label: str, world: World) -> None:
        self.name = name
        self.kind = kind
        self.label = label
        self.pid = 0
        """Inside of the sandbox; also that of its group or session."""
        self.status: int | None = None
        self.killed = ""
        self._world = world
        self._streams: dict[int, bytearray] = {}
        self._open: set[int] = set()
        self._seen = 0

    def open(self, folder: Path) -> None:
        """Open the reading ends of its output."""
        for number in "12":
            path = folder / "jobs" / f"{self.name}.{number}"
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            self._streams[descriptor] = bytearray()
            self._open.add(descriptor)
            self._world.register(descriptor, lambda d=descriptor: self._hear(d))  # type: ignore[misc]

    def close(self) -> None:
        """Close what is still open."""
        for descriptor in tuple(self._open):
            self._end_stream(descriptor)

    def end(self, status: int) -> None:
        """Its first process has ended."""
        self.status = status

    @property
    def is_over(self) -> bool:
        """Whether its first process has ended."""
        return self.status is not None

    @property
    def is_silent(self) -> bool:
        """Whether nobody holds its output open any more."""
        return not self._open

    @property
    def output(self) -> str:
        """What it has printed, errors after the rest, each cut as the agent cuts it."""
        return "".join(bytes(text).decode(errors="replace") for text in self._streams.values())

    def _hear(self, descriptor: int) -> None:
        text = b""
        with contextlib.suppress(BlockingIOError):
            text = os.read(descriptor, 65536)
            if not text:
                self._end_stream(descriptor)
        kept = self._streams[descriptor]
        kept += text[: max(0, KEPT - len(kept))]
        self._seen += len(text)
        if self._seen > self._world.limits.output_bytes:
            from ssmlint.dryrun.world import Exhausted

            limit = self._world.limits.output_bytes >> 20
            raise Exhausted(f"it printed more than {limit} MiB")

    def _end_stream(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        self._world.unregister(descriptor)
        os.close(descriptor)
