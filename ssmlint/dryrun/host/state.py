"""The host as one state machine: filesystems, applications, units, time."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import TypeVar

from ssmlint.dryrun.host.applications import (
    Application,
    Container,
    Iris,
    IrisState,
    MongoDb,
    MySql,
    PostgreSql,
    Unit,
)
from ssmlint.dryrun.host.filesystems import Filesystem, mount_of
from ssmlint.dryrun.model import Caught, Hold, HoldKind, Level
from ssmlint.records import dataclass

_App = TypeVar("_App", bound=Application)


@dataclass(slots=True)
class Timer:
    """Something that happens at a virtual time unless it is cancelled."""

    time: float
    what: Callable[[], None]
    cancelled: bool = False


@dataclass(eq=False)
class Host:
    """Everything that the simulated commands read and change."""

    filesystems: list[Filesystem]
    applications: list[Application]
    units: dict[str, Unit] = field(default_factory=dict)
    containers: list[Container] = field(default_factory=list)
    daemons: list[tuple[int, str]] = field(default_factory=list)
    """Processes that only `ps` and its like see: process id and command line."""
    absent: set[str] = field(default_factory=set)
    """Commands that the host does not have."""
    util_linux: tuple[int, int] = (2, 39)
    systemd: int = 252
    language: str = "C.UTF-8"
    """`LANG` of the agent and of units."""
    name: str = "ip-10-0-0-10"
    shell: str = ""
    """What `/bin/sh` is, `dash` or `bash`; empty for dash where the machine has it."""
    missing_programs: dict[str, int] = field(default_factory=dict)
    """Commands a script wanted and the simulated host does not have, with their count."""

    now: float = 0.0
    source: str = "agent"
    """Who acts at the moment: the stage, `background`, `service` ..."""
    holds: list[Hold] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    """What has changed since somebody last looked."""
    touched: list[str] = field(default_factory=list)
    """Everything that has changed at all, for the promise that dry-run changes nothing."""
    timers: list[tuple[float, int, Timer]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=itertools.count)

    # --- time ----------------------------------------------------------------------------

    def at(self, time: float, what: Callable[[], None]) -> Timer:
        """Have something happen at a virtual time."""
        timer = Timer(time, what)
        heapq.heappush(self.timers, (time, next(self._order), timer))
        return timer

    def next_time(self) -> float | None:
        """When the next timer fires."""
        while self.timers and self.timers[0][2].cancelled:
            heapq.heappop(self.timers)
        return self.timers[0][0] if self.timers else None

    def due(self) -> Timer | None:
        """Take out a timer whose time has come."""
        time = self.next_time()
        if time is None or time > self.now:
            return None
        return heapq.heappop(self.timers)[2]

    # --- what is held ----------------------------------------------------------------------

    def change(self, what: str) -> None:
        """Note that something on the host is not as it was."""
        self.changes.append(what)
        self.touched.append(what)

    def hold(self, kind: HoldKind, what: str, owner: str = "", *, foreign: bool = False) -> None:
        """Note that something holds up writers from now on."""
        if self.held(what) is None:
            self.holds.append(Hold(kind, what, self.now, self.source, owner, foreign))
            self.change(f"{_VERBS[kind][0]} {what}")

    def release(self, what: str, by: str = "") -> None:
        """Note that it holds up nobody any more."""
        hold = self.held(what)
        if hold is not None:
            hold.end, hold.ended_by = self.now, by or self.source
            self.change(f"{_VERBS[hold.kind][1]} {what}")

    def held(self, what: str) -> Hold | None:
        """The hold of that name, if it is in force."""
        return next((h for h in self.holds if h.what == what and h.end is None), None)

    @property
    def held_now(self) -> tuple[str, ...]:
        """Everything that holds up writers."""
        return tuple(hold.what for hold in self.holds if hold.end is None)

    # --- filesystems -------------------------------------------------------------------------

    def mount(self, path: str) -> tuple[Filesystem, str] | None:
        """The filesystem that holds `path`, and its mount point."""
        return mount_of(self.filesystems, path)

    def mounted_at(self, path: str) -> Filesystem | None:
        """The filesystem that is mounted exactly there."""
        clean = path.rstrip("/") or "/"
        found = [fs for fs in self.filesystems if clean in fs.paths]
        return found[-1] if found else None

    def is_frozen(self, path: str) -> bool:
        """Whether a writer at `path` would block."""
        found = self.mount(path)
        return found is not None and found[0].frozen

    def freeze(self, filesystem: Filesystem, *, foreign: bool = False) -> None:
        """Freeze a filesystem that can be frozen."""
        filesystem.frozen, filesystem.frozen_as = True, filesystem.paths[0]
        self.hold(HoldKind.FREEZE, filesystem.frozen_as, foreign=foreign)

    def thaw(self, filesystem: Filesystem) -> None:
        """Thaw a frozen filesystem."""
        filesystem.frozen = False
        self.release(filesystem.frozen_as)

    # --- applications ------------------------------------------------------------------------

    def find(self, kind: type[_App]) -> _App | None:
        """The application of that kind, if the host has one."""
        return next((one for one in self.applications if isinstance(one, kind)), None)

    def unit(self, name: str) -> Unit | None:
        """The unit of that name; without a suffix it is a service."""
        full = name if "." in name.rsplit("@", 1)[-1] else f"{name}.service"
        for unit in self.units.values():
            if full == unit.name or full in unit.aliases:
                return unit
        return None

    def container(self, name: str) -> Container | None:
        """The container of that name or id."""
        return next((one for one in self.containers if name in (one.name, one.id)), None)

    def runs(self, application: Application) -> bool:
        """Whether the application's processes are there."""
        if application.container:
            container = self.container(application.container)
            return container is not None and container.running
        if isinstance(application, Iris):
            return any(one.state is not IrisState.DOWN for one in application.instances)
        unit = self.unit(application.unit) if application.unit else None
        return unit is None or unit.active

    def answers(self, application: Application) -> bool:
        """Whether a client of the application gets an answer."""
        if not application.reachable or not self.runs(application):
            return False
        container = self.container(application.container) if application.container else None
        return container is None or not container.paused

    # --- what a snapshot catches -----------------------------------------------------------------

    def caught(self, application: Application) -> Caught:
        """How far the application rests at this moment."""
        name = application.name
        if not self.runs(application):
            return Caught(name, Level.STOPPED, "it does not run")
        container = self.container(application.container) if application.container else None
        if container is not None and container.paused:
            return Caught(name, Level.HELD, "its container is paused")
        by = self._held_by(application)
        if by:
            return Caught(name, Level.HELD, by)
        return self._on_filesystems(application)

    def _held_by(self, application: Application) -> str:
        match application:
            case MySql(read_lock=sessions) if sessions:
                return "a session holds the global read lock"
            case PostgreSql(backups=sessions) if sessions:
                return "a session is in backup mode"
            case MongoDb(locks=locks) if locks:
                return "fsyncLock"
            case Iris(instances=instances):
                up = [one for one in instances if one.state is not IrisState.DOWN]
                if up and all(one.state is IrisState.FROZEN for one in up):
                    return "every instance is suspended"
        return ""

    def _on_filesystems(self, application: Application) -> Caught:
        found = {id(m[0]): m for m in map(self.mount, application.folders) if m is not None}
        frozen = [mount for filesystem, mount in found.values() if filesystem.frozen]
        awake = [mount for filesystem, mount in found.values() if not filesystem.frozen]
        if found and not awake:
            return Caught(application.name, Level.FROZEN, f"{_and(frozen)} frozen")
        if isinstance(application, Iris):
            running = [i.name for i in application.instances if i.state is IrisState.RUNNING]
            resting = [i.name for i in application.instances if i.state is IrisState.FROZEN]
            level = Level.PARTLY if resting else Level.RUNNING
            return Caught(application.name, level, f"{_and(running)} writing")
        level = Level.PARTLY if frozen else Level.RUNNING
        return Caught(application.name, level, f"{_and(awake)} not frozen")


_VERBS = {
    HoldKind.FREEZE: ("froze", "thawed"),
    HoldKind.LOCK: ("took", "gave back"),
    HoldKind.STOP: ("stopped", "started"),
}


def _and(names: Iterable[str]) -> str:
    items = sorted(names)
    if len(items) < 2:
        return f"{items[0]} is" if items else "nothing is"
    return f"{', '.join(items[:-1])} and {items[-1]} are"
