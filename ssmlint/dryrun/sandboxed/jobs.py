"""What the runner of a sandbox has started, and what comes out of it."""

from __future__ import annotations

import contextlib
import functools
import os

from ssmlint.dryrun.jobs import Job, JobKind
from ssmlint.dryrun.sandboxed.pipes import Pipes
from ssmlint.dryrun.world import Exhausted

#: Bytes that are kept of each stream: the agent keeps 24000 (facts of the agent, `iohandler.go`).
KEPT = 24_000


class SandboxedJob(Job):
    """A process of the sandbox, whose output comes through two pipes."""

    def __init__(self, name: str, kind: JobKind, label: str, pipes: Pipes, limit: int) -> None:
        """`limit` is in bytes, of all that it may print."""
        super().__init__(name, kind, label)
        self._pipes = pipes
        self._limit = limit
        self._streams: dict[int, bytearray] = {}
        self._open: set[int] = set()
        self._seen = 0

    def open(self) -> None:
        """Open the reading ends of its output."""
        for number in "12":
            path = self._pipes.folder / "jobs" / f"{self.name}.{number}"
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            self._streams[descriptor] = bytearray()
            self._open.add(descriptor)
            self._pipes.listen(descriptor, functools.partial(self._hear, descriptor))

    def close(self) -> None:
        """Close what is still open."""
        for descriptor in tuple(self._open):
            self._end_stream(descriptor)

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
        if self._seen > self._limit:
            raise Exhausted(f"it printed more than {self._limit >> 20} MiB")

    def _end_stream(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        self._pipes.listen_no_more(descriptor)
        os.close(descriptor)
