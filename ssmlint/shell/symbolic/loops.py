"""Loops: known items are taken one by one, unknown lists zero, one and two times.

Two turns are enough to see every defect that an n-th turn can show: something was
acquired in an earlier turn, and a later one fails.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from ssmlint.shell.effects import Effect, EffectKind
from ssmlint.shell.statements import (
    ArithmeticFor,
    Assignment,
    Block,
    Command,
    For,
    ProcessSubstitution,
    Variable,
    While,
    Word,
    walk_block,
)
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.reading import fields_of_line
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.settled import Settled
from ssmlint.shell.symbolic.state import Flow, State
from ssmlint.shell.symbolic.values import (
    SPLITTABLE,
    Array,
    FieldText,
    SymbolKind,
    only_symbol,
    symbols_in,
)
from ssmlint.source import Span

#: Known items that are taken one by one; what follows repeats what came before.
MAX_KNOWN_ITEMS = 4
#: Turns of a loop over a list that is not known, and of `while` in any case.
MAX_TURNS = 2
#: Turns of a `while` of which no more than a few paths are still turning: retries, options.
MAX_WHILE_TURNS = 12
FEW_PATHS = 3

Turn = Callable[[State, int], list[State]]


class Loops:
    """Runs loops for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine

    def run_for(self, loop: For, state: State) -> list[State]:
        """`for name in words`."""
        if loop.words is None:
            fields = [FieldText(text, loop.name_span, True) for text in state.arguments]
            return self._over(loop, state, fields)
        results = []
        for after, made in self.running.expander.fields(loop.words, state):
            results.extend(
                [after] if after.flow is not Flow.NORMAL else self._over(loop, after, made)
            )
        return self.machine.merge(results)

    def _over(self, loop: For, state: State, fields: list[FieldText]) -> list[State]:
        unknown = next((field for field in fields if field.is_list), None)
        if unknown is None:
            rows = [[field.text] for field in fields[:MAX_KNOWN_ITEMS]]
            return self._known(loop.body, (loop.name,), rows, state)
        return self.over_list(loop.body, (loop.name,), unknown.text, unknown.span, state)

    def _known(
        self, body: Block, names: tuple[str, ...], rows: list[list[str]], state: State
    ) -> list[State]:
        def turn(before: State, index: int) -> list[State]:
            for name, text in zip(names, rows[index - 1], strict=False):
                before.assign(name, text)
            return self.running.run(body, before)

        return self._turns(state, turn, len(rows))

    def over_list(
        self, body: Block, names: tuple[str, ...], text: str, span: Span, state: State
    ) -> list[State]:
        """A body run for each item of a list that is not known.

        Each of the `names` takes one column of an item.
        """
        symbol = only_symbol(text) or (symbols_in(text) or [""])[-1]
        key = self._list_key(symbol, span, text)
        results = []
        for count in self._counts(body, state, symbol, key):
            before = self._counted(body, state, symbol, key, count, span)

            distinct = count >= MAX_TURNS and not before.held
            collected = self._collected(body) if distinct else None
            turn = functools.partial(self._turn, body, names, (key, span, symbol), collected)
            results.extend(self._turns(before, turn, count))
        return self.machine.merge(results)

    def _turn(
        self,
        body: Block,
        names: tuple[str, ...],
        items: tuple[str, Span, str],
        collected: frozenset[str] | None,
        start: State,
        index: int,
    ) -> list[State]:
        """The body for one item of a list.

        Unless `collected` is None, turns in which nothing happened, and in which none of
        these variables grew, are left out: two items of which one is passed over are one
        item, which is looked at anyway.
        """
        key, span, symbol = items
        for column, name in enumerate(names):
            of_column = f"{key}\n{column}" if column else key
            start.assign(name, self.machine.item(of_column, index, span, symbol, key))
        before = {name: start.variables.get(name) for name in collected or ()}
        ends = self.running.run(body, start)
        if collected is None:
            return ends
        return [
            end
            for end in ends
            if end.story != start.story
            or any(end.variables.get(name) != value for name, value in before.items())
            or not goes_on(end)
        ]

    def _list_key(self, symbol: str, span: Span, text: str) -> str:
        if not symbol:
            return self.machine.source(span)
        info = self.machine.symbols[symbol]
        return info.text if info.kind is SymbolKind.OUTPUT and info.text else f"{text}"

    def _counts(self, body: Block, state: State, symbol: str, key: str) -> list[int]:
        """How many turns to look at.

        A loop that releases is taken to go through everything that is held: a list of
        what to thaw that is too short is another matter, which other rules look at.
        """
        if key in state.counts:
            return [state.counts[key]]
        effects = self.running.static_effects(body, state)
        acquires = any(effect.kind is EffectKind.ACQUIRE for effect in effects)
        # What a loop releases that acquires as well, it takes back.
        held = 0 if acquires else self._held(state, effects)
        if held:
            return [held]
        most = self.machine.max_turns if self._matters(body, effects) else 1
        counts = range(most + 1)
        allowed = state.constraint(symbol) if symbol else None
        if allowed is not None and allowed.equal == "":
            return [0]
        empty = allowed is None or allowed.allows("")
        empty = empty and not self._was_filled(state, symbol)
        return [count for count in counts if count or empty]

    def _was_filled(self, state: State, symbol: str) -> bool:
        """Whether this path has asked the very same list before, and it was not empty."""
        text = self.machine.symbols[symbol].text if symbol else ""
        return bool(text) and any(
            not known.allows("")
            for other, known in state.constraints.items()
            if self.machine.symbols[other].kind is SymbolKind.OUTPUT
            and self.machine.symbols[other].text == text
        )

    def _held(self, state: State, effects: tuple[Effect, ...]) -> int:
        """How much is held that these effects release."""
        released = {e.resource for e in effects if e.kind is EffectKind.RELEASE}
        return sum(1 for item in state.held if item.resource in released)

    def _matters(self, body: Block, effects: tuple[Effect, ...]) -> bool:
        """Whether it matters how often a body runs: it acts, or collects something."""
        return any(effect.kind in _ACTING_KINDS for effect in effects) or bool(
            self._collected(body)
        )

    def _collected(self, body: Block) -> frozenset[str]:
        """The variables that a body appends to."""
        key = ("collected", id(body))
        return self.machine.remembered(key, body, lambda: _collected(body))

    def _counted(
        self, body: Block, state: State, symbol: str, key: str, count: int, span: Span
    ) -> State:
        before = state.fork()
        matters = self._matters(body, self.running.static_effects(body, state))
        if count != 1 or matters:
            # A loop that only looks is run once for any number of items.
            before.counts = Settled({**before.counts, key: count})
        if symbol and before.constraint(symbol).equal is None:
            constraint = before.constraint(symbol)
            if count == 0:
                before.know(symbol, type(constraint)(equal=""))
            else:
                excludes = constraint.excludes | {""}
                before.know(symbol, type(constraint)(None, excludes))
        if not matters:
            # How often it turns sets no paths apart.
            return before
        info = self.machine.symbols[symbol] if symbol else None
        before.record(
            Event(
                Happening.TURNS,
                self.machine.place(span),
                count > 0,
                target=symbol,
                text=str(count),
                effect=info.effects[0] if info and info.effects else None,
            )
        )
        return before

    def _turns(self, state: State, turn: Turn, count: int) -> list[State]:
        """Run `count` turns; `break`, `return` and `exit` leave early."""
        live, left = [state], list[State]()
        for index in range(1, count + 1):
            step: list[State] = []
            for before in live:
                inner = before.fork()
                inner.turns = (*before.turns, index)
                for after in turn(inner, index):
                    after.turns = before.turns
                    (step if goes_on(after) else left).append(after)
            live = self.machine.merge(step)
        if not count:
            live = [state.fork()]
            live[0].status = "0"
        return [*live, *(stay(after) for after in left)]

    # --- while ---------------------------------------------------------------------------

    def run_while(self, loop: While, state: State) -> list[State]:
        """`while` and `until`; `while read` goes through the lines of a list."""
        read = _read_command(loop)
        if read is not None:
            return self._while_read(loop, read, state)
        live, done = [state], list[State]()
        index = 0
        while live and index < MAX_WHILE_TURNS and (index < MAX_TURNS or len(live) <= FEW_PATHS):
            index += 1
            step: list[State] = []
            for before in live:
                start = before.fork()
                start.turns = (*before.turns, index)
                for after, truth in self.running.condition(loop.condition, start):
                    if truth == loop.until or after.flow is not Flow.NORMAL:
                        after.turns = before.turns
                        after.status = "0" if after.flow is Flow.NORMAL else after.status
                        done.append(after)
                        continue
                    for end in self.running.run(loop.body, after):
                        end.turns = before.turns
                        (step if goes_on(end) else done).append(stay(end))
            live = self.machine.merge(step)
        # A path that is still turning is followed no further: how it leaves is not known,
        # and those that have left show what the loop does.
        return self.machine.merge(done)

    def _while_read(self, loop: While, read: Command, state: State) -> list[State]:
        names = tuple(w.literal for w in read.words[1:] if w.literal and _is_name(w.literal))
        names = names or ("REPLY",)
        results = []
        for before, span, text in self._inputs_of(loop, state):
            if text is None:
                results.append(before)
                continue
            lines = self._known_lines(text)
            if lines is None:
                results.extend(self.over_list(loop.body, names, text, span, before))
            else:
                separators = self.running.streams.separators(read, before)
                rows = [fields_of_line(line, names, separators) for line in lines]
                results.extend(self._known(loop.body, names, rows, before))
        return self.machine.merge(results)

    def _known_lines(self, text: str) -> list[str] | None:
        """The lines of a text whose number is known, though not perhaps all that is in them."""
        if any(self.machine.symbols[symbol].kind in SPLITTABLE for symbol in symbols_in(text)):
            return None
        return text.splitlines()[:MAX_KNOWN_ITEMS]

    def _inputs_of(self, loop: While, state: State) -> list[tuple[State, Span, str | None]]:
        """Where the lines come from, and their text or the symbol of it; None without any."""
        for redirect in loop.redirects:
            word = redirect.target
            if word is None or redirect.operator not in ("<", "<<<", "<<", "<<-"):
                continue
            found = self.running.expander.text(word, state)
            if redirect.operator == "<" and not _is_process(word):
                return [(a, word.span, self._file(word, path, a)) for a, path in found]
            return [(after, word.span, text) for after, text in found]
        piped = state.variables.get("\0stdin")
        if isinstance(piped, str) and piped:
            return [(state, loop.span, piped)]
        made = self.machine.symbol(state, SymbolKind.OUTPUT, loop.span, tag="lines")
        return [(state, Span(loop.span.start, loop.span.start + 5), made)]

    def _file(self, word: Word, path: str, state: State) -> str | None:
        """The unknown text of a file, the same for every loop over it; None if it is not there."""
        if state.lacks_file(path):
            self.machine.miss(state, path, word.span)
            return None
        put = only_symbol(state.texts.get(path, "").strip())
        if put is not None and self.machine.symbols[put].kind in SPLITTABLE:
            # `findmnt ... > file`: the lines are those of the list.
            return put
        source = self.machine.source(word.span)
        return self.machine.symbol(state, SymbolKind.OUTPUT, word.span, text=source)

    def run_arithmetic_for(self, loop: ArithmeticFor, state: State) -> list[State]:
        """`for ((...))`: as often as something is held that it releases, else zero to two."""
        start = state.fork()
        if _counts_nothing(loop, state):
            start.status = "0"
            return [start]
        for expression in loop.header:
            for name in expression.assigns:
                unknown = self.machine.symbol(start, SymbolKind.OTHER, expression.span, tag=name)
                start.assign(name, unknown)
        results = []
        for count in self._counts(loop.body, start, "", self.machine.source(loop.span)):

            def turn(before: State, index: int) -> list[State]:
                return self.running.run(loop.body, before)

            results.extend(self._turns(start, turn, count))
        return self.machine.merge(results)


