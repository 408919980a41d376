"""Positional parameters at the top of a script, which the agent never gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    Branch,
    Case,
    Command,
    For,
    Function,
    Redirect,
    Variable,
    While,
    walk,
)
from ssmlint.shell.variables import PROVIDED_FOR, is_tested

_ALL = ("@", "*")


@dataclass(frozen=True, slots=True, eq=False)
class Positional:
    """A read of a parameter that has no value."""

    variable: Variable
    in_here_document: bool
    """Whether it stands in the body of a here-document that is expanded."""
    callee: Function | None = None
    """For `"$@"`: the function that goes on to read what it did not get."""
    read: Variable | None = None
    """The place where `callee` does."""


def unset_positionals(script: ShellScript) -> Iterator[Positional]:
    """The reads at the top of the script that nothing provides for, in order."""
    index = script.index
    if _sets_them(script) or script.syntax.errors:
        return
    for variable in index.of(Variable):
        if index.function_of(variable) is not None or _is_provided_for(index, variable):
            continue
        if _is_number(variable.name):
            yield Positional(variable, _in_here_document(index, variable))
        elif variable.name in _ALL:
            yield from _handed_on(script, variable)


def _is_number(name: str) -> bool:
    return name.isdecimal() and name != "0"


def _sets_them(script: ShellScript) -> bool:
    """Whether `set -- ...` gives the script parameters, or something unknown may."""
    for use in script.uses:
        command, unit = use.command, use.unit
        if unit.shell_unit is not script.main or unit.index.function_of(command) is not None:
            continue
        words = [word.literal for word in command.words]
        if words[0] == "set" and _has_operands(words[1:]):
            return True
        if words[0] in (".", "source", "eval") and None in words:
            return True
    return False


def _has_operands(words: Sequence[str | None]) -> bool:
    """Whether a `set` has more than options (`-o` takes a name)."""
    named = False
    for word in words:
        if word is None or word == "--" or (word[:1] not in ("-", "+") and not named):
            return True
        named = not named and word.endswith("o")
    return False


def _is_provided_for(index: Index, variable: Variable) -> bool:
    """Whether an empty parameter is allowed for: `${1:-x}`, `[ -n "$1" ]`, `[ $# -gt 0 ]`."""
    if variable.operator in PROVIDED_FOR or variable.length or is_tested(index, variable):
        return True
    return any(_guards(above, variable.name) for above in index.ancestors(variable))


def _guards(above: Any, name: str) -> bool:
    """Whether what is around a read has looked at how many parameters there are."""
    match above:
        case Branch(condition=condition) | While(condition=condition):
            return any(_counts(statement, name) for statement in condition)
        case AndOr(left=left):
            return _counts(left, name)
        case Case(subject=subject):
            return _counts(subject, name)
    return False


def _counts(node: Any, name: str) -> bool:
    """Whether `$#` is read in a node, or the parameter with a default."""
    for part in walk(node):
        if isinstance(part, Variable):
            if part.name == "#" or (part.name in _ALL and part.length):
                return True
            if part.name == name and part.operator in PROVIDED_FOR:
                return True
    return False


def _in_here_document(index: Index, variable: Variable) -> bool:
    return any(
        isinstance(above, Redirect) and above.operator in ("<<", "<<-")
        for above in index.ancestors(variable)
    )


def _handed_on(script: ShellScript, variable: Variable) -> Iterator[Positional]:
    """`main "$@"`, where `main` reads `$1`; `for item in "$@"`, which does nothing."""
    word = script.index.parent(variable)
    user = script.index.parent(word)
    if isinstance(user, For) and user.words == (word,):
        yield Positional(variable, False)
    if not isinstance(user, Command) or len(user.words) != 2 or user.words[1] is not word:
        return
    callee = script.functions.get(user.name or "")
    if callee is None:
        return
    read = _first_read(script, callee)
    if read is not None:
        yield Positional(variable, False, callee, read)


def _first_read(script: ShellScript, function: Function) -> Variable | None:
    """The first read of a parameter in a function that expects to get some."""
    index = script.index
    inside = [v for v in index.of(Variable) if index.function_of(v) is function]
    if any(v.name == "#" for v in inside) or _shifts(index, function):
        return None
    numbered = [v for v in inside if _is_number(v.name)]
    if any(_is_provided_for(index, v) for v in numbered):
        return None
    return numbered[0] if numbered else None


def _shifts(index: Index, function: Function) -> bool:
    names = ("shift", "set", "getopts")
    return any(
        command.name in names and index.function_of(command) is function
        for command in index.of(Command)
    )
