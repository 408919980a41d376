"""Simple commands: what is called, with which fields."""

from __future__ import annotations

from ssmlint.shell.statements import (
    ArrayValue,
    Command,
    Function,
)
from ssmlint.shell.symbolic.assigning import Assigning
from ssmlint.shell.symbolic.builtins import BUILTINS, Builtins
from ssmlint.shell.symbolic.idle import Messages
from ssmlint.shell.symbolic.programs import Programs
from ssmlint.shell.symbolic.redirects import written_by
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import Flow, State
from ssmlint.shell.symbolic.values import (
    FieldText,
)

MAX_CALL_DEPTH = 24


class Calling:
    """Tells what a simple command calls, for one run."""

    def __init__(
        self, running: Running, assigning: Assigning, builtins: Builtins, programs: Programs
    ) -> None:
        self.running = running
        self.machine = running.machine
        self.assigning = assigning
        self.builtins = builtins
        self.programs = programs
        self.messages = Messages(running.machine)

    def command(self, command: Command, state: State) -> list[State]:
        """A simple command: assignments, function, builtin or program."""
        if not command.words:
            return self.assigning.assignments(command, state)
        if self.messages.is_one(command, state):
            after = state.fork()
            after.status = "0"
            after.drop("PIPESTATUS")
            return [after]
        results = []
        for after, fields in self.running.expander.fields(command.words, state):
            if after.flow is not Flow.NORMAL:
                results.append(after)
                continue
            results.extend(self._call(command, fields, self._prefix(command, after)))
        return self.machine.merge(results)

    def _prefix(self, command: Command, state: State) -> State:
        """`LC_ALL=C cmd` sets a variable for one command; what stays of it is nothing."""
        for assignment in command.assignments:
            if isinstance(assignment.value, ArrayValue) or assignment.value is None:
                continue
            state = self.running.expander.text(assignment.value, state)[0][0]
        return state

    def _call(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        if not fields:
            after = state.fork()
            return [after]
        if "PIPESTATUS" in state.variables:
            state = state.fork()
            state.drop("PIPESTATUS")
        name = state.resolve(fields[0].text)
        function = state.functions.get(name)
        if function is not None:
            return self.function(function, command, fields, state)
        if name in BUILTINS and command.words[0].literal != "":
            handled = self.builtins.run(name, command, fields, state)
            if handled is not None:
                return self._after_redirects(command, handled)
        return self._after_redirects(command, self.programs.program(command, fields, state))

    def _after_redirects(self, command: Command, states: list[State]) -> list[State]:
        for state in states:
            for redirect in command.redirects:
                self.running.streams.redirect(redirect, state, written_by(command))
            self._note_script(command, state)
        return states

    def _note_script(self, command: Command, state: State) -> None:
        """`cat > path <<EOF`: the text of a script that may be run later."""
        if command.name not in ("cat", "tee"):
            return
        stdin = self.running.streams.stdin(command.redirects, state)
        paths = [r.target for r in command.redirects if r.operator in (">", ">>") and r.target]
        paths += command.words[1:] if command.name == "tee" else ()
        for word in paths if stdin is not None else ():
            path = self.running.expander.text(word, state)[0][1]
            if stdin is not None and path:
                state.texts = {**state.texts, path: stdin.text}

    def function(
        self, function: Function, command: Command, fields: list[FieldText], state: State
    ) -> list[State]:
        """A function call: its body with its own arguments and locals."""
        if len(state.frames) >= MAX_CALL_DEPTH:
            self.machine.incomplete = "functions call each other without end"
            return []
        inner = state.fork()
        place = self.machine.place(command.span)
        inner.enter_function(function.name, place, tuple(field.text for field in fields[1:]))
        redirects = (*command.redirects, *function.redirects)
        results = []
        with self.machine.standing_at(self.running.foreign.get(function.name)):
            ends = self.running.redirected(redirects, inner, function.body)
            last = self.machine.place(function.body[-1].span if function.body else function.span)
        for end in ends:
            if end.flow in (Flow.BREAK, Flow.CONTINUE):
                end.flow, end.levels = Flow.NORMAL, 0
            if end.flow in (Flow.NORMAL, Flow.RETURN):
                end.flow = Flow.NORMAL
                end.status = end.resolve(end.status)
            end.leave_function(last)
            results.append(end)
        return self._after_redirects(command, self.machine.merge(results))
