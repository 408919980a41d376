"""A call of a simulated command, how it is answered, and the table of those that there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from dataclasses import field
from typing import Union

from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.model import Event
from ssmlint.dryrun.needs import Answering, Wait, never
from ssmlint.dryrun.world import World
from ssmlint.records import dataclass

#: Virtual seconds until a fault kills.
_MOMENT = 0.1


@dataclass(eq=False, slots=True)
class Caller:
    """The process that asks."""

    path: str
    folder: str
    locale: tuple[str, str, str]
    """`LC_ALL`, `LC_MESSAGES` and `LANG`."""
    pid: int
    parent: int
    group: int
    session: int
    source: str
    """On whose behalf: the stage, `background`, a unit's name."""
    own_name: str = ""


@dataclass(eq=False, slots=True)
class Call:
    """One call: what was asked, and what is answered so far."""

    world: World
    caller: Caller
    name: str
    arguments: tuple[str, ...]
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    number: int = 0
    """Of the outermost call, unique in its world: the id of a session."""
    container: str = ""
    """The container that it runs in, for `docker exec`."""
    event: Event | None = None
    """Its line of the trace."""

    @property
    def host(self) -> Host:
        """The simulated host."""
        return self.world.host

    @property
    def language(self) -> str:
        """The language of messages: what the locale variables say, in their order."""
        lc_all, lc_messages, lang = self.caller.locale
        return (lc_all or lc_messages or lang or "C").split(".")[0].split("_")[0]

    def print(self, *lines: str) -> None:
        """Print lines."""
        self.out.extend(f"{line}\n" for line in lines)

    def fail(self, message: str, status: int = 1) -> int:
        """Print an error message and give the status to return."""
        self.err.append(f"{message}\n")
        return status

    def has(self, *options: str) -> bool:
        """Whether one of these words is among the arguments."""
        return any(option in self.arguments for option in options)

    # --- answering -----------------------------------------------------------------------------

    def answer(self) -> Answering:
        """Answer a call that has come in, and write it into the trace.

        Raises `Exhausted` and `Unshown`, as the world does.
        """
        self.number = self.world.count_call()
        words = (self.name, *self.arguments)
        self.event = event = Event(self.host.now, self.caller.source, shown(words))
        self.world.trace.append(event)
        try:
            status = yield from self._dispatch()
        except GeneratorExit:
            self._finish(event, None)
            raise
        self._finish(event, status)
        return status

    def run(self, words: tuple[str, ...], *, container: str | None = None) -> Answering:
        """Run another command as part of this call, as `sudo` does."""
        name, *arguments = words
        inside = self.container if container is None else container
        inner = Call(
            world=self.world,
            caller=self.caller,
            name=name,
            arguments=tuple(arguments),
            out=self.out,
            err=self.err,
            number=self.number,
            container=inside,
            event=self.event,
        )
        return inner._dispatch()

    def _finish(self, event: Event, status: int | None) -> None:
        event.status = status
        event.ended = self.host.now
        event.output = "".join((*self.out, *self.err))[:400]
        event.changes = tuple(self.host.changes)
        self.host.changes.clear()
        event.held = self.host.held_now

    def _dispatch(self) -> Answering:
        """Have it answered by the command of its name, or let it go wrong."""
        host, faults, source = self.host, self.world.faults, self.caller.source
        self.name = self.name.rpartition("/")[2]
        host.source = source
        arguments = " ".join(self.arguments)
        if self.event is not None:
            self.event.command, self.event.arguments = self.name, arguments
        fault = faults.take(self.name, arguments, source)
        if fault is not None and fault.effect != "kill-after":
            return (yield from self._go_wrong(fault.effect, fault.status))
        found = SIMULATED.get(self.name)
        if found is None or self.name in host.absent | faults.missing:
            return self._not_found()
        status = yield from _as_answering(found(self))
        if fault is not None:
            yield from self._go_wrong("kill", 0)
        return status

    def _not_found(self) -> int:
        if self.name not in SIMULATED and self.name not in self.world.faults.missing:
            self.world.note(f"the simulated host does not have `{self.name}`")
        return self.fail(f"{self.name}: command not found", 127)

    def _go_wrong(self, effect: str, status: int) -> Answering:
        words = shown((self.name, *self.arguments))
        self.world.happened(f"fault: {words}: {effect}", kind="fault")
        if effect == "kill":
            # A moment later, so that what runs beside it gets where it is going.
            yield Wait(lambda: False, self.host.now + _MOMENT)
            self.world.kill_stage("killed by the fault")
            yield never()
        elif effect == "hang":
            yield never()
        return self.fail(f"{self.name}: failed on purpose", status)


Command = Callable[[Call], Union[int, Answering]]

SIMULATED: dict[str, Command] = {}
"""Every simulated command by name, once `ssmlint.dryrun.commands` is imported."""


def command(*names: str) -> Callable[[Command], Command]:
    """Register a simulated command under its names."""

    def register(function: Command) -> Command:
        for name in names:
            SIMULATED[name] = function
        return function

    return register


def _as_answering(result: int | Answering) -> Answering:
    if isinstance(result, Generator):
        return (yield from result)
    return result


def shown(words: tuple[str, ...]) -> str:
    """A command line on one line, with quotes where they are needed."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if word and re.fullmatch(r"[\w@%+=:,./\[\]-]+", word):
        return word
    text = re.sub(r"\s+", " ", word)
    return f"'{text}'" if "'" not in text else f'"{text}"'
