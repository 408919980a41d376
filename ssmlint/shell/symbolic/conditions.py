"""Deciding tests: what is known decides, what is not known splits the path in two."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from ssmlint.shell.statements import (
    Arithmetic,
    Literal,
    TestBinary,
    TestExpression,
    TestLogic,
    TestNot,
    TestUnary,
    TestWord,
    Word,
)
from ssmlint.shell.symbolic.arithmetic import evaluate
from ssmlint.shell.symbolic.expand import Expander
from ssmlint.shell.symbolic.machine import known_int
from ssmlint.shell.symbolic.state import Contents, Flow, State
from ssmlint.shell.symbolic.values import (
    escape_glob,
    has_wildcard,
    is_known,
    only_symbol,
    possible_match,
    unescape_glob,
)

Outcome = list[tuple[State, bool]]

_NUMERIC: dict[str, Callable[[int, int], bool]] = {
    "-eq": operator.eq,
    "-ne": operator.ne,
    "-lt": operator.lt,
    "-le": operator.le,
    "-gt": operator.gt,
    "-ge": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_SWAPPED = {
    "-lt": "-gt",
    "-gt": "-lt",
    "-le": "-ge",
    "-ge": "-le",
    "<": ">",
    ">": "<",
    "<=": ">=",
    ">=": "<=",
}
_FILE_TESTS = frozenset(
    ["-e", "-f", "-d", "-s", "-r", "-w", "-x", "-L", "-h", "-p", "-S", "-b", "-c"]
)


class Conditions:
    """Decides tests for one machine."""

    def __init__(self, expander: Expander) -> None:
        self.expander = expander
        self.machine = expander.machine

    # --- exit statuses -------------------------------------------------------------

    def succeeded(self, state: State) -> Outcome:
        """Whether the last status is 0."""
        status = state.resolve(state.status)
        if is_known(status):
            return [(state, known_int(status) == 0)]
        return self.equals(state, status, "0")

    # --- [ ], [[ ]] ------------------------------------------------------------------

    def decide(self, expression: TestExpression, state: State, double: bool) -> Outcome:
        """The truth of a test; `double` for `[[ ]]`."""
        if state.flow is not Flow.NORMAL:
            return [(state, False)]
        match expression:
            case TestNot(operand=operand):
                return [(after, not truth) for after, truth in self.decide(operand, state, double)]
            case TestLogic():
                return self._logic(expression, state, double)
            case TestWord(word=word):
                return self._nonempty(word, state)
            case TestUnary():
                return self._unary(expression, state)
            case TestBinary():
                return self._binary(expression, state, double)

    def _logic(self, expression: TestLogic, state: State, double: bool) -> Outcome:
        results: Outcome = []
        for after, truth in self.decide(expression.left, state, double):
            if truth == (expression.operator == "&&"):
                results.extend(self.decide(expression.right, after, double))
            else:
                results.append((after, truth))
        return results

    def _nonempty(self, word: Word, state: State) -> Outcome:
        results: Outcome = []
        for after, text in self.expander.text(word, state):
            results.extend((s, not empty) for s, empty in self.equals(after, text, ""))
        return results

    def _unary(self, expression: TestUnary, state: State) -> Outcome:
        if expression.operator in ("-n", "-z"):
            truths = self._nonempty(expression.operand, state)
            return [(s, t == (expression.operator == "-n")) for s, t in truths]
        results: Outcome = []
        for after, text in self.expander.text(expression.operand, state):
            if expression.operator == "-v":
                results.extend(self._is_set(after, text))
            elif expression.operator == "-s":
                results.extend(self._is_filled(after, text))
            elif expression.operator in _FILE_TESTS:
                results.extend(self._file(after, text))
            else:
                results.extend(both(after))
        return results

    def _is_set(self, state: State, name: str) -> Outcome:
        if not is_known(name):
            return both(state)
        value = self.expander.parameters.value(name, None, state)
        return [(state, value is not None)]

    def _file(self, state: State, path: str) -> Outcome:
        known = state.files.get(path)
        if known not in (None, Contents.HOLLOW):
            return [(state, known is not Contents.ABSENT)]
        there, gone = state.fork(), state.fork()
        there.note_file(path, Contents.PRESENT if known is None else Contents.EMPTY)
        gone.note_file(path, Contents.ABSENT)
        return [(there, True), (gone, False)]

    def _is_filled(self, state: State, path: str) -> Outcome:
        known = state.files.get(path)
        if known not in (None, Contents.PRESENT):
            return [(state, known is Contents.FILLED)]
        filled, empty = state.fork(), state.fork()
        filled.note_file(path, Contents.FILLED)
        there = known is Contents.PRESENT
        empty.note_file(path, Contents.EMPTY if there else Contents.HOLLOW)
        return [(filled, True), (empty, False)]

    def _binary(self, expression: TestBinary, state: State, double: bool) -> Outcome:
        results: Outcome = []
        for middle, left in self.expander.text(expression.left, state):
            if expression.operator in ("=", "==", "!="):
                for after, pattern in self._right(expression.right, middle, double):
                    truths = self.matches(after, left, pattern)
                    results.extend((s, t == (expression.operator != "!=")) for s, t in truths)
                continue
            for after, right in self.expander.text(expression.right, middle):
                if expression.operator in _NUMERIC and expression.operator.startswith("-"):
                    results.extend(self.compare(after, left, expression.operator, right))
                elif expression.operator == "=~":
                    written = _literal_regex(expression.right)
                    results.extend(self.regex(after, left, right if written is None else written))
                else:
                    results.extend(both(after))
        return results

    def _right(self, word: Word, state: State, double: bool) -> list[tuple[State, str]]:
        if double:
            return self.expander.pattern(word, state)
        return [(after, escape_glob(text)) for after, text in self.expander.text(word, state)]

    # --- comparisons -------------------------------------------------------------------

    def equals(self, state: State, value: str, text: str) -> Outcome:
        """Whether a value is exactly a known text."""
        return self.matches(state, value, escape_glob(text))

    def matches(self, state: State, value: str, pattern: str) -> Outcome:
        """Whether a value matches a pattern (which may hold symbols too)."""
        value, pattern = state.resolve(value), state.resolve(pattern)
        decided = possible_match(pattern, value)
        if decided is not None:
            return [(state, decided)]
        symbol = only_symbol(value)
        if symbol is not None and is_known(pattern):
            return self._split(state, symbol, pattern)
        other = only_symbol(unescape_glob(pattern))
        if other is not None and is_known(value):
            return self._split(state, other, escape_glob(value))
        return both(state)

    def _split(self, state: State, symbol: str, pattern: str) -> Outcome:
        known = state.constraint(symbol)
        if has_wildcard(pattern):
            if pattern in known.matches:
                return [(state, True)]
            if pattern in known.mismatches:
                return [(state, False)]
            return [
                (self.machine.matching(state, symbol, pattern, True), True),
                (self.machine.matching(state, symbol, pattern, False), False),
            ]
        text = unescape_glob(pattern)
        if not known.allows(text):
            return [(state, False)]
        return [
            (self.machine.pin(state, symbol, text), True),
            (self.machine.exclude(state, symbol, text), False),
        ]

    def compare(self, state: State, left: str, operator_: str, right: str) -> Outcome:
        """Whether two numbers stand in a relation such as `-eq` or `<`."""
        left, right = state.resolve(left), state.resolve(right)
        one, two = known_int(left), known_int(right)
        if one is not None and two is not None:
            return [(state, _NUMERIC[operator_](one, two))]
        if one is not None:
            left, right, two = right, left, one
            operator_ = _SWAPPED.get(operator_, operator_)
        symbol = only_symbol(left)
        if symbol is None or two is None:
            return both(state)
        if operator_ in ("-eq", "=="):
            return self.equals(state, left, str(two))
        if operator_ in ("-ne", "!="):
            return [(after, not truth) for after, truth in self.equals(state, left, str(two))]
        return self._around_zero(state, left, operator_, two)

    def _around_zero(self, state: State, value: str, operator_: str, number: int) -> Outcome:
        # Exit statuses and numbers of items are never negative.
        if (operator_, number) in (("-gt", 0), (">", 0), ("-ge", 1), (">=", 1)):
            return [(after, not truth) for after, truth in self.equals(state, value, "0")]
        if (operator_, number) in (("-lt", 1), ("<", 1), ("-le", 0), ("<=", 0)):
            return self.equals(state, value, "0")
        return both(state)

    def regex(self, state: State, value: str, pattern: str) -> Outcome:
        """Whether a regular expression is found in a value."""
        value = state.resolve(value)
        if not is_known(pattern):
            return both(state)
        if is_known(value):
            try:
                return [(state, re.search(pattern, value[:10_000]) is not None)]
            except re.error:
                return both(state)
        symbol = only_symbol(value)
        glob = _as_glob(pattern)
        if symbol is None or glob is None:
            return both(state)
        if not has_wildcard(glob):
            return self.equals(state, value, unescape_glob(glob))
        return self._split(state, symbol, glob)

    # --- (( )) ---------------------------------------------------------------------------

    def arithmetic(self, expression: Arithmetic, state: State) -> Outcome:
        """Whether `((expression))` is not zero."""
        comparison = re.fullmatch(r"\s*(\S+)\s*(==|!=|<=|>=|<|>)\s*(\S+)\s*", expression.text)
        if comparison:
            after = state.fork()
            sides = [self._side(comparison[i], expression, after) for i in (1, 3)]
            if sides[0] is not None and sides[1] is not None:
                return self.compare(after, sides[0], comparison[2], sides[1])
        after = state.fork()
        # `(( ${#items[@]} ))`, `(( ! count ))`.
        lone = re.fullmatch(r"\s*(!?)\s*(\$\{#[^\s}]+\})\s*", expression.text)
        side = self._side(lone[2], expression, after) if lone else None
        if lone and side is not None:
            return self.compare(after, side, "==" if lone[1] else "!=", "0")
        value = evaluate(expression, after, self.machine, self.expander.parameters.text)
        number = known_int(value)
        if number is not None:
            return [(after, number != 0)]
        return [(s, not zero) for s, zero in self.equals(after, value, "0")]

    def _side(self, text: str, expression: Arithmetic, state: State) -> str | None:
        if re.fullmatch(r"\d+", text):
            return text
        for read in expression.reads:
            form = r"\$?\{?#?" + re.escape(read.name) + r"(?:\[[^\]]*\])?\}?"
            if re.fullmatch(form, text):
                return self.expander.text(Word(read.span, (read,)), state)[0][1] or "0"
        return None


def _literal_regex(word: Word) -> str | None:
    """The pattern of a word without expansions: what is quoted in it stands for itself."""
    literals = [part for part in word.parts if isinstance(part, Literal)]
    if len(literals) < len(word.parts):
        return None
    return "".join(re.escape(part.text) if part.quoted else part.text for part in literals)


def both(state: State) -> Outcome:
    """A test that nothing is known about."""
    return [(state, True), (state.fork(), False)]


def _as_glob(regex: str) -> str | None:
    """A shell pattern for the simplest regular expressions (`^/boot`, `^/(boot)?$`)."""
    body = regex.removeprefix("^").removesuffix("$")
    if re.search(r"[\\\[\](){}*+?|^$]", body):
        return None
    body = body.replace(".", "?")
    return ("" if regex.startswith("^") else "*") + body + ("" if regex.endswith("$") else "*")
