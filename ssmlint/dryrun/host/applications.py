"""The applications of a simulated host: what holds up their writers, and what ends that.

What a session holds ends with the session: the read lock of MySQL (manual, "FLUSH
Statement"), the backup mode of PostgreSQL 15 (manual, "Making a Non-Exclusive Low-Level
Backup").  MongoDB's fsyncLock and IRIS' ExternalFreeze belong to the server.
"""

from __future__ import annotations

import enum
from dataclasses import field

from ssmlint.records import dataclass


@dataclass(eq=False, slots=True)
class Application:
    """Something on the host that writes files."""

    name: str
    folders: list[str]
    """Absolute paths of everything it writes and a snapshot has to catch."""
    unit: str = ""
    """The systemd unit it runs under; empty where it runs in a container or not at all."""
    container: str = ""
    """The container it runs in."""
    reachable: bool = True
    """Whether its clients get an answer."""
    long_statement: float = 0.0
    """Until when a statement runs that a lock has to wait for."""


@dataclass(eq=False, slots=True)
class MySql(Application):
    """A MySQL or MariaDB server."""

    variables: dict[str, str] = field(default_factory=dict)
    read_lock: set[int] = field(default_factory=set)
    """The sessions that hold the global read lock."""
    named_locks: dict[str, int] = field(default_factory=dict)
    sessions: int = 0
    """How many there have been."""


@dataclass(eq=False, slots=True)
class PostgreSql(Application):
    """A PostgreSQL cluster."""

    port: int = 5432
    backups: set[int] = field(default_factory=set)
    """The sessions in backup mode."""
    sessions: int = 0


@dataclass(eq=False, slots=True)
class MongoDb(Application):
    """A mongod."""

    locks: int = 0
    """fsyncLock counts: each needs an unlock of its own (manual, db.fsyncLock)."""


class IrisState(enum.Enum):
    """Of one instance."""

    RUNNING = "running"
    FROZEN = "frozen"
    DOWN = "down"


@dataclass(eq=False, slots=True)
class IrisInstance:
    """One instance of IRIS."""

    name: str
    state: IrisState = IrisState.RUNNING
    mute: bool = False
    """Whether it refuses a login."""
    refuses: bool = False
    """Whether it answers 3 to a freeze."""
    stays: bool = False
    """Whether it answers 3 to a thaw."""
    resumes: float | None = None
    """When the write daemon goes on by itself."""


@dataclass(eq=False, slots=True)
class Iris(Application):
    """The instances of InterSystems IRIS on the host."""

    instances: list[IrisInstance] = field(default_factory=list)

    def instance(self, name: str) -> IrisInstance | None:
        """The instance of that name; names are in capitals."""
        return next((one for one in self.instances if one.name == name.upper()), None)


@dataclass(eq=False, slots=True)
class Container:
    """A container of docker or podman."""

    name: str
    image: str = ""
    running: bool = True
    paused: bool = False
    id: str = "4f66ad9a0b2e"


@dataclass(eq=False, slots=True)
class Unit:
    """A unit of systemd."""

    name: str
    active: bool = True
    substate: str = "running"
    """`exited` for an umbrella unit, which is active whether or not anything runs."""
    aliases: tuple[str, ...] = ()
    description: str = ""
    pid: int = 0
    command: str = ""
    """Of its main process, as `ps` shows it."""
    transient: bool = False
    job: str = ""
    """The job of the sandbox that runs it, for a transient one."""
    result: str = "success"
