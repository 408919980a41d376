"""Messages: commands that only print, and change nothing that a later command could see.

Most statements of a document report what it is doing. Running them for every path would cost
more than all that matters, so that they are told apart once, by their words.
"""

from __future__ import annotations

from ssmlint.records import dataclass
from ssmlint.shell.statements import (
    Arithmetic,
    Block,
    Command,
    Function,
    Literal,
    Pipeline,
    Placeholder,
    Redirect,
    Statement,
    Substitution,
    Variable,
    Word,
    walk,
)
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.state import State

#: Programs that only print; what they are asked changes nothing.
_ASKING = frozenset({"basename", "date", "dirname", "hostname", "id", "uname", "whoami"})

_PRINTING = frozenset({"echo", "printf"})

#: A script that makes functions of these is not read here.
_UNTOUCHED = _ASKING | _PRINTING

#: Programs that say something and touch nothing that a run follows.
SAYS = _UNTOUCHED | {"logger", "systemd-cat"}

#: Operators of `${...}` that neither assign nor end the shell.
_ONLY_READ = frozenset(
    {"", "-", ":-", "+", ":+", "#", "##", "%", "%%", "/", "//", "^^", ",,", "^", ","}
)


#: Those that have a text for a variable that is unset.
_PROVIDING = frozenset({"-", ":-", "+", ":+"})


@dataclass(frozen=True, slots=True)
class _Message:
    """What has to be set for a message to be printed under `set -u`."""

    statement: object
    """Kept, so that its identity can not be reused."""
    reads: frozenset[str]


class Messages:
    """Tells messages from other commands, for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def is_one(self, command: Command, state: State) -> bool:
        """Whether the command is a message whose text goes nowhere that is looked at.

        Also a call of a function of the script that is nothing but messages.
        """
        name = command.words[0].literal if command.words else None
        if name is None or state.output is not None or not _UNTOUCHED.isdisjoint(state.functions):
            return False
        function = state.functions.get(name)
        if function is None and name not in _PRINTING:
            return False
        message = self._message(command, name in _PRINTING)
        if message is None or not self._can_expand(message, state, state.arguments):
            return False
        return function is None or self._prints(function, command, state)

    def _prints(self, function: Function, call: Command, state: State) -> bool:
        for statement in function.body:
            if not isinstance(statement, Command) or not statement.words:
                return False
            name = statement.words[0].literal
            if name not in _PRINTING or function.redirects:
                return False
            message = self._message(statement, True)
            # Only as many arguments as are certain: a quoted word is exactly one.
            given = tuple("" for word in call.words[1:] if _is_one_field(word))
            if message is None or not self._can_expand(message, state, given):
                return False
        return True

    def _can_expand(self, message: _Message, state: State, arguments: tuple[str, ...]) -> bool:
        if "nounset" not in state.options:
            return True
        return all(
            int(name) <= len(arguments) if name.isdecimal() else name in state.variables
            for name in message.reads
        )

    def _message(self, command: Command, prints: bool) -> _Message | None:
        key = ("message", id(command))
        return self.machine.remembered(key, command, lambda: _read(command, prints))


def _read(command: Command, prints: bool) -> _Message | None:
    if command.assignments or not all(_leads_nowhere(r) for r in command.redirects):
        return None
    if prints and any(word.literal == "-v" for word in command.words[1:2]):
        return None
    reads: set[str] = set()
    for word in command.words[1:]:
        for part in word.parts:
            for node in walk(part):
                if not _is_plain(node):
                    return None
                if isinstance(node, Variable) and node.operator not in _PROVIDING:
                    reads.add(node.name)
    return _Message(command, frozenset(reads - set("?@*#$!-_")))


def _leads_nowhere(redirect: Redirect) -> bool:
    """`>&2`, `2>&1`, `>/dev/null`."""
    target = redirect.target.literal if redirect.target is not None else None
    return redirect.operator in (">", ">&", ">>", "&>") and (
        target == "/dev/null" or bool(target and target.isdecimal())
    )


def _is_plain(node: object) -> bool:
    """Whether the expansion of a part of a word changes nothing."""
    match node:
        case Literal() | Placeholder() | Word():
            return True
        case Variable():
            return node.operator in _ONLY_READ and not node.indirect
        case Arithmetic():
            return not node.assigns
        case Substitution():
            return all(_asks(statement) for statement in node.body)
        case Command():
            return _asks(node)
    return False


def _asks(statement: Statement) -> bool:
    if isinstance(statement, Pipeline):
        return False
    return (
        isinstance(statement, Command)
        and bool(statement.words)
        and statement.words[0].literal in _ASKING
        and not statement.assignments
        and all(_leads_nowhere(redirect) for redirect in statement.redirects)
    )


def asks_the_time(body: Block) -> bool:
    """Whether a block is `date` with words that are the same in every run, and nothing else."""
    command = body[0] if len(body) == 1 else None
    return (
        isinstance(command, Command)
        and command.name == "date"
        and not command.assignments
        and not command.redirects
        and all(word.literal is not None and word.literal != "-s" for word in command.words)
    )


def _is_one_field(word: Word) -> bool:
    return bool(word.parts) and all(
        isinstance(part, Literal) or getattr(part, "quoted", False)
        for part in word.parts
        if not isinstance(part, Arithmetic)
    )
