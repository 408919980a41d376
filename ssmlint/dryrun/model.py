"""What a dry run has seen: the facts that every report of it is made from.

All times are virtual seconds since the cell began.
"""

from __future__ import annotations

import enum
from dataclasses import field

from ssmlint.records import dataclass


class HoldKind(enum.Enum):
    """By what something holds up writers."""

    FREEZE = "freeze"
    LOCK = "lock"
    STOP = "stop"


@dataclass(slots=True)
class Hold:
    """Something that holds up writers, from when until when."""

    kind: HoldKind
    what: str
    """A mount point, `mysql read lock`, `iris IRISA` ..."""
    start: float
    by: str
    """The stage (or `watchdog`, `background`) that has taken it."""
    owner: str = ""
    """The application whose writers it holds up; empty for a filesystem."""
    foreign: bool = False
    """Whether it was there before the document ran."""
    end: float | None = None
    """None as long as it is held."""
    ended_by: str = ""

    def seconds(self, now: float) -> float:
        """How long it has been held, until `now` at the latest."""
        return (now if self.end is None else self.end) - self.start


@dataclass(slots=True)
class Event:
    """One line of the trace: a call that the simulated host answered, or what happened to it."""

    time: float
    source: str
    """The stage whose call it is, `background`, `agent`, `host` or `service`."""
    what: str
    """The command line, or the happening in words."""
    kind: str = "call"
    """`call`, `stage`, `host`, `snapshot`, `fault` or `problem`."""
    status: int | None = None
    """The exit status; None while it has none."""
    output: str = ""
    ended: float | None = None
    changes: tuple[str, ...] = ()
    """What it acquired or released, in words."""
    held: tuple[str, ...] = ()
    """What is held after it."""
    command: str = ""
    """The name of the command that counts: of `sudo timeout 5 fsfreeze`, `fsfreeze`."""
    arguments: str = ""
    """Its arguments, joined."""


@dataclass(slots=True)
class StageOutcome:
    """One run of the document by the agent."""

    command: str
    start: float
    end: float = 0.0
    code: int | None = None
    """The exit code of the step that decides; None where no script ran."""
    status: str = ""
    """`Success`, `Failed`, `TimedOut` or `Skipped`, as the agent reports the document."""
    succeeded: bool = False
    """Whether Data Lifecycle Manager takes it for a success."""
    output: str = ""
    killed: str = ""
    """Why it was killed, if it was."""
    attempt: int = 1
    """2 for the last run of all, which shows that the host has recovered."""

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.start


class Level(enum.Enum):
    """How far an application rested when a snapshot was taken; the worst comes last."""

    STOPPED = "stopped"
    HELD = "held"
    FROZEN = "frozen"
    PARTLY = "only partly at rest"
    RUNNING = "writing"


@dataclass(slots=True)
class Caught:
    """What the snapshot caught of one application."""

    application: str
    level: Level
    why: str = ""

    @property
    def is_consistent(self) -> bool:
        """Whether what is restored is what the application had written when it rested."""
        return self.level in (Level.STOPPED, Level.HELD, Level.FROZEN)


@dataclass(slots=True)
class Snapshot:
    """The snapshots that Data Lifecycle Manager took between pre-script and post-script."""

    time: float
    seconds: float
    caught: tuple[Caught, ...] = ()
    held: tuple[str, ...] = ()
    claimed: bool = False
    """Whether they are tagged as application-consistent in the end."""
    pre_succeeded: bool = False
    attempt: int = 1
    """2 for those of the last run of all, which shows that the host has recovered."""

    @property
    def is_consistent(self) -> bool:
        """Whether they are."""
        return bool(self.caught) and all(one.is_consistent for one in self.caught)


@dataclass(frozen=True, slots=True)
class Breach:
    """A promise of the contract that a cell breaks."""

    invariant: str
    message: str
    time: float | None = None


@dataclass(slots=True)
class CellReport:
    """One scenario under one fault, from its start to its horizon."""

    scenario: str
    fault: str
    """As `--fault` takes it; empty for none."""
    stages: list[StageOutcome] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    trace: list[Event] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What this run could not show, or what the simulated host does not have."""
    end: float = 0.0
    """The horizon."""
    held_at_end: tuple[str, ...] = ()
    """What of its own the document still holds at the horizon."""
    stopped: str = ""
    """Why the cell did not come to its end, if it did not."""
    unshown: str = ""
    """Why the engine could not show this cell; then nothing is judged."""
    touched: tuple[str, ...] = ()
    """Everything that the document changed on the host, in order."""
    longest_hold: float = 180.0
    """How long, in seconds, anything may be held (`[contract]` of the host's file)."""
    real_seconds: float = 0.0
    fault_hit: bool = True
    """Whether the fault came to pass."""

    @property
    def codes(self) -> tuple[int | None, ...]:
        """The exit codes of the stages, in order; without those of the last run of all."""
        return tuple(stage.code for stage in self.stages if stage.attempt == 1)

    @property
    def longest(self) -> float:
        """The longest time, in virtual seconds, that something was held."""
        return max((h.seconds(self.end) for h in self.holds if not h.foreign), default=0.0)


@dataclass(slots=True)
class RunReport:
    """One dry run of one document."""

    path: str
    document: str
    engine: str
    cells: list[CellReport]
    limits: tuple[str, ...] = ()
    """What this kind of run can not show."""
    real_seconds: float = 0.0

    @property
    def breached(self) -> bool:
        """Whether some cell breaks the contract."""
        return any(cell.breaches for cell in self.cells)
