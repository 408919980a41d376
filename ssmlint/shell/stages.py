"""The stages of a document as facts: every way in which each of them can end.

`stage_runs` makes them; rules ask them, and `paths` has the questions that several ask.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator

from ssmlint.embedded import Script
from ssmlint.model.document import SsmDocument
from ssmlint.records import dataclass
from ssmlint.rule import Note
from ssmlint.shell.statements import Block
from ssmlint.shell.symbolic.events import Event, Happening, Held, Watchdog
from ssmlint.shell.symbolic.values import Place, SymbolTable, is_known
from ssmlint.source import Span

#: A value of the stage parameter that no document knows.
OTHER_STAGE = "some-other-value"


class Scenario(enum.Enum):
    """A stage, and what the host looks like when it starts."""

    PRE = "pre-script"
    POST = "post-script"
    """After a pre-script that succeeded."""
    POST_ALONE = "post-script with nothing to thaw"
    DRY_RUN = "dry-run"
    OTHER = "an unknown command"

    @property
    def stage(self) -> str:
        """The value of the stage parameter."""
        match self:
            case Scenario.PRE:
                return "pre-script"
            case Scenario.POST | Scenario.POST_ALONE:
                return "post-script"
            case Scenario.DRY_RUN:
                return "dry-run"
        return OTHER_STAGE


@dataclass(frozen=True, slots=True)
class End:
    """One way a stage can end."""

    code: str
    """The exit status as text; empty for some status that is not 0."""
    held: tuple[Held, ...]
    watchdogs: tuple[Watchdog, ...]
    events: tuple[Event, ...]
    """Oldest first, from the start of this stage."""
    before: tuple[Held, ...]
    """What was held when the stage began."""
    decided: bool = True
    """False where the status is that of a program that is not known: it may be any."""

    @property
    def succeeds(self) -> bool:
        """Whether DLM takes the stage for a success."""
        return self.code == "0"


@dataclass(frozen=True, slots=True)
class StageRun:
    """Every way one stage can end; `complete` is False where nothing may be concluded."""

    scenario: Scenario
    ends: tuple[End, ...]
    complete: bool
    why: str = ""
    """Why it is not complete."""
    runs_steps: bool = True
    """Whether any step takes part; False where every precondition asks for another stage."""

    @property
    def successes(self) -> tuple[End, ...]:
        """The ends that DLM takes for a success."""
        return tuple(end for end in self.ends if end.succeeds)


@dataclass(eq=False)
class StageReport:
    """The runs of a document, one per scenario."""

    document: SsmDocument
    scripts: tuple[Script, ...]
    runs: dict[Scenario, StageRun]
    blocks: tuple[Block, ...]
    symbols: SymbolTable
    again: StageRun | None = None
    """The run of `pre-script` after both stages have succeeded; None where none was made."""
    leftovers: tuple[str, ...] = ()
    """The files that are there then."""

    @property
    def pre(self) -> StageRun:
        """The run of `pre-script`."""
        return self.runs[Scenario.PRE]

    @property
    def post(self) -> StageRun:
        """The run of `post-script` after a pre-script that succeeded."""
        return self.runs[Scenario.POST]

    @property
    def complete(self) -> bool:
        """Whether every scenario could be followed to all its ends."""
        return all(run.complete for run in self.runs.values())

    def span(self, place: Place) -> Span:
        """The place in the file."""
        return self.scripts[place.script].place(place.span)

    def note(self, event: Event) -> Note:
        """An event as one step of a trace."""
        return Note(self.span(event.place), describe(event, self.symbols))

    def trace(self, end: End, *, calls: bool = False) -> tuple[Note, ...]:
        """The path that leads to an end, as steps of a trace, without idle ones.

        A call of a function is a step where something that is told happens inside, or where
        every call is asked for (`calls`), to show a way on which something does not happen.
        """
        told = _told(end.events) if not calls else _told_with_calls(end.events)
        return tuple(self.note(event) for event in told)


_TOLD = frozenset(
    {
        Happening.ACQUIRE,
        Happening.RELEASE,
        Happening.FLUSH,
        Happening.ASSUME,
        Happening.TURNS,
        Happening.WATCHDOG,
        Happening.DISARM,
        Happening.DROPPED,
        Happening.MISSING,
        Happening.EXIT,
    }
)


_WORK = frozenset(
    {Happening.ACQUIRE, Happening.RELEASE, Happening.FLUSH, Happening.WATCHDOG, Happening.DISARM}
)


def _told(events: tuple[Event, ...]) -> Iterator[Event]:
    """The events that a trace tells, with the calls that they stand in.

    Where a function hides that something inside has failed, its end is told, too.
    """
    calls: list[_Told] = []
    for event in events:
        if event.kind is Happening.CALL:
            calls.append(_Told(event))
        elif event.kind is Happening.LEAVE and calls:
            call = calls.pop()
            if event.ok and call.failed:
                yield event
        elif event.kind in _TOLD:
            for call in calls:
                call.failed = call.failed or (event.ok is False and event.kind in _WORK)
                if not call.told:
                    yield call.event
                    call.told = True
            yield event


def _told_with_calls(events: tuple[Event, ...]) -> Iterator[Event]:
    return (event for event in events if event.kind in _TOLD or event.kind is Happening.CALL)


@dataclass(slots=True)
class _Told:
    """A call, whether it has been told, and whether work has failed inside of it."""

    event: Event
    told: bool = False
    failed: bool = False


def describe(event: Event, symbols: SymbolTable) -> str:
    """An event in a few words."""
    what = _what(event)
    match event.kind:
        case Happening.ACQUIRE if event.ok and event.session_lost:
            return f"{what}: succeeds, and the lock ends with its client"
        case Happening.ACQUIRE:
            return f"{what}: {'succeeds, from here it is held' if event.ok else 'fails'}"
        case Happening.RELEASE if event.session_lost:
            return f"{what}: in a session that does not hold it, so that it stays held"
        case Happening.RELEASE:
            return f"{what}: {'succeeds' if event.ok else 'fails, it stays held'}"
        case Happening.FLUSH:
            return f"{what}: {'succeeds' if event.ok else 'fails'}"
        case Happening.TURNS:
            turns = {"0": "the list is empty: the loop never turns", "1": "the list has one item"}
            return turns.get(event.text, f"the list has {event.text} items")
        case Happening.ASSUME | Happening.BRANCH if event.effect is not None:
            return f"{event.effect.row.name}: {_verdict(event)}"
        case Happening.ASSUME | Happening.BRANCH:
            return f"its result {event.text}"
        case Happening.WATCHDOG:
            return "the watchdog is armed" if event.ok else "arming the watchdog fails"
        case Happening.DISARM:
            return "the watchdog is disarmed"
        case Happening.MISSING:
            return f"`{event.text}` is not there"
        case Happening.CALL:
            return f"`{event.function}` begins"
        case Happening.LEAVE:
            return f"`{event.function}` ends with 0 all the same"
        case Happening.WRITE:
            return f"`{event.text}` is written"
        case Happening.EXIT:
            return f"ends with {event.text}" if event.text else "ends here"
    return event.text or event.kind.value


def _verdict(event: Event) -> str:
    if event.ok is None or event.constraint.equal not in (None, "0"):
        return f"the result {event.text}"
    return "succeeds" if event.ok else "fails"


def _what(event: Event) -> str:
    ordinal = {1: "first", 2: "second"}.get(event.turn)
    if event.resource == "filesystem":
        verb = "freeze" if event.kind is Happening.ACQUIRE else "thaw"
        if event.target and is_known(event.target):
            return f"{verb} of `{event.target}`"
        return f"{verb} of the {ordinal} mount" if ordinal else verb
    name = event.effect.row.name if event.effect is not None else event.resource
    return f"{name} (turn {event.turn})" if event.turn else name
