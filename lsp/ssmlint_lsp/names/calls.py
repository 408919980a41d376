"""Where a shell script speaks of its functions: definitions, calls, names as arguments."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Declaration, Function, Variable, Word
from ssmlint.shell.units import Relation, Unit
from ssmlint_lsp.names.mentions import Mention, names_functions
from ssmlint_lsp.names.types import Role

#: Shells that know the functions of the script; a child knows those that are exported.
_RELATIONS = (Relation.SCRIPT, Relation.SAME, Relation.INHERITED)
#: Builtins that are given names of functions.
_ASKING = frozenset({"command", "type", "hash", "which", "builtin"})


def function_mentions(shell: ShellScript) -> Iterator[Mention]:
    """Every place that names a function of the script."""
    names = frozenset(shell.functions)
    for unit in shell.units if names else ():
        if unit.relation not in _RELATIONS:
            continue
        for function in unit.index.of(Function):
            yield Mention(function.name, function.name_span, Role.DECLARATION, unit, function)
        for command in unit.index.of(Command):
            for word in _naming_words(shell, command):
                if word.literal in names:
                    yield Mention(word.literal or "", word.span, Role.READ, unit, command)
        yield from _declared(unit, names)


def _declared(unit: Unit, names: frozenset[str]) -> Iterator[Mention]:
    """`export -f name` and the like."""
    for declaration in unit.index.of(Declaration):
        if names_functions(declaration):
            for assignment in declaration.assignments:
                if assignment.name in names:
                    span = assignment.name_span
                    yield Mention(assignment.name, span, Role.READ, unit, assignment)


def _naming_words(shell: ShellScript, command: Command) -> tuple[Word, ...]:
    """The words of a command that may name a function."""
    name = command.name
    if name in shell.functions or name in _ASKING or runs_unknown(command):
        return command.words
    if name == "trap":
        return ()  # what it is given is a text of its own
    return command.words[:1]


def runs_unknown(command: Command) -> bool:
    """Whether the name of what is run stands in a variable."""
    first = command.words[0] if command.words else None
    return first is not None and any(isinstance(part, Variable) for part in first.parts)
