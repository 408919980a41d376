"""What functions that run their arguments are given: `sql 'UNLOCK TABLES'`.

The client stands in the function, the statement where the function is called.  Both are put
together for every call, one level deep.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import replace

from ssmlint.shell.commands import Invocation, invocation
from ssmlint.shell.constants import Constants, command_fields, fields_of, text_of
from ssmlint.shell.effects import Effect, EffectTable
from ssmlint.shell.fields import Field
from ssmlint.shell.scripttext import ShellText
from ssmlint.shell.statements import Command, Function, Variable, Word
from ssmlint.shell.units import Use
from ssmlint.shell.variables import Way, Write

#: Pairs of a call and a command that are looked at; no script that people write has more.
_MOST_PAIRS = 2_000


def given_effects(script: ShellText, table: EffectTable) -> Iterator[tuple[Use, Effect]]:
    """The effects of commands in functions that they have with the arguments of a call."""
    inside = _inside(script)
    pairs = (
        (call, inner)
        for call in script.uses_in(script.main)
        for inner in inside.get(call.command.name or "", ())
    )

    @functools.cache
    def own(name: str) -> tuple[tuple[str, Word], ...]:
        return tuple(_locals(script, script.functions[name]))

    for call, inner in itertools.islice(pairs, _MOST_PAIRS):
        made = _with_arguments(script, own(call.command.name or ""), call, inner.command)
        found = table.effects(made)
        alone = {(e.row.name, e.kind) for e in table.effects(inner.invocation) if found}
        for effect in found:
            if (effect.row.name, effect.kind) not in alone:
                span = call.command.span
                yield Use(call.command, call.unit, made), replace(effect, span=span)


def _inside(script: ShellText) -> dict[str, list[Use]]:
    """The commands of each function in which its arguments, or variables of it, stand."""
    found: dict[str, list[Use]] = {}
    for use in script.uses_in(script.main):
        function = script.index.function_of(use.command)
        if function is not None and any(_is_open(word) for word in use.command.words[1:]):
            found.setdefault(function.name, []).append(use)
    return found


def _is_open(word: Word) -> bool:
    return any(isinstance(part, Variable) and not part.operator for part in word.parts)


def _with_arguments(
    script: ShellText, own: tuple[tuple[str, Word], ...], call: Use, command: Command
) -> Invocation:
    """What a command runs in a call of its function, whose `own` variables are set once."""
    arguments = command_fields(call.command, script.constants)[1:]
    known = dict(script.constants)
    known.update((str(at), field.text) for at, field in enumerate(arguments, 1))
    for name, value in own:
        known[name] = text_of(value, known)
    fields = [f for word in command.words for f in _expanded(word, arguments, known)]
    return replace(invocation(fields), span=call.command.span)


def _locals(script: ShellText, function: Function) -> Iterator[tuple[str, Word]]:
    """The variables that a function sets once, and nothing else does: `local query=$1`."""
    for name, writes in script.writes_by_name.items():
        if len(writes) == 1 and _is_plain(writes[0]) and writes[0].function is function:
            value = writes[0].value
            if isinstance(value, Word):
                yield name, value


def _is_plain(write: Write) -> bool:
    return write.way is Way.ASSIGNED and not write.append


def _expanded(word: Word, arguments: tuple[Field, ...], known: Constants) -> tuple[Field, ...]:
    match word.parts:
        case (Variable(name="@" | "*", operator="", length=False),):
            return arguments
    return fields_of(word, known)
