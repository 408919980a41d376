"""One simulated host in virtual time: what simulated commands and the agent ask of any engine.

The engines are `sandboxed` (real processes) and `interpreted` (one shell as a Python package).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping

from ssmlint.dryrun.faults import Faults
from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.jobs import Job
from ssmlint.dryrun.model import Event
from ssmlint.dryrun.sandbox.processes import Process
from ssmlint.records import dataclass

#: What the clock of the host shows at the start of a cell: 2026-01-15 03:00:00 UTC.
EPOCH = 1768446000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a cell may cost."""

    real_seconds: float = 20.0
    output_bytes: int = 4 << 20
    kilobytes: int = 1 << 20
    calls: int = 20_000


class Exhausted(Exception):
    """The cell has come to one of its limits."""


class Unshown(Exception):
    """The engine can not show what the script does here."""


class World(ABC):
    """One simulated host, what runs on it, and what has happened there."""

    def __init__(self, host: Host, faults: Faults, limits: Limits) -> None:
        self.host = host
        self.faults = faults
        self.limits = limits
        self.stage = ""
        """The stage that runs now; empty between stages."""
        self.trace: list[Event] = []
        self.notes: dict[str, None] = {}
        self.jobs: dict[str, Job] = {}
        """By name."""
        self._calls = 0

    @abstractmethod
    def close(self) -> None:
        """Let go of what the engine holds open."""

    # --- what has happened -------------------------------------------------------------------

    def count_call(self) -> int:
        """The number of a call that has come in; raises `Exhausted` after too many."""
        self._calls += 1
        if self._calls > self.limits.calls:
            raise Exhausted(f"it made more than {self.limits.calls} calls")
        return self._calls

    def happened(self, what: str, *, kind: str, source: str = "host") -> Event:
        """Note something that is not a call."""
        changes = tuple(self.host.changes)
        self.host.changes.clear()
        now = self.host.now
        event = Event(now, source, what, kind, ended=now, changes=changes, held=self.host.held_now)
        self.trace.append(event)
        return event

    def note(self, text: str) -> None:
        """Note something that the report has to say of this cell."""
        self.notes.setdefault(text)

    # --- time --------------------------------------------------------------------------------

    @abstractmethod
    def run_until(self, done: Callable[[], bool], until: float | None = None) -> bool:
        """Let things happen until `done`, or until a virtual time; whether it is done.

        Raises `Exhausted` when a limit is reached, `Unshown` where the engine can not go on.
        """

    @abstractmethod
    def set_clock(self, now: float) -> None:
        """Set the virtual clock, in seconds since the start of the cell."""

    # --- what runs -----------------------------------------------------------------------------

    @abstractmethod
    def start_script(
        self,
        label: str,
        path: str,
        text: str,
        environment: Mapping[str, str],
        folder: str,
        timeout: float,
    ) -> Job:
        """Have the agent's `sh` run a script, which is written to `path` before.

        After `timeout` virtual seconds the agent gives up on it.
        """

    @abstractmethod
    def start_unit(
        self, label: str, words: tuple[str, ...], environment: Mapping[str, str], folder: str
    ) -> Job:
        """Run a command in a session of its own."""

    @abstractmethod
    def kill_stage(self, why: str) -> None:
        """Kill the process group of the script that runs, as the agent does it."""

    @abstractmethod
    def kill_group(self, job: Job) -> None:
        """Kill the process group of a script, whoever is in it."""

    @abstractmethod
    def processes(self) -> Iterator[Process]:
        """Every real process that the script could see; looked up one by one."""

    @abstractmethod
    def signal(self, chosen: Callable[[Process], bool], number: int) -> None:
        """Send a signal to some of the processes."""

    @abstractmethod
    def exists(self, path: str) -> bool:
        """Whether a path exists for the script, on a disk or on the simulated host."""
