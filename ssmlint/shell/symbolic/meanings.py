"""What commands run, and what that means: the same on every path that has the same fields."""

from __future__ import annotations

from dataclasses import replace

from ssmlint.shell.commands import UNKNOWN, Field, Invocation, invocation
from ssmlint.shell.effects import Effect
from ssmlint.shell.statements import Command, Variable, Word
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import FieldText, Place, without_symbols


class Meanings:
    """Looks commands up, for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

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


def with_symbols(script: Field, fields: list[FieldText]) -> str:
    """The text of an inner script with its symbols, which stand for themselves there."""
    for field in fields:
        if field.span == script.span and as_field(field).text == script.text:
            return field.text
    return script.text


def as_field(field: FieldText) -> Field:
    """A field as the tables of commands know it: what is unknown is `UNKNOWN`."""
    return Field(without_symbols(field.text, UNKNOWN), field.span, field.quoted)
