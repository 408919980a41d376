"""What is known at one point of one path through a script."""

from __future__ import annotations

import enum
import fnmatch
import re
from collections.abc import Callable
from typing import NamedTuple

from ssmlint.shell.statements import Function
from ssmlint.shell.symbolic.events import Event, Events, Happening, Held, Watchdog
from ssmlint.shell.symbolic.settled import Settled, Variables, symbols_of
from ssmlint.shell.symbolic.values import ANYTHING, Array, Constraint, Place, is_known


class Flow(enum.Enum):
    """How control leaves a statement."""

    __hash__ = object.__hash__

    NORMAL = "normal"
    BREAK = "break"
    CONTINUE = "continue"
    RETURN = "return"
    EXIT = "exit"


class Contents(enum.Enum):
    """What a path knows of a file."""

    __hash__ = object.__hash__

    ABSENT = "absent"
    EMPTY = "empty"
    FILLED = "filled"
    HOLLOW = "absent or empty"
    """`[ -s file ]` has said no."""
    PRESENT = "present"
    """There, with unknown contents."""


class Trap(NamedTuple):
    """Commands that run at a signal, and where they were set."""

    text: str
    place: Place


#: Commands that make no file, in a text of which no more is known.
_NOT_MADE = re.compile(r"\brm\b[^;&|\n]*|\[\[? [^\]\n]*\]")


class Frame(NamedTuple):
    """A function call in progress: what to put back when it returns."""

    name: str
    place: Place
    """Where it was called."""
    arguments: tuple[str, ...]
    shadowed: tuple[tuple[str, str | Array | None], ...] = ()


#: Events of these kinds set paths apart: two states with different ones are never merged.
_TELLING = frozenset(Happening) - {
    Happening.BRANCH,
    Happening.LIST,
    Happening.SLEEP,
    Happening.MUTATE,
    Happening.RUN,
    Happening.RETURN,
    Happening.BREAK,
    Happening.LACK,
    Happening.MISSING,
    Happening.WRITE,
    Happening.CALL,
    Happening.LEAVE,
}


