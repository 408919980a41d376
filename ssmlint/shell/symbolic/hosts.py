"""Carrying out the effects of a command on what is known of the host."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import replace

from ssmlint.shell.commands import UNKNOWN, Invocation
from ssmlint.shell.effects import Effect, EffectKind
from ssmlint.shell.symbolic.delays import LONGEST_HOLD, delay_of
from ssmlint.shell.symbolic.events import SESSION, Event, Happening, Held, Watchdog
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import (
    ANYTHING,
    Constraint,
    FieldText,
    Place,
    SymbolKind,
    is_known,
    only_symbol,
    symbols_in,
)
from ssmlint.source import Span

#: Commands with these effects can fail in a way that a script must reckon with.
_FORKING = frozenset(
    {EffectKind.ACQUIRE, EffectKind.RELEASE, EffectKind.FLUSH, EffectKind.WATCHDOG}
)
#: Kernel and device caches: writing them out does not fail in practice.
_NEVER_FAILS = frozenset({"page-cache", "block-device", "filesystem-cache"})

#: A change of these may end a client, and with it what its session holds.
_ENDING = frozenset({SESSION, "process"})


class Host:
    """Applies effects for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def run(
        self,
        state: State,
        invocation: Invocation,
        effects: tuple[Effect, ...],
        fields: list[FieldText],
        *,
        background: bool = False,
    ) -> list[State]:
        """The states after a command with effects; its status is set."""
        own = [effect for effect in effects if self._stops_own(state, effect, fields)]
        effects = tuple(effect for effect in effects if effect not in own)
        for effect in own:
            state = state.fork()
            self.disarm(state, self.target(effect, fields), effect.span)
        forking = [effect for effect in effects if self._forks(effect)]
        if not forking:
            return [self._quiet(state, invocation, effects, fields)]
        span = invocation.span
        done = state.fork()
        for effect in effects:
            self._apply(done, effect, invocation, fields, background)
        done.status = self._success(effects)
        if background:
            return [done]
        failed = state.fork()
        for effect in effects:
            self._refuse(failed, effect, fields, invocation)
        status = self.machine.symbol(failed, SymbolKind.STATUS, span, effects=effects, tag="failed")
        excluded = self._successes(effects)
        failed.know(status, Constraint(excludes=frozenset(excluded)))
        failed.status = status
        return [done, failed]

    def _forks(self, effect: Effect) -> bool:
        return effect.kind in _FORKING and effect.resource not in _NEVER_FAILS

    def _quiet(
        self,
        state: State,
        invocation: Invocation,
        effects: tuple[Effect, ...],
        fields: list[FieldText],
    ) -> State:
        after = state.fork()
        span = invocation.span
        words = " ".join(field.text for field in fields)
        lists = all(effect.kind is EffectKind.LIST for effect in effects) and is_known(words)
        asked = words if effects and lists else ""
        if asked and self._has_answered(state, asked):
            after.status = "0"
        else:
            after.status = self.machine.symbol(
                after, SymbolKind.STATUS, span, text=asked, effects=effects
            )
        for effect in effects:
            if effect.kind is EffectKind.LIST:
                after.record(self._event(after, Happening.LIST, effect))
            elif effect.kind is EffectKind.MUTATE:
                self._change(after, effect)
        return after

    # --- statuses ----------------------------------------------------------------------

    def _has_answered(self, state: State, words: str) -> bool:
        """Whether this path has seen the very same list succeed, as it then does again."""
        return any(
            known.equal == "0" and self.machine.symbols[symbol].text == words
            for symbol, known in state.constraints.items()
            if self.machine.symbols[symbol].kind is SymbolKind.STATUS
        )

    def _success(self, effects: tuple[Effect, ...]) -> str:
        return self._successes(effects)[0]

    def _successes(self, effects: tuple[Effect, ...]) -> list[str]:
        """The status that means success: 0, or the first that the effect's row documents."""
        for effect in effects:
            # What starts a watchdog tells nothing of the statuses that this will have.
            if effect.kind is EffectKind.WATCHDOG:
                return ["0"]
            if effect.kind in _FORKING and effect.row.status:
                return [str(effect.row.status[0][0])]
        return ["0"]

    # --- success -------------------------------------------------------------------------

    def _apply(
        self,
        state: State,
        effect: Effect,
        invocation: Invocation,
        fields: list[FieldText],
        background: bool,
    ) -> None:
        match effect.kind:
            case EffectKind.ACQUIRE:
                self._acquire(state, effect, invocation, fields, background)
            case EffectKind.RELEASE:
                self._release(state, effect, fields, invocation)
            case EffectKind.WATCHDOG:
                self._arm(state, effect, invocation, fields)
            case EffectKind.FLUSH:
                state.record(self._event(state, Happening.FLUSH, effect, ok=True, fields=fields))
            case EffectKind.LIST:
                state.record(self._event(state, Happening.LIST, effect))
            case EffectKind.MUTATE:
                self._change(state, effect)

    def _change(self, state: State, effect: Effect) -> None:
        state.record(self._event(state, Happening.MUTATE, effect))
        if effect.resource == SESSION:
            self._end_sessions(state, self.machine.place(effect.span))

    def _end_sessions(self, state: State, place: Place) -> None:
        """Let go what sessions of clients hold: which of them ends is seldom known."""
        for item in state.held:
            if item.session:
                state.record(Event(Happening.RELEASE, place, True, item.resource, item.target))
        state.held = tuple(item for item in state.held if not item.session)

    def _acquire(
        self,
        state: State,
        effect: Effect,
        invocation: Invocation,
        fields: list[FieldText],
        background: bool,
    ) -> None:
        target = self.target(effect, fields)
        waits = invocation.interactive_hold or background
        lost = effect.row.session and invocation.one_shot and not waits
        event = self._event(state, Happening.ACQUIRE, effect, ok=True, fields=fields)
        state.record(replace(event, session_lost=lost))
        if lost:
            return
        apart = "systemd-run" in invocation.wrappers and not invocation.deferred
        held = Held(
            effect.resource,
            target,
            self.machine.place(effect.span),
            effect.row.session,
            unit=unit_of(fields) if apart else "",
            bounded=effect.row.session and _ends_soon(invocation, fields),
        )
        others = tuple(h for h in state.held if (h.resource, h.target) != (held.resource, target))
        state.held = (*others, held)

    def _release(
        self, state: State, effect: Effect, fields: list[FieldText], invocation: Invocation
    ) -> None:
        released = self._held_by(state, effect, fields)
        event = self._event(state, Happening.RELEASE, effect, ok=True, fields=fields)
        # A client can only give back what its own session holds.
        foreign = released is not None and released.session and invocation.one_shot
        state.record(replace(event, session_lost=foreign))
        if released is not None and not foreign:
            state.held = tuple(item for item in state.held if item is not released)

    def _held_by(self, state: State, effect: Effect, fields: list[FieldText]) -> Held | None:
        """What a release lets go.

        A target that is not known in advance (an item of a list that was written down, or
        listed again) is taken to be one that is held and was not tried yet.
        """
        target = self.target(effect, fields)
        candidates = [item for item in state.held if item.resource == effect.resource]
        for item in candidates:
            if item.target == target:
                return item
        if is_known(target) and candidates and all(is_known(c.target) for c in candidates):
            return candidates[0] if not target or not candidates[0].target else None
        fresh = [item for item in candidates if not item.attempted]
        return next(iter(fresh or candidates), None)

    # --- failure ---------------------------------------------------------------------------

    def _refuse(
        self, state: State, effect: Effect, fields: list[FieldText], invocation: Invocation
    ) -> None:
        kinds = {
            EffectKind.ACQUIRE: Happening.ACQUIRE,
            EffectKind.RELEASE: Happening.RELEASE,
            EffectKind.FLUSH: Happening.FLUSH,
            EffectKind.WATCHDOG: Happening.WATCHDOG,
        }
        happening = kinds.get(effect.kind)
        if happening is None:
            return
        event = self._event(state, happening, effect, ok=False, fields=fields)
        if effect.kind is EffectKind.RELEASE:
            tried = self._held_by(state, effect, fields)
            foreign = tried is not None and tried.session and invocation.one_shot
            event = replace(event, session_lost=foreign)
            state.held = tuple(
                item._replace(attempted=True) if item is tried else item for item in state.held
            )
        state.record(event)

    # --- watchdogs -----------------------------------------------------------------------

    def _arm(
        self,
        state: State,
        effect: Effect,
        invocation: Invocation,
        fields: list[FieldText],
    ) -> None:
        line = " ".join(field.text for field in fields)
        name = unit_of(fields) or (fields[-1].text if invocation.name == "systemctl" else "")
        resources = frozenset({effect.resource}) if effect.resource != "later" else frozenset()
        timer = invocation.deferred or invocation.name == "systemctl"
        # Of a program that is started as it is, everything is known.
        plain = invocation.script is None and not invocation.texts and invocation.stdin is None
        target = self.target(effect, fields)
        exact = exact_targets([(effect.resource, target)]) if plain else frozenset()
        self.arm(
            state,
            effect.span,
            True,
            delay_of(line),
            name,
            resources,
            effect,
            seen=bool(exact),
            timer=timer,
            exact=exact,
        )

    def arm(
        self,
        state: State,
        span: Span,
        detached: bool,
        delay: float | None,
        unit: str = "",
        resources: frozenset[str] = frozenset(),
        effect: Effect | None = None,
        *,
        seen: bool = False,
        timer: bool = False,
        exact: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        """Record that something will release resources later."""
        place = self.machine.place(span)
        same = [dog for dog in state.watchdogs if dog.place == place]
        if same:
            # The next turn of a loop: one for each mount.
            both = same[0].exact | exact if same[0].exact and exact else frozenset()
            more = same[0]._replace(resources=same[0].resources | resources, exact=both)
            state.watchdogs = tuple(more if dog in same else dog for dog in state.watchdogs)
            return
        dog = Watchdog(place, detached, delay, unit, resources, seen, exact, timer)
        state.watchdogs = (*state.watchdogs, dog)
        state.record(Event(Happening.WATCHDOG, place, True, effect=effect, seconds=delay))

    def _stops_own(self, state: State, effect: Effect, fields: list[FieldText]) -> bool:
        """Whether it stops a unit that the script starts itself, not a service of the host."""
        if effect.resource != "service" or effect.kind is not EffectKind.ACQUIRE:
            return False
        name = self.target(effect, fields)
        if name.endswith((".timer", ".scope")) or not is_known(name):
            return True
        units = self._own_units()
        return any(not is_known(unit) or fnmatch.fnmatch(unit, _unit(name)) for unit in units)

    def starts_unit(self, invocation: Invocation, fields: list[FieldText]) -> None:
        """Note the unit that `systemd-run` starts, for every stage."""
        unit = unit_of(fields) if "systemd-run" in invocation.wrappers else ""
        if unit:
            self._own_units().add(unit)

    def _own_units(self) -> set[str]:
        units: set[str] = self.machine.memo.setdefault("units", set())
        return units

    def disarm(self, state: State, what: str, span: Span) -> None:
        """Stop a unit of the script's own: a watchdog, or one that holds something.

        A watchdog is stopped by its unit's name, or any when the name is not known.  The
        timer of a unit goes on when its service is stopped.
        """
        timer = what.endswith(".timer")
        hit = [dog for dog in state.watchdogs if _is_stopped(dog, what)]
        state.watchdogs = tuple(dog for dog in state.watchdogs if dog not in hit)
        place = self.machine.place(span)
        if hit or (timer and not state.watchdogs):
            state.record(Event(Happening.DISARM, place, True, target=what))
        held = [item for item in state.held if item.unit and item.unit == _unit(what)]
        for item in () if timer else held:
            state.held = tuple(other for other in state.held if other is not item)
            state.record(Event(Happening.RELEASE, place, True, item.resource, item.target))

    def kill(self, state: State, span: Span) -> None:
        """`kill`, `pkill` and `atrm` stop watchdogs that are processes or jobs of ours, and clients."""
        state.watchdogs = tuple(dog for dog in state.watchdogs if dog.unit)
        state.record(Event(Happening.DISARM, self.machine.place(span), True))
        self._end_sessions(state, self.machine.place(span))

    # --- events ------------------------------------------------------------------------------

    def target(self, effect: Effect, fields: list[FieldText]) -> str:
        """The effect's target as a value: with its symbols where it is not known."""
        field = effect.target_field
        if field is None:
            return effect.target
        for candidate in fields:
            if candidate.span == field.span and symbols_in(candidate.text):
                return candidate.text
        return field.text

    def _event(
        self,
        state: State,
        kind: Happening,
        effect: Effect,
        ok: bool | None = None,
        fields: list[FieldText] | None = None,
    ) -> Event:
        target = self.target(effect, fields or [])
        symbol = only_symbol(target)
        return Event(
            kind,
            self.machine.place(effect.span),
            ok,
            effect.resource,
            target,
            effect=effect,
            constraint=state.constraint(symbol) if symbol else ANYTHING,
            turn=state.turns[-1] if state.turns else 0,
            function=state.frames[-1].name if state.frames else "",
        )


def _ends_soon(invocation: Invocation, fields: list[FieldText]) -> bool:
    """Whether a client ends by itself, or is ended, before anybody has to end it."""
    if any("RuntimeMaxSec=" in field.text for field in fields):
        # systemd.service(5): the service is terminated then.
        return "systemd-run" in invocation.wrappers
    seconds = invocation.hold_seconds
    return invocation.interactive_hold and (seconds is None or seconds <= LONGEST_HOLD)


def released_by(effects: Iterable[Effect]) -> frozenset[str]:
    """The resources that commands release, and `SESSION` where they end clients."""
    effects = tuple(effects)
    ends = any(e.kind is EffectKind.MUTATE and e.resource in _ENDING for e in effects)
    released = {e.resource for e in effects if e.kind is EffectKind.RELEASE}
    return frozenset(released | {SESSION} if ends else released)


def exact_targets(released: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """What is released, for filesystems, where every one of them is known by its path."""
    paths = [pair for pair in released if pair[0] == "filesystem"]
    known = all(
        path.startswith("/") and is_known(path) and UNKNOWN not in path for _, path in paths
    )
    return frozenset(paths) if known else frozenset()


def _is_stopped(dog: Watchdog, what: str) -> bool:
    if not is_known(what) or not is_known(dog.unit):
        return bool(dog.unit)
    if dog.timer != what.endswith(".timer") and "*" not in what:
        return False
    return fnmatch.fnmatch(_unit(dog.unit), _unit(what)) and bool(dog.unit)


def unit_of(fields: list[FieldText]) -> str:
    """The name that `systemd-run` gives the unit; empty where it makes one up."""
    line = " ".join(field.text for field in fields)
    unit = re.search(r"--unit[= ](\S+)|-u (\S+)", line)
    return _unit(unit[1] or unit[2]) if unit else ""


def _unit(name: str) -> str:
    return re.sub(r"\.(?:timer|service|scope)$", "", name)
