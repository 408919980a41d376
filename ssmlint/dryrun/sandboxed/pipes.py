"""The named pipes of a sandbox, seen from outside: what is heard and what is said."""

from __future__ import annotations

import contextlib
import os
import re
import selectors
from collections.abc import Callable
from pathlib import Path

from ssmlint.dryrun.jobs import JobKind
from ssmlint.dryrun.world import Exhausted

#: Bytes of a line of the runner's; its own are much shorter.
_LONGEST_REPORT = 4096


class Pipes:
    """What is open of one sandbox, with who listens to it."""

    def __init__(self, folder: Path, reported: Callable[[list[str]], None]) -> None:
        self.folder = folder
        """Where they are."""
        self._reported = reported
        """Is told the words of each line of the runner's."""
        self._poll = selectors.DefaultSelector()
        read, both = os.O_RDONLY | os.O_NONBLOCK, os.O_RDWR | os.O_NONBLOCK
        self._tickets = os.open(folder / "tickets", both)
        self._orders = os.open(folder / "orders", both)
        self._reports = os.open(folder / "reports", read)
        self._clock = os.open(folder / "clock", os.O_WRONLY)
        self._report_text = b""
        self.listen(self._reports, self._hear_reports)

    def close(self) -> None:
        """Close those that are nobody else's."""
        self._poll.close()
        for descriptor in (self._tickets, self._orders, self._reports, self._clock):
            os.close(descriptor)

    # --- hearing -----------------------------------------------------------------------------

    def listen(self, descriptor: int, heard: Callable[[], None]) -> None:
        """Call `heard` whenever the descriptor can be read."""
        self._poll.register(descriptor, selectors.EVENT_READ, heard)

    def listen_no_more(self, descriptor: int) -> None:
        """Undo `listen`."""
        self._poll.unregister(descriptor)

    def hear(self, timeout: float) -> bool:
        """Let everybody read who can, after real seconds at the latest; whether anybody could."""
        ready = self._poll.select(timeout)
        for key, _ in ready:
            key.data()
        return bool(ready)

    def are_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self._poll.select(0)

    def _hear_reports(self) -> None:
        text = b""
        with contextlib.suppress(BlockingIOError):
            text = os.read(self._reports, 65536)
        if not text:
            raise Exhausted("the script has ended every process around it, the agent's too")
        *lines, self._report_text = (self._report_text + text).split(b"\n")
        if len(self._report_text) > _LONGEST_REPORT:
            raise Exhausted("something wrote to the pipes of the sandbox")
        for line in lines:
            self._reported(re.sub(rb"[^\x20-\x7e]", b"?", line).decode().split())

    # --- saying --------------------------------------------------------------------------------

    def show_time(self, now: float) -> None:
        """Show the virtual time to the shells, in whole seconds."""
        os.pwrite(self._clock, f"{int(now):12}\n".encode(), 0)

    def order(self, kind: JobKind, name: str) -> None:
        """Have the runner start a job that has been written down."""
        self._put(self._orders, f"{kind.value} {name}\n")

    def give_tickets(self, slots: str) -> None:
        """Let somebody have each of these slots, who then may ask through its pipes."""
        self._put(self._tickets, slots)

    def _put(self, descriptor: int, text: str) -> None:
        try:
            os.write(descriptor, text.encode())
        except BlockingIOError:
            raise Exhausted("something filled the pipes of the sandbox") from None
