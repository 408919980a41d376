"""Questions to the ends of a stage that several rules ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from ssmlint.rule import Note
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.state import Event, Happening, Held
from ssmlint.shell.symbolic.values import Place

Key = TypeVar("Key")

#: How many lines behind a failure its `exit` may stand to be shown in its stead.
_NEAR_LINES = 25


def events(end: End, *kinds: Happening) -> Iterator[Event]:
    """The events of some kinds on the way to an end, oldest first."""
    return (event for event in end.events if event.kind in kinds)


def acquired(end: End) -> tuple[Event, ...]:
    """What the path acquired, leaving out locks that ended with their client."""
    found = events(end, Happening.ACQUIRE)
    return tuple(event for event in found if event.ok and not event.session_lost)


def last_failure(end: End) -> Event | None:
    """The last command that failed on the way, releases left out."""
    kinds = (Happening.ACQUIRE, Happening.FLUSH, Happening.WATCHDOG)
    failed = [event for event in events(end, *kinds) if event.ok is False]
    return failed[-1] if failed else None


def left_behind(end: End) -> tuple[Held, ...]:
    """What the path acquired and then left alone: nothing was tried to release it.

    Left out is what the script asked about after it was acquired (`db.currentOp()`,
    `pg_is_in_backup()`): it decided then, on grounds that are not followed here.
    """
    new = [item for item in end.held if item not in end.before and not item.attempted]
    return tuple(item for item in new if not _asked_about(end, item))


def _asked_about(end: End, held: Held) -> bool:
    family = held.resource.partition("-")[0]
    acquired_yet = False
    for event in end.events:
        if event.kind is Happening.ACQUIRE and event.place == held.place:
            acquired_yet = True
        decides = event.kind in (Happening.BRANCH, Happening.ASSUME)
        if acquired_yet and decides and event.effect is not None:
            row = event.effect.row
            asks = row.kind in (EffectKind.PROBE, EffectKind.QUERY) and not row.status
            if asks and family in (row.resource.partition("-")[0], row.dialect):
                return True
    return False


def last_exit(end: End) -> Event | None:
    """The `exit` that ends the path, None where the script runs off its end."""
    last = end.events[-1] if end.events else None
    found = [event for event in end.events if event.kind is Happening.EXIT]
    return found[-1] if found and last is not None else None


def leaving_place(report: StageReport, end: End) -> Place:
    """Where a person would look first: the `exit` right behind the failure, else the failure."""
    failure, leave = last_failure(end), last_exit(end)
    if failure is None:
        return leave.place if leave else Place(0, report.blocks[0][0].span)
    if leave is None or leave.place.script != failure.place.script:
        return failure.place
    text = report.scripts[failure.place.script].text
    between = text.count("\n", failure.place.span.end, leave.place.span.start)
    near = failure.place.span.start < leave.place.span.start and between <= _NEAR_LINES
    return leave.place if near else failure.place


def shortest(ends: Iterable[End], by: Callable[[End], Key]) -> dict[Key, End]:
    """For each key the end that takes the fewest events to reach, in order of first sight."""
    found: dict[Key, End] = {}
    for end in ends:
        key = by(end)
        if key not in found or len(end.events) < len(found[key].events):
            found[key] = end
    return found


def notes(report: StageReport, labelled: Iterable[tuple[Place, str]]) -> tuple[Note, ...]:
    """Related places, each once."""
    made = {report.span(place): words for place, words in labelled}
    return tuple(Note(span, words) for span, words in made.items())


def quote(report: StageReport, place: Place) -> str:
    """What stands at a place, on one line and not too long, for a message."""
    text = report.scripts[place.script].text[place.span.start : place.span.end]
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
