"""A call of a simulated command, and the table of those that there are."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import field
from typing import TYPE_CHECKING, Union

from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.model import Event
from ssmlint.dryrun.needs import Answering
from ssmlint.records import dataclass

if TYPE_CHECKING:
    from ssmlint.dryrun.world import World


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

    def run(self, words: tuple[str, ...], *, container: str | None = None) -> Answering:
        """Run another command as part of this call, as `sudo` does."""
        inside = self.container if container is None else container
        inner = Call(
            self.world, self.caller, "", words, self.out, self.err, self.number, inside, self.event
        )
        return self.world.dispatch(inner, words)


Command = Callable[[Call], Union[int, Answering]]

_COMMANDS: dict[str, Command] = {}


def command(*names: str) -> Callable[[Command], Command]:
    """Register a simulated command under its names."""

    def register(function: Command) -> Command:
        for name in names:
            _COMMANDS[name] = function
        return function

    return register


def simulated() -> dict[str, Command]:
    """Every simulated command by name."""
    # They register themselves when they are imported.
    import ssmlint.dryrun.commands  # noqa: F401

    return _COMMANDS


def answering(result: int | Answering) -> Answering:
    """A command's result as a generator."""
    if isinstance(result, Generator):
        return (yield from result)
    return result