class State:
    """Everything known at one point of one path.  Copied before it is changed.

    A copy shares what it knows with the original: dictionaries are replaced, never changed in
    place.
    """

    __slots__ = (
        "arguments",
        "constraints",
        "counts",
        "deeds",
        "events",
        "exported",
        "files",
        "flow",
        "frames",
        "functions",
        "held",
        "left_at",
        "levels",
        "options",
        "output",
        "sourced",
        "status",
        "story",
        "texts",
        "traps",
        "turns",
        "variables",
        "watchdogs",
    )

    def __init__(self) -> None:
        self.variables: Variables = Variables()
        self.exported: frozenset[str] = frozenset()
        self.arguments: tuple[str, ...] = ()
        self.frames: tuple[Frame, ...] = ()
        self.functions: Settled[Function] = Settled()
        self.constraints: Settled[Constraint] = Settled()
        self.counts: Settled[int] = Settled()
        self.files: Settled[Contents] = Settled()
        self.texts: dict[str, str] = {}
        """What the script itself has written into files, by path."""
        self.status: str = "0"
        self.options: frozenset[str] = frozenset()
        self.traps: Settled[Trap] = Settled()
        self.held: tuple[Held, ...] = ()
        self.watchdogs: tuple[Watchdog, ...] = ()
        self.events: Events | None = None
        self.story: int = 0
        """A digest of the telling events so far."""
        self.deeds: int = 0
        """The same without what was merely found out."""
        self.flow: Flow = Flow.NORMAL
        self.levels: int = 0
        self.left_at: Place | None = None
        """The `return` that a function is being left by."""
        self.output: str | None = None
        self.sourced: bool = False
        self.turns: tuple[int, ...] = ()

    def fork(self) -> State:
        """A copy that can be changed without touching this one."""
        new = State.__new__(State)
        new.variables = self.variables
        new.exported = self.exported
        new.arguments = self.arguments
        new.frames = self.frames
        new.functions = self.functions
        new.constraints = self.constraints
        new.counts = self.counts
        new.files = self.files
        new.texts = self.texts
        new.status = self.status
        new.options = self.options
        new.traps = self.traps
        new.held = self.held
        new.watchdogs = self.watchdogs
        new.events = self.events
        new.story = self.story
        new.deeds = self.deeds
        new.flow = self.flow
        new.levels = self.levels
        new.left_at = self.left_at
        new.output = self.output
        new.sourced = self.sourced
        new.turns = self.turns
        return new

    def hint(self) -> tuple[object, ...]:
        """Quick to compare: states with different ones have different keys."""
        return self.story, self.status, self.flow

    def key(self) -> tuple[object, ...]:
        """Equal keys mean that the future of two states is the same for every rule."""
        return (
            self.flow,
            self.levels,
            self.status,
            self.output,
            self.host_key(),
            self.variables.digest,
            self.constraints.digest,
            self.functions.names,
            self.options,
            self.frames,
            self.arguments,
            self.traps.digest,
        )

    def host_key(self, crowded: bool = False) -> tuple[object, ...]:
        """What sets two states apart however much their variables are simplified.

        Where it is `crowded`, what was merely found out on the way does not.
        """
        return (
            self.flow,
            self.held,
            self.watchdogs,
            self.deeds if crowded else self.story,
            self.counts.digest,
            self.files.digest,
        )

    def record(self, event: Event) -> None:
        """Add an event to this path."""
        self.events = Events(event, self.events)
        if event.kind in _TELLING:
            told = (event.kind, event.place, event.ok, event.resource, event.target, event.text)
            self.story = hash((self.story, told))
            if event.kind is not Happening.ASSUME:
                self.deeds = hash((self.deeds, told))

    @property
    def newest(self) -> Event | None:
        """What happened last on this path, calls of functions and texts written aside."""
        aside = (Happening.CALL, Happening.LEAVE, Happening.WRITE)
        return next((event for event in self.events or () if event.kind not in aside), None)

    def forget_dead(self, keep: Callable[[str], bool]) -> None:
        """Drop what is known of symbols that nothing refers to any more."""
        alive = set(self.variables.symbols)
        for text in (self.status, self.output, *self.arguments, *(h.target for h in self.held)):
            alive.update(symbols_of(text))
        for frame in self.frames:
            for hidden in (*frame.arguments, *(value for _, value in frame.shadowed)):
                alive.update(symbols_of(hidden))
        dead = [one for one in self.constraints if one not in alive and not keep(one)]
        self.constraints = self.constraints.without(dead)

    def path(self) -> tuple[Event, ...]:
        """The events of this path, oldest first."""
        return tuple(reversed(list(self.events or ())))

    def constraint(self, symbol: str) -> Constraint:
        """What this path knows about a symbol."""
        return self.constraints.get(symbol, ANYTHING)

    def resolve(self, value: str) -> str:
        """The value with the symbols that this path has pinned down written out."""
        if is_known(value):
            return value
        out = []
        for char in value:
            known = self.constraints.get(char)
            out.append(known.equal if known is not None and known.equal is not None else char)
        return "".join(out)

    def assign(self, name: str, value: str | Array) -> None:
        """Set a variable."""
        if self.variables.get(name) is not value:
            self.variables = self.variables.plus(name, value)

    def drop(self, *names: str) -> None:
        """Unset variables."""
        self.variables = self.variables.without(names)

    def know(self, symbol: str, constraint: Constraint) -> None:
        """Remember what was found out about a symbol."""
        self.constraints = self.constraints.plus(symbol, constraint)

    def declare_local(self, name: str) -> bool:
        """Remember the outer value of a name that a function makes its own: whether it is new."""
        if not self.frames:
            return False
        frame = self.frames[-1]
        if any(saved == name for saved, _ in frame.shadowed):
            return False
        saved = (*frame.shadowed, (name, self.variables.get(name)))
        self.frames = (*self.frames[:-1], frame._replace(shadowed=saved))
        return True

    def enter_function(self, name: str, place: Place, arguments: tuple[str, ...]) -> None:
        """Begin the call of a function."""
        self.frames = (*self.frames, Frame(name, place, self.arguments))
        self.arguments = arguments
        self.record(Event(Happening.CALL, place, function=name))

    def leave_function(self, last: Place) -> None:
        """Put back what the innermost function call had shadowed.

        `last` is the function's last statement.  A call in which nothing happened leaves no
        trace on the path.
        """
        frame = self.frames[-1]
        self.frames = self.frames[:-1]
        newest = self.events.newest if self.events is not None else None
        if newest is not None and newest.kind is Happening.CALL:
            self.events = self.events.older if self.events is not None else None
        elif self.flow is Flow.NORMAL:
            ok = self.status == "0" if is_known(self.status) else None
            self.record(Event(Happening.LEAVE, self.left_at or last, ok, function=frame.name))
        self.left_at = None
        self.arguments = frame.arguments
        for name, value in frame.shadowed:
            if value is None:
                self.drop(name)
            else:
                self.assign(name, value)

    def define(self, function: Function) -> None:
        """Define a function."""
        self.functions = self.functions.plus(function.name, function)

    def note_file(self, path: str, contents: Contents) -> None:
        """Remember whether a file is there, and whether there is anything in it."""
        self.files = self.files.plus(path, contents)

    def remove_file(self, path: str) -> None:
        """Note that a file is gone, with all in it, or each that a pattern is for.

        Where the path is not known, nothing is known of any file.
        """
        if not is_known(path):
            self.files = Settled()
            return
        gone = {
            other: Contents.ABSENT
            for other in self.files
            if other.startswith(f"{path.rstrip('/')}/") or fnmatch.fnmatch(other, path)
        }
        self.files = Settled({**self.files, **gone, path: Contents.ABSENT})

    def expect_file(self, path: str) -> None:
        """Note that something may have made a file, or may have put one into a folder."""
        known = self.files.get(path)
        if known in (Contents.ABSENT, Contents.HOLLOW):
            self.files = self.files.without((path,))
        elif known is Contents.EMPTY:
            self.note_file(path, Contents.PRESENT)
        folder = path.rpartition("/")[0]
        if self.files.get(folder) is Contents.EMPTY:
            self.note_file(folder, Contents.PRESENT)

    def expect_files_in(self, text: str) -> None:
        """Note that a text given to a program may make the files that it names.

        `SYSTEM touch /run/locked` of a MySQL client, `COPY ... TO '/run/label'`.  What it only
        removes or asks for it does not make.
        """
        made = _NOT_MADE.sub("", text) if self.files else ""
        for path in self.files:
            if path and path in made:
                self.expect_file(path)

    def lacks_file(self, path: str) -> bool:
        """Whether a file can not be there: in a folder that the script has just made."""
        if path in self.files:
            return self.files[path] is Contents.ABSENT
        return bool(path) and self.files.get(path.rpartition("/")[0]) is Contents.EMPTY

    def set_trap(self, signal: str, trap: Trap | None) -> None:
        """Set a trap, or with None remove it."""
        gone = self.traps.without((signal,))
        self.traps = gone if trap is None else gone.plus(signal, trap)

    def emit(self, text: str) -> None:
        """Write to the output that a command substitution is collecting."""
        if self.output is not None:
            self.output += text


def with_status(state: State, truth: bool) -> State:
    """A copy with status 0 or 1."""
    state = state.fork()
    state.status = "0" if truth else "1"
    return state


def leave_subshell(outer: State, inner: State) -> State:
    """The outer shell after a subshell: its own variables, but the host as it is now."""
    after = outer.fork()
    after.status = inner.resolve(inner.status)
    after.constraints = inner.constraints
    after.counts = inner.counts
    after.files = inner.files
    after.texts = inner.texts
    after.held = inner.held
    after.watchdogs = inner.watchdogs
    after.events = inner.events
    after.story = inner.story
    after.deeds = inner.deeds
    return after


def leave_beside(outer: State, inner: State) -> State:
    """The outer shell beside one that still runs: of the files that this changes, nothing is known."""
    after = leave_subshell(outer, inner)
    changed = [
        path
        for path in {*outer.files, *inner.files}
        if inner.files.get(path) is not outer.files.get(path)
    ]
    after.files = outer.files.without(changed)
    for path in changed:
        after.expect_file(path)
    return after
