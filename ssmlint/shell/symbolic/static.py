"""A look at the commands of a block without running it: which effects are in there.

Used where a run is not needed (does this loop release anything?) or not possible (what
will the background job do later?).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ssmlint.shell.commands import UNKNOWN, Field, Invocation, invocation
from ssmlint.shell.effects import Effect
from ssmlint.shell.statements import (
    Block,
    Command,
    Function,
    Literal,
    ProcessSubstitution,
    Redirect,
    Statement,
    Word,
    children,
    walk,
)
from ssmlint.shell.statements import Variable as VariablePart
from ssmlint.shell.symbolic.delays import hold_of, seconds_of
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.redirects import KEPT_OPEN, feeds, sleeps
from ssmlint.shell.symbolic.settled import Settled
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import FieldText, is_known, without_symbols

_DETACHING = frozenset({"setsid", "systemd-run", "at", "batch"})
_MAX_DEPTH = 12


class StaticEffects:
    """Looks into blocks for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def effects(self, block: Block, state: State) -> tuple[Effect, ...]:
        """The effects of every command of a block, of functions it calls too, in order."""
        arguments = tuple(without_symbols(text, UNKNOWN) for text in state.arguments)
        statements = tuple(id(statement) for statement in block)
        key = ("effects", statements, len(state.functions), arguments)

        def find() -> tuple[Effect, ...]:
            return tuple(
                effect
                for found in self._invocations(block, state, arguments, frozenset())
                for effect in self.machine.effects.effects(found)
            )

        return self.machine.remembered(key, block, find)

    def invocations(self, block: Block, state: State) -> tuple[Invocation, ...]:
        """Every command of a block, and of the functions that it calls."""

        def find() -> tuple[Invocation, ...]:
            return tuple(self._invocations(block, state, (), frozenset()))

        return self.machine.remembered(("calls", *_known_to(block, state)), block, find)

    def sleeps(self, block: Block, state: State) -> float | None:
        """Seconds of the first `sleep`, None where they are not known."""
        fields = self._first_sleep(block, state)
        return None if fields is None else seconds_of(fields)

    def keeps_open(self, block: Block, state: State) -> float | None:
        """The same of what prints into a pipe; infinity where it never ends."""
        fields = self._first_sleep(block, state)
        return None if fields is None else hold_of(fields)

    def waiting(
        self, made: Invocation, redirects: tuple[Redirect, ...], state: State
    ) -> Invocation:
        """A client as it is where something keeps its standard input open: it waits."""
        for redirect in redirects:
            part = redirect.target.parts[0] if redirect.target and feeds(redirect) else None
            if isinstance(part, ProcessSubstitution) and sleeps(redirect):
                seconds = self.keeps_open(part.body, state)
                return replace(made, interactive_hold=True, hold_seconds=seconds)
        piped = state.variables.get(KEPT_OPEN)
        if isinstance(piped, str):
            seconds = float(piped) if piped else None
            return replace(made, interactive_hold=True, hold_seconds=seconds)
        return made

    def _first_sleep(self, block: Block, state: State) -> list[FieldText] | None:
        def find() -> list[FieldText] | None:
            calls = self._invocations(block, state, (), frozenset())
            made = next((made for made in calls if made.name == "sleep"), None)
            return [FieldText(a.text, a.span) for a in made.arguments] if made else None

        return self.machine.remembered(("sleep", *_known_to(block, state)), block, find)

    def _invocations(
        self, block: Block, state: State, arguments: tuple[str, ...], seen: frozenset[str]
    ) -> Iterator[Invocation]:
        """Every command of a block, where `$1` and `$@` are these arguments."""
        if len(seen) > _MAX_DEPTH:
            return
        for statement in block:
            for node in _walk_outside_functions(statement):
                if isinstance(node, Command) and node.words:
                    fields = [f for word in node.words for f in _fields(word, state, arguments)]
                    made = invocation(fields, _stdin(node, state, arguments))
                    yield made
                    yield from self._called(node, made, fields, state, seen)

    def _called(
        self,
        command: Command,
        made: Invocation,
        fields: list[Field],
        state: State,
        seen: frozenset[str],
    ) -> Iterator[Invocation]:
        name = command.name or ""
        if name in state.functions and name not in seen:
            given = tuple(field.text for field in fields[1:])
            body = state.functions[name].body
            yield from self._invocations(body, state, given, seen | {name})
            return
        scripts = [state.texts[field.text] for field in fields if field.text in state.texts]
        # An unknown value inside a script is taken to be a word of it, as the run takes it.
        if made.script is not None and made.script.text.strip(f"{UNKNOWN} '\""):
            scripts.append(made.script.text)
        for text in scripts:
            block = self.machine.parse(text)
            mark = f"{text}\n"
            if block is not None and mark not in seen:
                yield from self._invocations(block, defining(block, state), (), seen | {mark})


def _known_to(block: Block, state: State) -> tuple[object, ...]:
    """What the commands of a block depend on; the statements by their identity."""
    statements = tuple(id(statement) for statement in block)
    texts = frozenset(state.texts.items())
    return (statements, state.functions.names, state.variables.digest, texts)


def defining(block: Block, state: State) -> State:
    """A state that knows the functions which a script of its own defines."""
    made = {node.name: node for node in block if isinstance(node, Function)}
    if not made:
        return state
    inner = state.fork()
    inner.functions = Settled({**state.functions, **made})
    return inner


def detaches(statement: Statement) -> bool:
    """Whether a background command leaves the script's process group or cgroup."""
    for node in walk(statement):
        if isinstance(node, Command):
            words = [word.literal for word in node.words]
            if _DETACHING & {word.rpartition("/")[2] for word in words if word}:
                return True
    return False


def _stdin(command: Command, state: State, arguments: tuple[str, ...]) -> Field | None:
    found = None
    for redirect in command.redirects:
        if redirect.operator in ("<<", "<<-", "<<<") and redirect.target is not None:
            text = _text(redirect.target, state, arguments)
            found = Field(text, redirect.target.span, True)
    return found


def _fields(word: Word, state: State, arguments: tuple[str, ...]) -> list[Field]:
    match word.parts:
        case (VariablePart(name="@" | "*", operator="", length=False),):
            return [Field(text, word.span, True) for text in arguments]
    text, quoted = _text(word, state, arguments), _quoted(word)
    plain = quoted or all(isinstance(part, Literal) for part in word.parts)
    return [Field(piece, word.span, quoted) for piece in ([text] if plain else text.split())]


def _walk_outside_functions(statement: Statement) -> Iterator[object]:
    stack: list[object] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, Function):
            continue
        yield node
        below = children(node)
        stack.extend(reversed(below))


def _text(word: Word, state: State, arguments: tuple[str, ...]) -> str:
    out = []
    for part in word.parts:
        if isinstance(part, Literal):
            out.append(part.text)
        elif isinstance(part, VariablePart) and not part.operator and not part.length:
            out.append(_value(part.name, state, arguments))
        else:
            out.append(UNKNOWN)
    return "".join(out)


def _value(name: str, state: State, arguments: tuple[str, ...]) -> str:
    if name.isdigit() and name != "0":
        index = int(name) - 1
        return arguments[index] if index < len(arguments) else UNKNOWN
    value = state.variables.get(name)
    return value if isinstance(value, str) and is_known(value) else UNKNOWN


def _quoted(word: Word) -> bool:
    return any(part.quoted for part in word.parts if hasattr(part, "quoted"))
