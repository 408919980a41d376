"""Words to fields: expansion and splitting, as bash does it, on values with symbols.

A command substitution runs commands, which may end in several ways, so that every
expansion answers with a list of `(state, result)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ssmlint.model.references import REFERENCE
from ssmlint.records import dataclass
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
from ssmlint.shell.symbolic.state import Flow, State
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


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    quoted: bool
    expanded: bool
    items: Array | None = None
    """The items of `"${array[@]}"`, each of which is a field of its own."""


class Expander:
    """Expands words for one machine; `run` executes the body of a substitution."""

    def __init__(self, machine: Machine, run: Callable[..., list[State]]) -> None:
        self.machine = machine
        self.run = run

    def fields(self, words: Iterable[Word], state: State) -> list[tuple[State, list[FieldText]]]:
        """The fields of all words, split."""
        results: list[tuple[State, list[FieldText]]] = [(state, [])]
        for word in words:
            known = word.literal
            if known:
                # Most words are the same on every path: no expansion, nothing to split.
                field = FieldText(known, word.span, any(_is_quoted(p) for p in word.parts))
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

    def _segments(self, word: Word, state: State) -> list[tuple[State, list[_Segment]]]:
        results: list[tuple[State, list[_Segment]]] = [(state, [])]
        for part in word.parts:
            step = []
            for before, segments in results:
                for after, segment in self._part(part, before):
                    step.append((after, [*segments, segment]))
            results = step
        return results

    def _part(self, part: Part, state: State) -> list[tuple[State, _Segment]]:
        match part:
            case Literal(text=text, quoted=quoted):
                return [(state, _Segment(text, quoted, False))]
            case Placeholder():
                return [(state, _Segment(self._reference(part.name), part.quoted, True))]
            case Variable():
                return self._variable(part, state)
            case Substitution():
                return self._substitution(part, state)
            case Arithmetic():
                after = state.fork()
                value = evaluate(part, after, self.machine, self.parameter_text)
                return [(after, _Segment(value, True, True))]
            case ProcessSubstitution():
                return self._process(part, state)
        raise AssertionError(part)

    def _reference(self, name: str) -> str:
        bindings = self.machine.bindings
        if name == bindings.stage_parameter and bindings.stage is not None:
            return bindings.stage
        return self.machine.shared_symbol(SymbolKind.PARAMETER, name)

    def _substitution(self, part: Substitution, state: State) -> list[tuple[State, _Segment]]:
        results = []
        for after, output in self.capture(part.body, part.span, state):
            results.append((after, _Segment(output, part.quoted, True)))
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

    def _process(self, part: ProcessSubstitution, state: State) -> list[tuple[State, _Segment]]:
        results = []
        for after, output in self.capture(part.body, part.span, state):
            after.status = state.status
            results.append((after, _Segment(output, True, True)))
        return results

    # --- variables ---------------------------------------------------------------------

    def _variable(self, part: Variable, state: State) -> list[tuple[State, _Segment]]:
        value = self.parameter(part.name, part.subscript, state)
        if part.indirect:
            unknown = self.machine.symbol(state, SymbolKind.OTHER, part.span, tag="indirect")
            return [(state, _Segment(unknown, part.quoted, True))]
        if part.length:
            return [(state, _Segment(self._length(part, value, state), True, True))]
        if isinstance(value, Array):
            return [(state, self._array(part, value))]
        if part.operator:
            return self._operated(part, value, state)
        if value is None:
            return [(self._unset(part, state), _Segment("", part.quoted, True))]
        return [(state, _Segment(state.resolve(value), part.quoted, True))]

    def _unset(self, part: Variable, state: State) -> State:
        if "nounset" not in state.options or part.name in "@*":
            return state
        after = state.fork()
        after.status = "1"
        after.flow = Flow.EXIT
        place = self.machine.place(part.span)
        after.record(Event(Happening.EXIT, place, text=f"`${part.name}` is unset under `set -u`"))
        return after

    def parameter_text(self, name: str, subscript: str | None, state: State) -> str | None:
        """The value of a variable as one text; None where it is unset."""
        value = self.parameter(name, subscript, state)
        if isinstance(value, Array):
            if value.items is None:
                return value.symbol
            return value.items[0] if value.items else None
        return None if value is None else state.resolve(value)

    def parameter(self, name: str, subscript: str | None, state: State) -> str | Array | None:
        """The value of a variable or special parameter; None where it is unset."""
        if name == "?":
            return state.resolve(state.status)
        if name.isdigit() and name != "0":
            index = int(name) - 1
            return state.arguments[index] if index < len(state.arguments) else None
        if name in ("@", "*"):
            return Array(state.arguments)
        if name == "#":
            return str(len(state.arguments))
        value = state.variables.get(name)
        if name == "PIPESTATUS" and value is None:
            value = Array((state.resolve(state.status),))
        if isinstance(value, Array):
            return self._element(value, self.key(subscript, state), state)
        if value is not None:
            return value
        return self._environment(name, state)

    def _element(self, value: Array, key: str | None, state: State) -> str | Array | None:
        """One element; an index that is a name of its own may be known, or any."""
        if key is not None and value.keys is None and re.fullmatch(r"[A-Za-z_]\w*", key):
            known = self.parameter_text(key, None, state) or "0"
            if not is_known(known):
                return self.machine.shared_symbol(SymbolKind.ITEM, f"element {known}")
            key = known
        return _item(value, key)

    def key(self, subscript: str | None, state: State) -> str | None:
        """What stands in the brackets of an array, with plain `$name`s replaced."""
        if subscript is not None:
            subscript = REFERENCE.sub(lambda m: self._reference(m["name"]), subscript)
        if subscript is None or "$" not in subscript:
            return None if subscript is None else subscript.strip("\"'")

        def value(match: re.Match[str]) -> str:
            return self.parameter_text(match[1] or match[2], None, state) or ""

        return re.sub(r"\$\{(\w+)\}|\$(\w+)", value, subscript).strip("\"'")

    def _environment(self, name: str, state: State) -> str | None:
        for known, text in self.machine.bindings.literals:
            if name == known:
                return text
        unknown = name in self.machine.bindings.environment or not name[:1].isalpha()
        if (unknown and name[:1] != "_") or state.sourced:
            return self.machine.shared_symbol(SymbolKind.ENVIRONMENT, name)
        return None

    def _length(self, part: Variable, value: str | Array | None, state: State) -> str:
        if value is None:
            return "0"
        if isinstance(value, Array):
            if value.items is not None:
                return str(len(value.items))
            known = state.constraint(value.symbol)
            if known.equal == "":
                return "0"
            length = self.machine.symbol(
                state, SymbolKind.LENGTH, part.span, of=value.symbol, tag=value.symbol
            )
            if not known.allows(""):
                state.know(length, type(known)(excludes=frozenset({"0"})))
            return length
        text = state.resolve(value)
        if is_known(text):
            return str(len(text))
        of = only_symbol(text) or ""
        return self.machine.symbol(state, SymbolKind.LENGTH, part.span, of=of, tag=text)

    def _array(self, part: Variable, value: Array) -> _Segment:
        if part.operator and value.items is not None and part.operator in (":-", "-"):
            value = value if value.items else Array(())
        if part.quoted and part.name != "*" and part.subscript != "*":
            return _Segment("", True, True, value)
        if value.items is None:
            return _Segment(value.symbol, part.quoted, True)
        return _Segment(" ".join(value.items), part.quoted, True)

    def _operated(
        self, part: Variable, value: str | None, state: State
    ) -> list[tuple[State, _Segment]]:
        text = None if value is None else state.resolve(value)
        colon, kind = part.operator.startswith(":"), part.operator.lstrip(":")[:1]
        if part.operator in (":-", "-", ":=", "=", ":+", "+", ":?", "?"):
            return self._default(part, text, colon, kind, state)
        if text is None:
            return [(self._unset(part, state), _Segment("", part.quoted, True))]
        if part.operator in ("#", "##", "%", "%%") and part.argument is not None:
            return [
                (after, _Segment(self._trim(part, text, pattern, after), part.quoted, True))
                for after, pattern in self.pattern(part.argument, state)
            ]
        return [(state, _Segment(self._derived(part, text, state), part.quoted, True))]

    def _default(
        self, part: Variable, text: str | None, colon: bool, kind: str, state: State
    ) -> list[tuple[State, _Segment]]:
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
                    results.append((after, _Segment(word, part.quoted, True)))
            else:
                kept = "" if kind == "+" or text is None else before.resolve(text)
                results.append((before, _Segment(kept, part.quoted, True)))
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

    def _split(self, segments: list[_Segment], span: Span, state: State) -> list[FieldText]:
        splitter = _Splitter(span)
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


class _Splitter:
    def __init__(self, span: Span) -> None:
        self.span = span
        self.made: list[FieldText] = []
        self.current: str | None = None
        self.quoted = False
        self.is_list = False

    def keep(self, text: str, quoted: bool) -> None:
        self.current = (self.current or "") + text
        self.quoted = self.quoted or quoted

    def unknown(self, text: str) -> None:
        self.current = (self.current or "") + text
        self.is_list = True

    def divide(self, text: str) -> None:
        pieces = re.split(r"[ \t\n]+", text)
        for index, piece in enumerate(pieces):
            if index:
                self.finish()
            if piece:
                self.current = (self.current or "") + piece

    def array(self, value: Array) -> None:
        if value.items is None:
            self.unknown(value.symbol)
            return
        for index, item in enumerate(value.items):
            if index:
                self.finish()
            self.keep(item, True)

    def finish(self) -> None:
        if self.current is not None:
            self.made.append(FieldText(self.current, self.span, self.quoted, self.is_list))
        self.current, self.quoted, self.is_list = None, False, False

    def done(self) -> list[FieldText]:
        self.finish()
        return self.made


def _is_quoted(part: Part) -> bool:
    return isinstance(part, Literal) and part.quoted


def _halves(word: str) -> tuple[str, str, str]:
    """`pattern/replacement`, divided at the first slash that no backslash quotes."""
    match = re.match(r"((?:\\.|[^/\\])*)(/?)(.*)", word, re.DOTALL)
    assert match is not None
    return match[1], match[2], re.sub(r"\\(.)", r"\1", match[3])


def _plain(segment: _Segment) -> str:
    if segment.items is None:
        return segment.text
    if segment.items.items is None:
        return segment.items.symbol
    return " ".join(segment.items.items)


def _item(value: Array, subscript: str | None) -> str | Array | None:
    if subscript in ("@", "*"):
        return value
    if value.items is None:
        return value.symbol
    if value.keys is not None:
        found = dict(zip(value.keys, value.items, strict=True))
        return found.get(subscript or "0")
    if subscript is None:
        return value.items[0] if value.items else None
    if not re.fullmatch(r"-?\d+", subscript):
        return value.items[0] if value.items else None
    index = int(subscript)
    return value.items[index] if -len(value.items) <= index < len(value.items) else None


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
