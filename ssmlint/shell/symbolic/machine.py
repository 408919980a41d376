"""What one symbolic run carries with it: bindings, tables, limits; and how paths meet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Any, TypeVar

from ssmlint.interruption import checkpoint
from ssmlint.records import dataclass
from ssmlint.shell.effects import Effect, EffectKind, EffectTable
from ssmlint.shell.statements import Block
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.settled import Settled, Variables
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import (
    Array,
    Constraint,
    Place,
    Symbol,
    SymbolKind,
    SymbolTable,
    only_symbol,
)
from ssmlint.source import Span

#: Statements executed over all paths of all runs of one document.  The largest published
#: document needs about 3,000.
MAX_STEPS = 60_000
#: Statements between two looks at whether the result is still wanted: some milliseconds.
_STEPS_UNASKED = 32
#: Paths kept apart at one point before their variables are simplified, and at most.
MANY_STATES = 16
#: Paths at one point from which on it is forgotten what each of them has asked.
CROWD = 40
#: Up to here paths are kept apart without looking whether what differs still matters.
FEW_STATES = 8
MAX_STATES = 400

_Value = TypeVar("_Value")
_Made = TypeVar("_Made")

Parse = Callable[[str], "Block | None"]


_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"[-+]?\d{1,18}")

#: Symbols that are found again by what they stand for, not by a variable.
_LASTING = frozenset({SymbolKind.ENVIRONMENT, SymbolKind.PARAMETER})

#: Symbols of which a path says what it found out.
_TOLD = _LASTING | {SymbolKind.STATUS, SymbolKind.OUTPUT}


class OverBudget(Exception):
    """The run has too many states or steps; nothing may be concluded from it."""


@dataclass(frozen=True, slots=True)
class Bindings:
    """What is fixed for a run: the stage, and what the agent puts into the environment."""

    stage: str | None = None
    """The literal that the stage parameter has in this run; None for any other value."""
    stage_parameter: str = ""
    environment: frozenset[str] = frozenset()
    """Names that hold some unknown text from the start."""
    literals: tuple[tuple[str, str], ...] = ()
    """Environment variables with a known value."""


@dataclass(slots=True)
class Machine:
    """The parts of a run that do not belong to a single path."""

    bindings: Bindings
    effects: EffectTable
    parse: Parse
    """Parses the text of a trap or of `bash -c`; None where it is no bash."""
    symbols: SymbolTable = field(default_factory=SymbolTable)
    script: int = 0
    """Which of the document's scripts is running."""
    text: str = ""
    """The text of that script."""
    steps_left: int = MAX_STEPS
    max_turns: int = 2
    """Turns of a loop over a list that is not known: two, where what an earlier turn has done
    matters to a later one."""
    incomplete: str = ""
    """Why nothing may be concluded, empty while all is well."""
    override: Place | None = None
    """Where commands of a text without a place of its own (a trap) are said to stand."""
    memo: dict[object, Any] = field(default_factory=dict)
    """Results of static looks at statements, by identity."""

    def remembered(
        self, key: tuple[object, ...], about: object, make: Callable[[], _Made]
    ) -> _Made:
        """What `make` finds out once; `about` is what the key tells by its identity.

        It is kept with the answer, so that the identity can not be reused.
        """
        found: tuple[_Made, object] | None = self.memo.get(key)
        if found is None:
            found = self.memo[key] = (make(), about)
        return found[0]

    def tick(self) -> None:
        """Count one statement.  Raises `OverBudget` past the limit, and `Interrupted`."""
        self.steps_left -= 1
        if self.steps_left % _STEPS_UNASKED == 0:
            checkpoint()
        if self.steps_left < 0:
            raise OverBudget(f"more than {MAX_STEPS:,} steps")

    def place(self, span: Span) -> Place:
        """The place of a span of the script that is running."""
        return self.override or Place(self.script, span)

    @contextmanager
    def standing_at(self, place: Place | None) -> Iterator[None]:
        """Run a text whose spans mean nothing in the script as if it all stood at `place`.

        With None, spans mean what they say again: a function of the script is called.
        """
        before, self.override = self.override, place
        try:
            yield
        finally:
            self.override = before

    def source(self, span: Span) -> str:
        """The script's text at a span, white space folded: the identity of a list."""
        if self.override is not None:
            span = self.override.span
        return _BLANKS.sub(" ", self.text[span.start : span.end]).strip()

    def symbol(
        self,
        state: State,
        kind: SymbolKind,
        span: Span,
        *,
        text: str = "",
        effects: tuple[Effect, ...] = (),
        of: str = "",
        tag: object = None,
    ) -> str:
        """A symbol for what is unknown here, in this call and this turn of the loops.

        The same statement on another path gives the same symbol, so that paths can meet;
        what this path knew of it from an earlier visit is forgotten.
        """
        place = self.place(span)
        calls = tuple(frame.place for frame in state.frames)
        # In a text that stands at one place of the script, its own spans tell statements apart.
        within = None if self.override is None else span
        key = (kind, place, within, calls, state.turns, tag)
        made = self.symbols.find(key) or self.symbols.make(
            key, Symbol(kind, place, text, effects, of)
        )
        state.constraints = state.constraints.without((made,))
        return made

    def shared_symbol(self, kind: SymbolKind, name: str) -> str:
        """A symbol that is the same wherever it is asked for (a parameter, `$HOME`)."""
        found = self.symbols.find((kind, name))
        if found is not None:
            return found
        place = Place(self.script, Span(0, 0))
        return self.symbols.make((kind, name), Symbol(kind, place, name))

    def item(self, list_key: str, turn: int, span: Span, of: str, command: str) -> str:
        """The symbol of the n-th item (from 1) of a list; equal lists have equal items.

        `command` is the text of what makes the list.
        """
        symbol = Symbol(SymbolKind.ITEM, self.place(span), command, self._effects_of(of), of)
        return self.symbols.make(("item", list_key, turn), symbol)

    def _effects_of(self, value: str) -> tuple[Effect, ...]:
        symbol = only_symbol(value)
        return self.symbols[symbol].effects if symbol else ()

    def miss(self, state: State, path: str, span: Span) -> None:
        """A redirection from a file that is not there: the command is not run."""
        state.record(Event(Happening.MISSING, self.place(span), False, text=path))
        state.status = "1"

    # --- what a path finds out ----------------------------------------------------

    def pin(self, state: State, symbol: str, text: str) -> State:
        """A path on which `symbol` is exactly `text`."""
        known = state.constraint(symbol)
        changed = Constraint(text, known.excludes, known.matches, known.mismatches)
        return self._learn(state, symbol, changed, f"is `{text}`")

    def exclude(self, state: State, symbol: str, text: str) -> State:
        """A path on which `symbol` is anything but `text`."""
        known = state.constraint(symbol)
        excludes = known.excludes | {text}
        changed = Constraint(known.equal, excludes, known.matches, known.mismatches)
        return self._learn(state, symbol, changed, f"is not `{text}`")

    def matching(self, state: State, symbol: str, pattern: str, matches: bool) -> State:
        """A path on which `symbol` matches `pattern`, or does not."""
        known = state.constraint(symbol)
        if matches:
            changed = known._replace(matches=known.matches | {pattern})
        else:
            changed = known._replace(mismatches=known.mismatches | {pattern})
        words = "matches" if matches else "does not match"
        return self._learn(state, symbol, changed, f"{words} `{pattern}`")

    def _learn(self, state: State, symbol: str, known: Constraint, words: str) -> State:
        new = state.fork()
        new.know(symbol, known)
        info = self.symbols[symbol]
        if info.kind is SymbolKind.LENGTH and info.of:
            self._learn_length(new, info.of, known)
        probes = any(effect.kind is EffectKind.PROBE for effect in info.effects)
        telling = probes and info.kind is SymbolKind.STATUS
        if info.kind in _TOLD:
            new.record(
                Event(
                    Happening.ASSUME if telling else Happening.BRANCH,
                    info.place,
                    _verdict(info, known),
                    target=symbol,
                    text=words,
                    effect=info.effects[0] if info.effects else None,
                    constraint=known,
                )
            )
        return new

    def _learn_length(self, state: State, of: str, known: Constraint) -> None:
        before = state.constraint(of)
        if known.equal == "0":
            state.know(of, before._replace(equal=""))
        elif not known.allows("0"):
            state.know(of, before._replace(excludes=before.excludes | {""}))

    # --- where paths meet -----------------------------------------------------------

    def merge(self, states: Iterable[State]) -> list[State]:
        """The states without those whose future is the same as another's.

        With many left, variables that differ between paths with equal host facts become
        unknown; in a crowd, paths that have done the same are one, and it is told as the one
        that has asked most.  Raises `OverBudget` when even that leaves too many.
        """
        unique = _different(list(states))
        if len(unique) > FEW_STATES:
            # What happened on a path stays with it: one of which something else is told than of
            # all others never meets them again.
            told = Counter([state.story for state in unique])
            for state in unique:
                if told[state.story] > 1:
                    state.forget_dead(self._lasts)
            unique = _different(unique)
        if len(unique) > MANY_STATES:
            unique = self._simplify(unique)
        if len(unique) > CROWD:
            unique = self._simplify(unique, crowded=True)
        if len(unique) > MAX_STATES:
            raise OverBudget(f"more than {MAX_STATES} states at one point")
        return unique

    def collapse(self, states: Iterable[State]) -> list[State]:
        """One state for each distinct host, however it came to be so, with a short story.

        For the EXIT trap: what it does depends on what is held, not on how that came.
        """
        groups: dict[object, list[State]] = {}
        for state in states:
            code = state.resolve(state.status)
            key = (code, state.flow, state.held, state.watchdogs, state.traps.digest)
            groups.setdefault(key, []).append(state)
        return [self._join(sorted(g, key=lambda s: len(s.path()))) for g in groups.values()]

    def _lasts(self, symbol: str) -> bool:
        """Whether a symbol can come back though no variable holds it now."""
        info = self.symbols[symbol]
        asked = info.kind in (SymbolKind.OUTPUT, SymbolKind.STATUS) and bool(info.text)
        return info.kind in _LASTING or asked

    def _simplify(self, states: list[State], crowded: bool = False) -> list[State]:
        groups: dict[tuple[object, ...], list[State]] = {}
        for state in states:
            key = (state.host_key(crowded), state.status, state.frames, state.options, state.levels)
            groups.setdefault(key, []).append(state)
        if crowded:
            for group in groups.values():
                group.sort(key=lambda state: -len(state.path()))
        return [self._join(group) for group in groups.values()]

    def _join(self, group: list[State]) -> State:
        if len(group) == 1:
            return group[0]
        first = group[0].fork()
        for other in group[1:]:
            if first.variables is not other.variables:
                first.variables = self._either_variables(first.variables, other.variables)
            first.constraints = _common(first.constraints, other.constraints)
            first.files = _common(first.files, other.files)
            if first.output != other.output and first.output is not None:
                first.output = self.shared_symbol(SymbolKind.OTHER, "joined output")
        return first

    def _either_variables(self, one: Variables, two: Variables) -> Variables:
        differing = {
            name: self._either(name, one.get(name), two.get(name))
            for name in one.keys() | two.keys()
            if one.get(name) != two.get(name)
        }
        return Variables({**one, **differing}) if differing else one

    def _either(self, name: str, one: str | Array | None, two: str | Array | None) -> str | Array:
        unknown = self.shared_symbol(SymbolKind.OTHER, f"joined {name}")
        if isinstance(one, Array) or isinstance(two, Array):
            return Array(None, unknown)
        return unknown


def _different(states: list[State]) -> list[State]:
    """The states with different keys, of those with the same one the last."""
    if len(states) < 2:
        return states
    # Most differ in what is told of them, which is quicker to compare than all that is known.
    hints = [state.hint() for state in states]
    if len(set(hints)) == len(states):
        return states
    seen = Counter(hints)
    keys = (s.key() if seen[hint] > 1 else hint for s, hint in zip(states, hints, strict=True))
    return list(dict(zip(keys, states, strict=True)).values())


def _common(one: Settled[_Value], two: Settled[_Value]) -> Settled[_Value]:
    """What both say."""
    if one is two:
        return one
    return one.without([name for name, value in one.items() if two.get(name) != value])


def _verdict(symbol: Symbol, known: Constraint) -> bool | None:
    if symbol.kind is not SymbolKind.STATUS:
        return None
    if known.equal is not None:
        return known.equal == "0"
    return False if "0" in known.excludes else None


def known_int(value: str) -> int | None:
    """The number that a known value is, as the shell's arithmetic reads it."""
    text = value.strip()
    return int(text) if _NUMBER.fullmatch(text) else None
