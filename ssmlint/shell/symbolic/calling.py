"""Simple commands: what is called, with which fields, and where its output goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssmlint.shell.commands import Invocation, invocation
from ssmlint.shell.effects import Effect
from ssmlint.shell.statements import (
    ArrayValue,
    Command,
    Function,
    Redirect,
    Variable,
    Word,
)
from ssmlint.shell.symbolic.builtins import BUILTINS
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.idle import Messages
from ssmlint.shell.symbolic.programs import as_field
from ssmlint.shell.symbolic.redirects import OUTPUT_REDIRECTS, feeds, leaves_stdout, written_by
from ssmlint.shell.symbolic.state import Contents, Flow, State
from ssmlint.shell.symbolic.values import (
    FieldText,
    Place,
    only_symbol,
)
from ssmlint.source import Span

if TYPE_CHECKING:
    from ssmlint.shell.symbolic.interpreter import Interpreter

MAX_CALL_DEPTH = 24
#: Files that `>>` makes, if nothing is printed.
_HOLLOW = (Contents.ABSENT, Contents.HOLLOW)
#: Characters of a file that are remembered: no script of interest is longer.
MAX_WRITTEN = 10_000


class Calling:
    """Simple commands: what is called, with which fields, and where its output goes, for one interpreter."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.machine = interpreter.machine
        self.messages = Messages(interpreter.machine)

    def command(self, command: Command, state: State) -> list[State]:
        """A simple command: assignments, function, builtin or program."""
        if not command.words:
            return self.interpreter.assigning.assignments(command, state)
        if self.messages.is_one(command, state):
            after = state.fork()
            after.status = "0"
            after.drop("PIPESTATUS")
            return [after]
        results = []
        for after, fields in self.interpreter.expander.fields(command.words, state):
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
            state = self.interpreter.expander.text(assignment.value, state)[0][0]
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
            handled = self.interpreter.builtins.run(name, command, fields, state)
            if handled is not None:
                return self._after_redirects(command, handled)
        return self._after_redirects(
            command, self.interpreter.programs.program(command, fields, state)
        )

    def _after_redirects(self, command: Command, states: list[State]) -> list[State]:
        for state in states:
            for redirect in command.redirects:
                self.redirect(redirect, state, written_by(command))
            self._note_script(command, state)
        return states

    def _note_script(self, command: Command, state: State) -> None:
        """`cat > path <<EOF`: the text of a script that may be run later."""
        if command.name not in ("cat", "tee"):
            return
        stdin = self.stdin(command.redirects, state)
        paths = [r.target for r in command.redirects if r.operator in (">", ">>") and r.target]
        paths += command.words[1:] if command.name == "tee" else ()
        for word in paths if stdin is not None else ():
            path = self.interpreter.expander.text(word, state)[0][1]
            if stdin is not None and path:
                state.texts = {**state.texts, path: stdin.text}

    def print_to(self, redirects: tuple[Redirect, ...], text: str, state: State) -> None:
        """Write to the standard output: a file with known text from then on, or further up."""
        if not leaves_stdout(redirects):
            state.emit(text)
            return
        for redirect in redirects:
            path = self._path(redirect, state)
            if path and redirect.descriptor in (None, 1):
                before = state.texts.get(path, "") if redirect.operator == ">>" else ""
                state.texts = {**state.texts, path: (before + text)[-MAX_WRITTEN:]}
                place = self.machine.place(
                    redirect.target.span if redirect.target else redirect.span
                )
                state.record(Event(Happening.WRITE, place, text=path))

    def _path(self, redirect: Redirect, state: State) -> str:
        """The file that a redirection of the output writes to; empty for none."""
        if redirect.target is None or redirect.operator not in OUTPUT_REDIRECTS:
            return ""
        _, path = self.interpreter.expander.text(redirect.target, state)[0]
        return "" if path.startswith(("/dev/", "&")) or path.isdigit() else path

    def redirect(self, redirect: Redirect, state: State, contents: Contents) -> None:
        """What a redirection of the output makes of a file."""
        path = self._path(redirect, state)
        if not path:
            return
        if redirect.operator in (">>", "&>>") and contents is not Contents.FILLED:
            before = state.files.get(path, Contents.PRESENT)
            if contents is Contents.EMPTY or before is Contents.FILLED:
                contents = Contents.EMPTY if before in _HOLLOW else before
        state.note_file(path, contents)

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
        with self.machine.standing_at(self.interpreter.foreign.get(function.name)):
            ends = self.interpreter.redirected(redirects, inner, function.body)
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

    def meaning(
        self, fields: list[FieldText], stdin: FieldText | None
    ) -> tuple[Invocation, tuple[Effect, ...]]:
        """What a command runs and what that means; the same on every path."""
        where = (fields[0].span.start, fields[-1].span.end, self.machine.script)
        texts = tuple(field.text for field in fields)
        key = ("meaning", where, texts, None if stdin is None else stdin.text)
        meaning: tuple[Invocation, tuple[Effect, ...]] | None = self.machine.memo.get(key)
        if meaning is None:
            plain = [as_field(field) for field in fields]
            made = invocation(plain, as_field(stdin) if stdin is not None else None)
            meaning = self.machine.memo[key] = (made, self.machine.effects.effects(made))
        return meaning

    def stdin(self, redirects: tuple[Redirect, ...], state: State) -> FieldText | None:
        """What a command reads: a here-document, a here-string, or what is piped into it."""
        for redirect in redirects:
            if redirect.target is not None and redirect.operator in ("<<", "<<-", "<<<"):
                _, text = self.interpreter.expander.text(redirect.target, state)[0]
                return FieldText(text, redirect.target.span, True)
            if redirect.target is not None and feeds(redirect):
                text = self.interpreter.expander.text(redirect.target, state)[0][1]
                return FieldText(text, Span(0, 0), True)
        piped = state.variables.get("\0stdin")
        if isinstance(piped, str) and piped and only_symbol(piped.strip()) is None:
            return FieldText(piped, Span(0, 0), True)
        return None

    def at_call(
        self,
        made: Invocation,
        effects: tuple[Effect, ...],
        command: Command,
        fields: list[FieldText],
        state: State,
    ) -> tuple[Invocation, tuple[Effect, ...]]:
        """What a function was given to run (`psql -c "$2"`, `"$@"`) stands where it was called."""
        if not state.frames or not effects:
            return made, effects
        given = [word.span for word in command.words if _is_given(word)]
        names = [field.span for field in fields if field.text.rpartition("/")[2] == made.name]
        if any(span.covers(name) for span in given for name in names):
            given.append(command.span)
        fed = (redirect.target for redirect in command.redirects)
        given.extend(word.span for word in fed if word is not None and _is_given(word))
        if not any(s.covers(e.span) for e in effects for s in given):
            return made, effects
        call = state.frames[-1].place.span
        moved = (
            replace(effect, span=call) if any(s.covers(effect.span) for s in given) else effect
            for effect in effects
        )
        return replace(made, span=call), tuple(moved)

    def standing_place(self, command: Command, state: State) -> Place:
        """Where a text stands that a command hands to a child: at the call that has given it.

        `sql() { su - oracle -c "sqlplus / as sysdba" <<< "$1"; }` does what its caller says.
        """
        texts = [*command.words, *(r.target for r in command.redirects if r.target is not None)]
        if state.frames and self.machine.override is None and any(map(_is_given, texts)):
            return state.frames[-1].place
        return self.machine.place(command.span)


def _is_given(word: Word) -> bool:
    """Whether arguments of the function are in a word."""
    return any(
        isinstance(part, Variable) and (part.name in ("@", "*") or part.name.isdigit())
        for part in word.parts
    )