_ACTING_KINDS = frozenset(
    {EffectKind.ACQUIRE, EffectKind.RELEASE, EffectKind.FLUSH, EffectKind.WATCHDOG}
)


def _counts_nothing(loop: ArithmeticFor, state: State) -> bool:
    """Whether it goes by the length of an array that is known to be empty."""
    counted = (
        state.variables.get(node.name)
        for expression in loop.header
        for node in (*expression.reads, *expression.parts)
        if isinstance(node, Variable) and node.length
    )
    return any(isinstance(value, Array) and value.items == () for value in counted)


def goes_on(state: State) -> bool:
    """Whether the loop takes its next turn; eats the `continue` that asks for it."""
    if state.flow is Flow.CONTINUE and state.levels <= 1:
        state.flow, state.levels = Flow.NORMAL, 0
    return state.flow is Flow.NORMAL


def stay(state: State) -> State:
    """A state that has left a loop: `break` ends here, or one level is gone."""
    if state.flow in (Flow.BREAK, Flow.CONTINUE):
        state.levels -= 1
        if state.levels <= 0:
            state.flow, state.levels = Flow.NORMAL, 0
    return state


def _collected(body: Block) -> frozenset[str]:
    nodes = walk_block(body)
    return frozenset(n.name for n in nodes if isinstance(n, Assignment) and n.append)


def _read_command(loop: While) -> Command | None:
    for statement in loop.condition:
        for part in (statement, getattr(statement, "left", None)):
            if isinstance(part, Command) and part.name == "read":
                return part
    return None


def _is_name(text: str | None) -> bool:
    return text is not None and text.isidentifier()


def _is_process(word: Word) -> bool:
    return any(isinstance(part, ProcessSubstitution) for part in word.parts)
