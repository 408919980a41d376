"""What happens on a path, and what is in force after it.

The vocabulary in which a run speaks to the rules: they ask the ends of a stage for events of
some kind, and for what is held or armed then.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import NamedTuple

from ssmlint.records import dataclass
from ssmlint.shell.effects import Effect
from ssmlint.shell.symbolic.values import ANYTHING, Constraint, Place, is_known


class Happening(enum.Enum):
    """What kind of thing a path records."""

    __hash__ = object.__hash__

    ACQUIRE = "acquire"
    RELEASE = "release"
    FLUSH = "flush"
    MUTATE = "mutate"
    LIST = "list"
    ASSUME = "assume"
    TURNS = "turns"
    WATCHDOG = "watchdog"
    DISARM = "disarm"
    SLEEP = "sleep"
    BRANCH = "branch"
    RUN = "run"
    """A program ran that the table of effects does not know and that is not harmless."""
    RETURN = "return"
    """A function ends with `return` and a status that is not 0."""
    BREAK = "break"
    """A loop is left by `break`."""
    LACK = "lack"
    """A shell is started that lacks a variable, `text`, which it reads."""
    MISSING = "missing"
    """A file, `text`, is read that nothing can have written."""
    DROPPED = "dropped"
    """A function's failure that nothing looks at; `ok` is False where it said so by `return`."""
    EXIT = "exit"
    WRITE = "write"
    """The script writes a text that is known into the file `text`."""
    CALL = "call"
    """A function, `function`, begins."""
    LEAVE = "leave"
    """A function in which something happened ends at `place`; `ok` is whether its status is 0,
    where that is known."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened on a path.

    `ok` is None where it makes no difference.  `target` is a value (see `values`), `text`
    a few words for the trace.  `constraint` is what was known of the target then.
    """

    kind: Happening
    place: Place
    ok: bool | None = None
    resource: str = ""
    target: str = ""
    text: str = ""
    effect: Effect | None = None
    constraint: Constraint = ANYTHING
    session_lost: bool = False
    """The resource was bound to a client that has ended by now; or, when it is released, to
    another one than this, so that nothing is released."""
    turn: int = 0
    seconds: float | None = None
    function: str = ""
    """The function the command stands in, innermost; empty at the top level."""


@dataclass(frozen=True, slots=True)
class Events:
    """A linked list of events, newest first, so that paths share their beginnings."""

    newest: Event
    older: Events | None

    def __iter__(self) -> Iterator[Event]:
        """Newest first."""
        node: Events | None = self
        while node is not None:
            yield node.newest
            node = node.older


#: What is ended by whatever ends the client, or its session in the server.
SESSION = "session"


class Held(NamedTuple):
    """A resource that was acquired and not yet released."""

    resource: str
    target: str
    place: Place
    session: bool = False
    attempted: bool = False
    """A release was tried on it in this run and failed."""
    unit: str = ""
    """The unit of systemd that holds it, and lets it go when it is stopped."""
    bounded: bool = False
    """Whether it ends by itself, as a session does whose client only sleeps."""


class Watchdog(NamedTuple):
    """A process that will release things later on its own."""

    place: Place
    detached: bool
    """Whether it survives a kill of the script's process group."""
    delay: float | None
    """Seconds until it acts, where known."""
    unit: str = ""
    resources: frozenset[str] = frozenset()
    """What it releases, and units that it stops, as far as that could be seen."""
    seen: bool = False
    """Whether all that it does could be seen."""
    exact: frozenset[tuple[str, str]] = frozenset()
    """Resource and target of its releases, for resources of which all targets are known."""
    timer: bool = False
    """Whether its unit is a timer, which a stop of the service of that name leaves armed."""

    def releases(self, held: Held) -> bool:
        """Whether it will release something, as far as can be told."""
        if not self.seen and not self.resources:
            return True
        if held.session and SESSION in self.resources:
            return True
        if held.resource in self.resources:
            targets = [target for resource, target in self.exact if resource == held.resource]
            return not targets or any(_may_be_one(held.target, target) for target in targets)
        return held.unit in self.resources


def _may_be_one(one: str, other: str) -> bool:
    """Whether two paths may lie on one filesystem: a folder of it does for `fsfreeze`, too."""
    if not is_known(one) or not one.startswith("/"):
        return True
    first, second = f"{one.rstrip('/')}/", f"{other.rstrip('/')}/"
    return first.startswith(second) or second.startswith(first)
