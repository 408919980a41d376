"""Questions to the ends of a stage that several rules ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from ssmlint.model.document import DLM_STAGES
from ssmlint.reuse import once
from ssmlint.rule import Note
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.statements import (
    AndOr,
    ArithmeticFor,
    Block,
    Branch,
    Case,
    CaseItem,
    Command,
    For,
    Function,
    Statement,
    Test,
    While,
    Word,
    walk,
    walk_block,
)
from ssmlint.shell.symbolic.events import Event, Happening, Held
from ssmlint.shell.symbolic.values import Place, SymbolKind, is_known, only_symbol
from ssmlint.source import Span

Key = TypeVar("Key")

#: How many lines behind a failure its `exit` may stand to be shown in its stead.
_NEAR_LINES = 25


def events(end: End, *kinds: Happening) -> Iterator[Event]:
    """The events of some kinds on the way to an end, oldest first."""
    return (event for event in end.events if event.kind in kinds)


#: What holds up no writer while it lasts: a mode, a catalogue entry.
HOLDS_UP_NOBODY = frozenset({"oracle-backup-mode", "postgresql-backup", "hana-snapshot"})


def acquired(end: End) -> tuple[Event, ...]:
    """What the path acquired, leaving out locks that ended with their client."""
    return tuple(event for event in acquired_or_lost(end) if not event.session_lost)


def acquired_or_lost(end: End) -> tuple[Event, ...]:
    """What the path acquired, locks that ended with their client included."""
    return tuple(event for event in events(end, Happening.ACQUIRE) if event.ok)


def last_failure(end: End) -> Event | None:
    """The last command that failed on the way, releases left out."""
    kinds = (Happening.ACQUIRE, Happening.FLUSH, Happening.WATCHDOG)
    failed = [event for event in events(end, *kinds) if event.ok is False]
    return failed[-1] if failed else None


def left_behind(end: End) -> tuple[Held, ...]:
    """What the path acquired and then left alone: nothing was tried to release it.

    Left out is what the script asked about after it was acquired (`db.currentOp()`,
    `pg_is_in_backup()`) and got an answer, for a query with documented statuses one of
    these: it decided then, on grounds that are not followed here.
    """
    new = [item for item in end.held if item not in end.before and not item.attempted]
    return tuple(item for item in new if not _asked_about(end, item))


def _asked_about(end: End, held: Held) -> bool:
    after = [e.kind is Happening.ACQUIRE and e.place == held.place for e in end.events]
    start = after.index(True) if True in after else len(after)
    asked = (event for event in end.events[start:] if asks_about(event, held.resource))
    found = [event for event in asked if not _is_elsewhere(event, held)]
    return any(_is_answered(event) for event in found)


def _is_elsewhere(event: Event, held: Held) -> bool:
    """Whether a question is about another thing of that kind: `mountpoint` of the next one."""
    target = event.effect.target if event.effect else ""
    known = target and UNKNOWN not in target and held.target and is_known(held.target)
    return bool(known) and target != held.target


def _is_answered(event: Event) -> bool:
    codes = {str(code) for code, _ in event.effect.row.status} if event.effect else set()
    return not codes or event.constraint.equal in codes


def asks_about(event: Event, resource: str) -> bool:
    """Whether the path was decided here by a question about (the owner of) a resource."""
    if event.kind not in (Happening.BRANCH, Happening.ASSUME) or event.effect is None:
        return False
    row, family = event.effect.row, resource.partition("-")[0]
    asks = row.kind in (EffectKind.PROBE, EffectKind.QUERY)
    return asks and family in (row.resource.partition("-")[0], row.dialect)


def last_exit(end: End) -> Event | None:
    """The `exit` that ends the path, None where the script runs off its end."""
    last = end.events[-1] if end.events else None
    found = [event for event in end.events if event.kind is Happening.EXIT]
    return found[-1] if found and last is not None else None


def leaving_place(report: StageReport, end: End) -> Place:
    """Where a person would look first: the `exit` right behind the failure, else the failure."""
    failure, leave = last_failure(end), last_exit(end)
    if failure is None:
        return leave.place if leave else _deciding_place(report, end)
    if leave is None or leave.place.script != failure.place.script:
        return failure.place
    text = report.scripts[failure.place.script].text
    between = text.count("\n", failure.place.span.end, leave.place.span.start)
    near = failure.place.span.start < leave.place.span.start and between <= _NEAR_LINES
    return leave.place if near else failure.place


def _deciding_place(report: StageReport, end: End) -> Place:
    """The last thing whose result told a path that runs off its end from others."""
    found = list(events(end, Happening.BRANCH, Happening.ASSUME, Happening.RETURN))
    return found[-1].place if found else _first_place(report)


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


@once
def stage_place(report: StageReport, stage: str) -> Place:
    """Where a stage begins: the function that its branch calls, else the branch itself.

    Falls back to the first statement of the document's scripts.
    """
    found = _branch(report, stage)
    if found is None:
        return _first_place(report)
    place, body = found
    called = _called(nodes_of(report)[place.script], body)
    return place if called is None else Place(place.script, called)


@once
def nodes_of(report: StageReport) -> tuple[tuple[Any, ...], ...]:
    """Every node of each of the scripts, in the order in which they are written."""
    return tuple(tuple(walk_block(block)) for block in report.blocks)


def branch_place(report: StageReport, stage: str) -> Place | None:
    """The pattern or condition that stands for a stage; None where none does."""
    found = _branch(report, stage)
    return None if found is None else found[0]


@once
def _branch(report: StageReport, stage: str) -> tuple[Place, Block] | None:
    for number, nodes in enumerate(nodes_of(report)):
        for node in nodes:
            if isinstance(node, CaseItem):
                for word in node.patterns:
                    if word.literal == stage:
                        return Place(number, word.span), node.body
            if isinstance(node, Branch) and _tests(node, stage):
                return Place(number, node.condition[0].span), node.body
            if isinstance(node, AndOr) and isinstance(node.left, Test) and _names(node.left, stage):
                return Place(number, node.left.span), ()
    return None


def _called(nodes: Iterable[Any], body: Block) -> Span | None:
    """The name of the only function that a branch calls, where nothing else calls it."""
    called = [s.name for s in body if isinstance(s, Command) and s.words]
    if (
        len(called) != 1
        or sum(isinstance(node, Command) and node.name == called[0] for node in nodes) != 1
    ):
        return None
    names = (n.name_span for n in nodes if isinstance(n, Function) and n.name == called[0])
    return next(names, None)


def _tests(branch: Branch, stage: str) -> bool:
    return any(_names(part, stage) for part in branch.condition)


def _names(statement: Statement, stage: str) -> bool:
    return any(isinstance(node, Word) and node.literal == stage for node in walk(statement))


def default_place(report: StageReport) -> Place | None:
    """The `*` of the `case` that tells the stages apart, where there is one."""
    for number, nodes in enumerate(nodes_of(report)):
        for node in nodes:
            if isinstance(node, Case) and _tells_stages(node):
                stars = [w for item in node.items for w in item.patterns if w.literal == "*"]
                return Place(number, stars[-1].span) if stars else None
    return None


def _tells_stages(node: Case) -> bool:
    return any(word.literal in DLM_STAGES for item in node.items for word in item.patterns)


@once
def dispatch_place(report: StageReport) -> Place:
    """Where the stages are told apart: the first `case` or `if` that names one of them."""
    for number, nodes in enumerate(nodes_of(report)):
        for node in nodes:
            if isinstance(node, Case) and _tells_stages(node):
                return Place(number, node.subject.span)
            if isinstance(node, Branch) and any(_tests(node, stage) for stage in DLM_STAGES):
                return Place(number, node.condition[0].span)
            if isinstance(node, AndOr) and any(_names(node.left, stage) for stage in DLM_STAGES):
                return Place(number, node.left.span)
    return _first_place(report)


def _first_place(report: StageReport) -> Place:
    """The first statement; in scripts that hold none, the first line of the first."""
    for number, block in enumerate(report.blocks):
        if block:
            return Place(number, block[0].span)
    text = report.scripts[0].text
    return Place(0, Span(0, len(text.partition("\n")[0])))


def loop_of(end: End, event: Event) -> Event | None:
    """The loop that an event stands in, as the event of its turns."""
    if not event.turn:
        return None
    before = end.events[: end.events.index(event)]
    turns = [item for item in before if item.kind is Happening.TURNS]
    return turns[-1] if turns else None


def stands_in_loop(report: StageReport, place: Place) -> bool:
    """Whether a loop is written around a place."""
    return any(
        isinstance(node, For | While | ArithmeticFor) and node.span.covers(place.span)
        for node in nodes_of(report)[place.script]
    )


def shares_loop(report: StageReport, event: Event, place: Place) -> bool:
    """Whether a place is in every loop that is written around what happened."""
    nodes = nodes_of(report)[event.place.script]
    around = [n for n in nodes if isinstance(n, For | While) and n.span.covers(event.place.span)]
    same = place.script == event.place.script
    return same and bool(around) and all(loop.span.covers(place.span) for loop in around)


def is_item(report: StageReport, event: Event) -> bool:
    """Whether what was acted upon is an item of a list that is not known."""
    symbol = only_symbol(event.target)
    return symbol is not None and report.symbols[symbol].kind is SymbolKind.ITEM


def freezes(report: StageReport) -> tuple[Event, ...]:
    """Every freeze of a filesystem that pre-script may attempt, each distinct one once."""
    found = {
        (event.place, event.target, event.constraint): event
        for end in report.pre.ends
        for event in events(end, Happening.ACQUIRE)
        if event.resource == "filesystem"
    }
    return tuple(found.values())
