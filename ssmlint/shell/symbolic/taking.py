"""`read`, `mapfile` and `getopts`: builtins that take a text apart into variables."""

from __future__ import annotations

import re

from ssmlint.shell.statements import Command
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.reading import fields_of_line, next_option
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import (
    Array,
    FieldText,
    SymbolKind,
    is_known,
    only_symbol,
    symbols_in,
)


class Taking:
    """Takes texts apart, for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine

    def read(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`read`: unknown text in each name."""
        after = unknown_status(self.machine, command, state)
        names = [field.text for field in fields[1:] if field.text.isidentifier()] or ["REPLY"]
        text = self._here_string(command, state)
        array = any(re.fullmatch(r"-\w*a", field.text) for field in fields[1:])
        if text is None or not self._is_followed(text):
            for name in names:
                unknown = self._field_of(text, name, command, after)
                after.assign(name, Array(None, unknown) if array else unknown)
            return [after]
        after.status = "0"
        line = text.partition("\n")[0]
        separators = self.running.streams.separators(command, after)
        if array:
            words = fields_of_line(line, [""] * (len(line) + 1), separators)
            after.assign(names[-1], Array(tuple(word for word in words if word)))
            return [after]
        for name, field in zip(names, fields_of_line(line, names, separators), strict=False):
            after.assign(name, field)
        return [after]

    def _is_followed(self, text: str) -> bool:
        """Whether a text is known, or what is not known in it is a single word each."""
        single = (SymbolKind.ITEM, SymbolKind.PARAMETER)
        return all(self.machine.symbols[s].kind in single for s in symbols_in(text))

    def _here_string(self, command: Command, state: State) -> str | None:
        for redirect in command.redirects:
            if redirect.operator == "<<<" and redirect.target is not None:
                return self.running.expander.text(redirect.target, state)[0][1]
        return None

    def _field_of(self, text: str | None, name: str, command: Command, state: State) -> str:
        """A symbol for one field of a line: an item of the output that the line is."""
        line = only_symbol(text or "")
        info = self.machine.symbols[line] if line else None
        if line is None or info is None or info.kind is not SymbolKind.OUTPUT:
            return self.machine.symbol(state, SymbolKind.ITEM, command.span, tag=name)
        return self.machine.symbol(
            state,
            SymbolKind.ITEM,
            command.span,
            text=info.text,
            effects=info.effects,
            of=line,
            tag=name,
        )

    def mapfile(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`mapfile -t name < <(command)`."""
        after = succeeded(state)
        name = next((f.text for f in reversed(fields[1:]) if f.text.isidentifier()), "MAPFILE")
        results = []
        for redirect in command.redirects:
            if redirect.target is None or redirect.operator not in ("<", "<<<"):
                continue
            for end, text in self.running.expander.text(redirect.target, after):
                end = succeeded(end)
                if redirect.operator == "<" and end.lacks_file(text):
                    self.machine.miss(end, text, redirect.span)
                    results.append(end)
                    continue
                end.assign(name, self._lines(text, command, end, redirect.operator))
                results.append(end)
        if results:
            return results
        unknown = self.machine.symbol(after, SymbolKind.OUTPUT, command.span, tag=name)
        after.assign(name, Array(None, unknown))
        return [after]

    def _lines(self, text: str, command: Command, state: State, operator: str) -> Array:
        symbol = only_symbol(text)
        if symbol is not None:
            return Array(None, symbol)
        if is_known(text) and operator == "<<<":
            return Array(tuple(text.splitlines()))
        if not text:
            return Array(())
        source = self.machine.source(command.span)
        made = self.machine.symbol(state, SymbolKind.OUTPUT, command.span, text=source, tag="lines")
        return Array(None, made)

    def getopts(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`getopts`: the option letters of known arguments, else unknown ones."""
        after = unknown_status(self.machine, command, state)
        arguments = [field.text for field in fields[3:]] or list(state.arguments)
        if len(fields) >= 3 and arguments and is_known(fields[1].text):
            return [self._next_option(fields, arguments, after)]
        for name in [field.text for field in fields[2:3]] + ["OPTARG"]:
            after.assign(name, self.machine.symbol(after, SymbolKind.OTHER, command.span, tag=name))
        return [after]

    def _next_option(self, fields: list[FieldText], arguments: list[str], state: State) -> State:
        before = state.variables.get("\0getopts")
        word, letter = before.split() if isinstance(before, str) else ("0", "1")
        found = next_option(fields[1].text, arguments, (int(word), int(letter)))
        state.status = "0" if found else "1"
        name, argument, position = found or ("?", "", (int(word), 1))
        state.assign(fields[2].text, name)
        state.assign("OPTARG", argument)
        state.assign("OPTIND", str(position[0] + 1))
        state.assign("\0getopts", f"{position[0]} {position[1]}")
        return state


def unknown_status(machine: Machine, command: Command, state: State) -> State:
    """A copy with a status that is not known."""
    after = state.fork()
    after.status = machine.symbol(after, SymbolKind.STATUS, command.span)
    return after


def succeeded(state: State) -> State:
    """A copy with status 0."""
    after = state.fork()
    after.status = "0"
    return after
