"""A look at the commands of a block without running it: which effects are in there.

Used where a run is not needed (does this loop release anything?) or not possible (what
will the background job do later?).
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.shell.commands import UNKNOWN, Field, Invocation, invocation
from ssmlint.shell.effects import Effect
from ssmlint.shell.statements import (
    Block,
    Command,
    Function,
    Literal,
    Statement,
    Word,
    children,
    walk,
)
from ssmlint.shell.statements import Variable as VariablePart
from ssmlint.shell.symbolic.hosts import seconds_of
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import FieldText, is_known

_DETACHING = frozenset({"setsid", "systemd-run", "at", "batch"})
_MAX_DEPTH = 12


class StaticEffects:
    """Looks into blocks for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def effects(self, block: Block, state: State) -> tuple[Effect, ...]:
        """The effects of every command of a block, of functions it calls too, in order."""
        key = ("effects", tuple(id(statement) for statement in block), len(state.functions))
        if key not in self.machine.memo:
            made = [
                effect
                for command in self._commands(block, state, frozenset())
                for effect in self.machine.effects.effects(self._invocation(command, state))
            ]
            # The block is kept with the answer, so that its identity can not be reused.
            self.machine.memo[key] = (tuple(made), block)
        found: tuple[Effect, ...] = self.machine.memo[key][0]
        return found

    def sleeps(self, block: Block, state: State) -> float | None:
        """Seconds of the first `sleep` with a known length."""
        for command in self._commands(block, state, frozenset()):
            made = self._invocation(command, state)
            if made.name == "sleep":
                fields = [FieldText(a.text, a.span) for a in made.arguments]
                return seconds_of(fields)
        return None

    def detaches(self, statement: Statement) -> bool:
        """Whether a background command leaves the script's process group or cgroup."""
        for node in walk(statement):
            if isinstance(node, Command):
                words = [word.literal for word in node.words]
                if _DETACHING & {word.rpartition("/")[2] for word in words if word}:
                    return True
        return False

    def _commands(self, block: Block, state: State, seen: frozenset[str]) -> Iterator[Command]:
        if len(seen) > _MAX_DEPTH:
            return
        for statement in block:
            for node in _walk_outside_functions(statement):
                if not isinstance(node, Command) or not node.words:
                    continue
                yield node
                yield from self._called(node, state, seen)

    def _called(self, command: Command, state: State, seen: frozenset[str]) -> Iterator[Command]:
        name = command.name
        if name in state.functions and name not in seen:
            yield from self._commands(state.functions[name].body, state, seen | {name})
            return
        made = self._invocation(command, state)
        if made.script is not None and UNKNOWN not in made.script.text:
            text = made.script.text
            block = self.machine.parse(text)
            mark = f"{text}\n"
            if block is not None and mark not in seen:
                yield from self._commands(block, state, seen | {mark})

    def _invocation(self, command: Command, state: State) -> Invocation:
        fields = [field for word in command.words for field in _fields(word, state)]
        stdin = None
        for redirect in command.redirects:
            if redirect.operator in ("<<", "<<-", "<<<") and redirect.target is not None:
                stdin = Field(_text(redirect.target, state), redirect.target.span, True)
        return invocation(fields, stdin)


def _fields(word: Word, state: State) -> list[Field]:
    text, quoted = _text(word, state), _quoted(word)
    plain = quoted or all(isinstance(part, Literal) for part in word.parts)
    return [Field(piece, word.span, quoted) for piece in ([text] if plain else text.split())]


def _walk_outside_functions(statement: Statement) -> Iterator[object]:
    stack: list[object] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, Function):
            continue
        yield node
        below = list(children(node))
        stack.extend(reversed(below))


def _text(word: Word, state: State) -> str:
    out = []
    for part in word.parts:
        if isinstance(part, Literal):
            out.append(part.text)
        elif isinstance(part, VariablePart) and not part.operator and not part.length:
            value = state.variables.get(part.name)
            known = isinstance(value, str) and is_known(value)
            out.append(str(value) if known else UNKNOWN)
        else:
            out.append(UNKNOWN)
    return "".join(out)


def _quoted(word: Word) -> bool:
    return any(part.quoted for part in word.parts if hasattr(part, "quoted"))
