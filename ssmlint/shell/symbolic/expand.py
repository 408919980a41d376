"""Words to fields: expansion and splitting, as bash does it, on values with symbols.

A command substitution runs commands, which may end in several ways, so that every
expansion answers with a list of `(state, result)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ssmlint.shell.statements import (
    Arithmetic,
    Block,
    Literal,
    Part,
    Placeholder,
    ProcessSubstitution,
    Statement,
    Substitution,
    Variable,
    Word,
)
from ssmlint.shell.symbolic.arithmetic import evaluate
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.idle import asks_the_time
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.parameters import Parameters
from ssmlint.shell.symbolic.segments import Segment, Splitter
from ssmlint.shell.symbolic.state import Flow, State, leave_subshell
from ssmlint.shell.symbolic.texttools import replaced
from ssmlint.shell.symbolic.values import (
    SPLITTABLE,
    Array,
    FieldText,
    SymbolKind,
    escape_glob,
    glob_match,
    is_known,
    only_symbol,
    symbols_in,
)
from ssmlint.source import Span

#: Code points of a value; a longer one (a script that doubles a text) becomes unknown.
MAX_TEXT = 20_000


class Expander:
    """Expands words for one machine; `run` executes the body of a substitution."""

    def __init__(self, machine: Machine, run: Callable[..., list[State]]) -> None:
        self.machine = machine
        self.parameters = Parameters(machine)
        self.run = run

    def fields(self, words: Iterable[Word], state: State) -> list[tuple[State, list[FieldText]]]:
        """The fields of all words, split."""
        results: list[tuple[State, list[FieldText]]] = [(state, [])]
        for word in words:
            known = word.literal
            if known:
                # Most words are the same on every path: no expansion, nothing to split.
                field = FieldText(known, word.span, word.is_quoted)
                for _, made in results:
                    made.append(field)
                continue
            step = []
            for before, made in results:
                if before.flow is not Flow.NORMAL:
                    step.append((before, made))
                    continue
                for after, segments in self._segments(word, before):
                    step.append((after, [*made, *self._split(segments, word.span, after)]))
            results = step
        return results

    def text(self, word: Word, state: State) -> list[tuple[State, str]]:
        """The word as one text, unsplit (an assignment's value, a here-document ...)."""
        known = word.literal
        if known is not None and len(known) <= MAX_TEXT:
            return [(state, known)]
        results = []
        for after, segments in self._segments(word, state):
            text = after.resolve("".join(_plain(segment) for segment in segments))
            if len(text) > MAX_TEXT:
                text = self.machine.symbol(after, SymbolKind.OTHER, word.span, tag="long")
            results.append((after, text))
        return results

    def pattern(self, word: Word, state: State) -> list[tuple[State, str]]:
        """The word as a pattern: what was quoted matches only itself."""
        results = []
        for after, segments in self._segments(word, state):
            text = "".join(escape_glob(_plain(s)) if s.quoted else _plain(s) for s in segments)
            results.append((after, after.resolve(text)))
        return results

    # --- parts -----------------------------------------------------------------------

    def _segments(self, word: Word, state: State) -> list[tuple[State, list[Segment]]]:
        results: list[tuple[State, list[Segment]]] = [(state, [])]
        for part in word.parts:
            step = []
            for before, segments in results:
                for after, segment in self._part(part, before):
                    step.append((after, [*segments, segment]))
            results = step
        return results

    def _part(self, part: Part, state: State) -> list[tuple[State, Segment]]:
        match part:
            case Literal(text=text, quoted=quoted):
                return [(state, Segment(text, quoted, False))]
            case Placeholder():
                return [(state, Segment(self.parameters.reference(part.name), part.quoted, True))]
            case Variable():
                return self._variable(part, state)
            case Substitution():
                return self._substitution(part, state)
            case Arithmetic():
                after = state.fork()
                value = evaluate(part, after, self.machine, self.parameters.text)
                return [(after, Segment(value, True, True))]
            case ProcessSubstitution():
                return self._process(part, state)
        raise AssertionError(part)

    def _substitution(self, part: Substitution, state: State) -> list[tuple[State, Segment]]:
        results = []
        for after, output in self.capture(part.body, part.span, state):
            results.append((after, Segment(output, part.quoted, True)))
        return results

    def capture(self, body: Block, span: Span, state: State) -> list[tuple[State, str]]:
        """Run a body in a subshell and collect what it writes, trailing newlines removed."""
        if asks_the_time(body) and "date" not in state.functions:
            return [self._time(body[0], state)]
        inner = state.fork()
        inner.output = ""
        results = []
        for after in self.run(body, inner):
            output = (after.output or "").rstrip("\n")
            if len(output) > 2_000:
                output = self.machine.symbol(state, SymbolKind.OUTPUT, span)
            results.append((leave_subshell(state, after), after.resolve(output)))
        return results

    def _time(self, command: Statement, state: State) -> tuple[State, str]:
        """`date`, the most frequent substitution of all, without the way through a subshell."""
        after = state.fork()
        after.status = self.machine.symbol(after, SymbolKind.STATUS, command.span)
        text = self.machine.source(command.span)
        return after, self.machine.symbol(
            after, SymbolKind.OUTPUT, command.span, text=text, tag="output"
        )

    def _process(self, part: ProcessSubstitution, state: State) -> list[tuple[State, Segment]]:
        results = []
        for after, output in self.capture(part.body, part.span, state):
            after.status = state.status
            results.append((after, Segment(output, True, True)))
        return results

    # --- variables ---------------------------------------------------------------------

    def _variable(self, part: Variable, state: State) -> list[tuple[State, Segment]]:
        value = self.parameters.value(part.name, part.subscript, state)
        if part.indirect:
            unknown = self.machine.symbol(state, SymbolKind.OTHER, part.span, tag="indirect")
            return [(state, Segment(unknown, part.quoted, True))]
        if part.length:
            return [(state, Segment(self.parameters.length(part, value, state), True, True))]
        if isinstance(value, Array):
            return [(state, self._array(part, value))]
        if part.operator:
            return self._operated(part, value, state)
        if value is None:
            return [(self._unset(part, state), Segment("", part.quoted, True))]
        return [(state, Segment(state.resolve(value), part.quoted, True))]

    def _unset(self, part: Variable, state: State) -> State:
        if "nounset" not in state.options or part.name in "@*":
            return state
        after = state.fork()
        after.status = "1"
        after.flow = Flow.EXIT
        place = self.machine.place(part.span)
        after.record(Event(Happening.EXIT, place, text=f"`${part.name}` is unset under `set -u`"))
        return after

    def _array(self, part: Variable, value: Array) -> Segment:
        if part.operator and value.items is not None and part.operator in (":-", "-"):
            value = value if value.items else Array(())
        if part.quoted and part.name != "*" and part.subscript != "*":
            return Segment("", True, True, value)
        if value.items is None:
            return Segment(value.symbol, part.quoted, True)
        return Segment(" ".join(value.items), part.quoted, True)

    def _operated(
        self, part: Variable, value: str | None, state: State
    ) -> list[tuple[State, Segment]]:
        text = None if value is None else state.resolve(value)
        colon, kind = part.operator.startswith(":"), part.operator.lstrip(":")[:1]
        if part.operator in (":-", "-", ":=", "=", ":+", "+", ":?", "?"):
            return self._default(part, text, colon, kind, state)
        if text is None:
            return [(self._unset(part, state), Segment("", part.quoted, True))]
        if part.operator in ("#", "##", "%", "%%") and part.argument is not None:
            return [
                (after, Segment(self._trim(part, text, pattern, after), part.quoted, True))
                for after, pattern in self.pattern(part.argument, state)
            ]
        return [(state, Segment(self._derived(part, text, state), part.quoted, True))]

    def _default(
        self, part: Variable, text: str | None, colon: bool, kind: str, state: State
    ) -> list[tuple[State, Segment]]:
        results = []
        for before, is_set in self._is_set(text, colon, state):
            if (kind == "+") == is_set:
                for after, word in self._argument(part, before):
                    if kind == "=":
                        after = after.fork()
                        after.assign(part.name, word)
                    if kind == "?":
                        after = after.fork()
                        after.status, after.flow = "1", Flow.EXIT
                    results.append((after, Segment(word, part.quoted, True)))
            else:
                kept = "" if kind == "+" or text is None else before.resolve(text)
                results.append((before, Segment(kept, part.quoted, True)))
        return results

    def _argument(self, part: Variable, state: State) -> list[tuple[State, str]]:
        return self.text(part.argument, state) if part.argument is not None else [(state, "")]

    def _is_set(self, text: str | None, colon: bool, state: State) -> list[tuple[State, bool]]:
        if text is None:
            return [(state, False)]
        symbol = only_symbol(text)
        if not colon or symbol is None:
            return [(state, bool(text) or not colon)]
        if not state.constraint(symbol).allows(""):
            return [(state, True)]
        return [
            (self.machine.exclude(state, symbol, ""), True),
            (self.machine.pin(state, symbol, ""), False),
        ]

    def _trim(self, part: Variable, text: str, pattern: str, state: State) -> str:
        if not is_known(text) or not is_known(pattern):
            return self._derived(part, text, state)
        cuts = range(len(text) + 1)
        longest = len(part.operator) == 2
        if part.operator[0] == "#":
            for cut in reversed(cuts) if longest else cuts:
                if glob_match(pattern, text[:cut]):
                    return text[cut:]
        else:
            for cut in cuts if longest else reversed(cuts):
                if glob_match(pattern, text[cut:]):
                    return text[:cut]
        return text

    def _derived(self, part: Variable, text: str, state: State) -> str:
        bare = part.argument is None or not part.argument.parts
        if part.operator in ("^^", ",,") and bare and is_known(text):
            return text.upper() if part.operator == "^^" else text.lower()
        if part.operator in ("/", "//") and part.argument is not None:
            word = self.pattern(part.argument, state)[0][1]
            pattern, _, replacement = _halves(word)
            made = replaced(pattern, text, replacement, part.operator == "//")
            if made is not None:
                return made
        # What is cut out of or replaced in an item still stands for that item.
        symbol = only_symbol(text)
        if symbol and self.machine.symbols[symbol].kind is SymbolKind.ITEM:
            return text
        return self.machine.symbol(state, SymbolKind.OTHER, part.span, tag="derived")

    # --- splitting -----------------------------------------------------------------------

    def _split(self, segments: list[Segment], span: Span, state: State) -> list[FieldText]:
        splitter = Splitter(span)
        for segment in segments:
            if segment.items is not None:
                splitter.array(segment.items)
                continue
            text = state.resolve(segment.text)
            if segment.quoted or not segment.expanded:
                splitter.keep(text, segment.quoted)
            elif any(self.machine.symbols[s].kind in SPLITTABLE for s in symbols_in(text)):
                splitter.unknown(text)
            else:
                splitter.divide(text)
        return splitter.done()


def _halves(word: str) -> tuple[str, str, str]:
    """`pattern/replacement`, divided at the first slash that no backslash quotes."""
    match = re.match(r"((?:\\.|[^/\\])*)(/?)(.*)", word, re.DOTALL)
    assert match is not None
    return match[1], match[2], re.sub(r"\\(.)", r"\1", match[3])


def _plain(segment: Segment) -> str:
    if segment.items is None:
        return segment.text
    if segment.items.items is None:
        return segment.items.symbol
    return " ".join(segment.items.items)
