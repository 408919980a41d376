"""Statements, carried out on every path at once."""

from __future__ import annotations

from ssmlint.shell.statements import (
    AndOr,
    ArithmeticCommand,
    ArithmeticFor,
    Background,
    Block,
    Case,
    Command,
    Coprocess,
    Declaration,
    For,
    Function,
    Group,
    If,
    Pipeline,
    Statement,
    Subshell,
    Test,
    Unknown,
    Variable,
    While,
    Word,
    walk,
)
from ssmlint.shell.symbolic.assigning import Assigning
from ssmlint.shell.symbolic.builtins import Builtins
from ssmlint.shell.symbolic.calling import Calling
from ssmlint.shell.symbolic.conditions import Outcome
from ssmlint.shell.symbolic.declaring import Declaring
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.handing import Handing
from ssmlint.shell.symbolic.jobs import Jobs
from ssmlint.shell.symbolic.loops import Loops
from ssmlint.shell.symbolic.machine import Machine, known_int
from ssmlint.shell.symbolic.programs import Programs
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import Flow, State, with_status
from ssmlint.shell.symbolic.values import (
    FieldText,
    SymbolKind,
    only_symbol,
)


class Interpreter(Running):
    """Runs blocks of statements for one machine."""

    def __init__(self, machine: Machine) -> None:
        super().__init__(machine)
        self.loops = Loops(self)
        self.jobs = Jobs(self)
        assigning, handing = Assigning(self), Handing(self)
        self.declaring = Declaring(assigning, handing)
        programs = Programs(self, handing, self.jobs)
        self.calling = Calling(self, assigning, Builtins(self), programs)

    def run(self, block: Block, state: State) -> list[State]:
        """Every state after a block; those that left it keep their `flow`."""
        live, left = [state], list[State]()
        for number, statement in enumerate(block):
            step: list[State] = []
            for before in live:
                for after in self.execute(statement, before):
                    (step if after.flow is Flow.NORMAL else left).append(after)
            if isinstance(statement, Command) and number + 1 < len(block):
                self._drop(statement, block[number + 1], step)
            # Paths that have not parted since they last met can hardly meet here.
            live = self.machine.merge(step) if len(step) > len(live) else step
            if not live:
                break
        return [*live, *left]

    def _drop(self, command: Command, following: Statement, states: list[State]) -> None:
        """Note the failures of a function that the statement behind it does not look at."""
        if self.about("reads status", following, _reads_status):
            return
        for state in states:
            if not _has_failed(state):
                continue
            newest = state.newest
            said = newest is not None and newest.kind is Happening.RETURN
            said = said and newest is not None and newest.function == command.name
            self._note_drop(command, state, False if said else None)

    def _note_drop(self, command: Command, state: State, ok: bool | None) -> None:
        """Only the first of each sort on a path, so that paths do not double with every call."""
        found = (event for event in state.events or () if event.kind is Happening.DROPPED)
        if command.name in state.functions and all(event.ok is not ok for event in found):
            text = f"`{command.name}` fails, and nothing looks at it"
            state.record(Event(Happening.DROPPED, self.machine.place(command.span), ok, text=text))

    def execute(self, statement: Statement, state: State) -> list[State]:
        """Every state after one statement."""
        self.machine.tick()
        match statement:
            case Command():
                return self._errexit(self.call(statement, state))
            case Declaration():
                return self.declaring.declare(statement, state)
            case Pipeline():
                return self._errexit(self.jobs.pipeline(statement, state))
            case AndOr():
                return self._and_or(statement, state)
            case If():
                return self._if(statement, state)
            case Case():
                return self._case(statement, state)
            case For():
                return self.loops.run_for(statement, state)
            case ArithmeticFor():
                return self.loops.run_arithmetic_for(statement, state)
            case While():
                return self.loops.run_while(statement, state)
            case Function():
                after = state.fork()
                after.define(statement)
                if self.machine.override is not None:
                    self.foreign[statement.name] = self.machine.override
                after.status = "0"
                return [after]
            case Group():
                return self.redirected(statement.redirects, state, statement.body)
            case Subshell():
                return self._errexit(self.jobs.subshell(statement.body, state))
            case Background():
                return [self.jobs.background(statement, state)]
            case Coprocess():
                return [self.jobs.coprocess(statement, state)]
            case ArithmeticCommand():
                truths = self.conditions.arithmetic(statement.expression, state)
                return self._errexit([with_status(s, t) for s, t in truths])
            case Test():
                return self._errexit([with_status(s, t) for s, t in self._test(statement, state)])
            case Unknown():
                self.machine.incomplete = self.machine.incomplete or statement.reason
                after = state.fork()
                after.status = self.machine.symbol(after, SymbolKind.STATUS, statement.span)
                return [after]

    def _test(self, test: Test, state: State) -> Outcome:
        if test.expression is None:
            return [(state, False)]
        return self.conditions.decide(test.expression, state, test.bracket == "[[")

    def condition(self, block: Block, state: State) -> Outcome:
        """Whether a block that is tested (`if`, `while`, `&&`, `!`) succeeds."""
        self.checked += 1
        try:
            ends = self.run(block, state)
        finally:
            self.checked -= 1
        results: Outcome = []
        for end in ends:
            if end.flow is Flow.NORMAL:
                results.extend(self.conditions.succeeded(end))
            else:
                results.append((end, False))
        return results

    def _errexit(self, states: list[State]) -> list[State]:
        """`set -e` and the ERR trap, after a command that nothing checks."""
        if self.checked:
            return states
        results = []
        for state in states:
            watched = "errexit" in state.options or "ERR" in state.traps
            if state.flow is not Flow.NORMAL or not watched or state.status == "0":
                results.append(state)
                continue
            for after, fine in self.conditions.succeeded(state):
                results.extend([after] if fine else self._failed(after))
        return results

    def _failed(self, state: State) -> list[State]:
        after = state.fork()
        trap = after.traps.get("ERR")
        after.set_trap("ERR", None)
        # What is known of the status has to outlive the trap's own commands.
        status = after.status
        after.assign("\0failed", status)
        states = [after] if trap is None else self.run_text(trap.text, after, trap.place)
        for end in states:
            end.drop("\0failed")
            if trap is not None and "ERR" not in end.traps:
                end.set_trap("ERR", trap)
            if end.flow is Flow.NORMAL:
                # `$?` is what it was when the trap has run.
                end.status = status
                end.flow = Flow.EXIT if "errexit" in end.options else end.flow
        return states

    def _and_or(self, statement: AndOr, state: State) -> list[State]:
        results = []
        for after, truth in self.condition((statement.left,), state):
            if after.flow is not Flow.NORMAL:
                results.append(after)
            elif truth == (statement.operator == "&&"):
                ends = self.execute(statement.right, after)
                if (
                    isinstance(statement.left, Command)
                    and not truth
                    and _only_acts(statement.right)
                ):
                    for end in ends:
                        if end.flow is Flow.NORMAL and end.status == "0":
                            self._note_drop(statement.left, end, None)
                results.extend(ends)
            else:
                results.append(after)
        return self.machine.merge(results)

    def _if(self, statement: If, state: State) -> list[State]:
        results: list[State] = []
        live = [state]
        for branch in statement.branches:
            step = []
            for before in live:
                for after, truth in self.condition(branch.condition, before):
                    if after.flow is not Flow.NORMAL:
                        results.append(after)
                    elif truth:
                        results.extend(self.run(branch.body, after))
                    else:
                        step.append(after)
            live = self.machine.merge(step)
        for before in live:
            if statement.otherwise is not None:
                results.extend(self.run(statement.otherwise, before))
            else:
                before = before.fork()
                before.status = "0"
                results.append(before)
        return self.machine.merge(results)

    def _case(self, statement: Case, state: State) -> list[State]:
        results: list[State] = []
        for before, subject in self.expander.text(statement.subject, state):
            live = [before]
            for index, item in enumerate(statement.items):
                step = []
                for start in live:
                    for after, truth in self._any_pattern(item.patterns, subject, start):
                        if truth:
                            results.extend(self._case_body(statement, index, after, subject))
                        else:
                            step.append(after)
                live = self.machine.merge(step)
            for after in live:
                after = after.fork()
                after.status = "0"
                results.append(after)
        return self.machine.merge(results)

    def _case_body(self, statement: Case, index: int, state: State, subject: str) -> list[State]:
        item = statement.items[index]
        ends = self.run(item.body, state)
        if item.terminator == ";;" or index + 1 >= len(statement.items):
            return ends
        results = []
        for end in ends:
            if end.flow is not Flow.NORMAL:
                results.append(end)
            else:
                results.extend(self._case_body(statement, index + 1, end, subject))
        return results

    def _any_pattern(self, patterns: tuple[Word, ...], subject: str, state: State) -> Outcome:
        results: Outcome = []
        live = [state]
        for word in patterns:
            step = []
            for before in live:
                for middle, pattern in self.expander.pattern(word, before):
                    for after, truth in self.conditions.matches(middle, subject, pattern):
                        if truth:
                            results.append((after, True))
                        else:
                            step.append(after)
            live = step
        if len(results) > 1:
            # Which of several patterns it was makes no difference to what follows.
            results = [(state.fork(), True)]
        return [*results, *((after, False) for after in live)]

    def call(self, command: Command, state: State) -> list[State]:
        """Every state after a simple command."""
        return self.calling.command(command, state)

    def call_function(
        self, function: Function, command: Command, fields: list[FieldText], state: State
    ) -> list[State]:
        """Every state after a call of a function of the script."""
        return self.calling.function(function, command, fields, state)


def _has_failed(state: State) -> bool:
    """Whether the last status is not 0 for certain."""
    status = state.resolve(state.status)
    symbol = only_symbol(status)
    if symbol is not None:
        return not state.constraint(symbol).allows("0")
    return known_int(status) not in (None, 0)


def _only_acts(statement: Statement) -> bool:
    """Whether a statement is a command, and does not note anything in a variable."""
    return isinstance(statement, Command) and bool(statement.words)


def _reads_status(statement: Statement) -> bool:
    return any(isinstance(node, Variable) and node.name == "?" for node in walk(statement))
