"""The variables that are set by other names: `local -n result=$1`.

A function with such a line sets the variable that its caller names in that argument, or that
the caller's caller does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.index import Index
from ssmlint.shell.statements import Command, Declaration, Variable, Word

#: A function, and the number of the argument that names a variable.
_Taken = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Targets:
    """What the other names of one text may stand for."""

    named: tuple[tuple[Any, Word], ...]
    """The words that name a variable, each with the statement that it stands in."""
    unknown: bool
    """Whether it may also be a variable whose name can not be told."""


def is_nameref(declaration: Declaration) -> bool:
    """Whether it makes other names for variables: `local -n`, `declare -n`."""
    named = any(o[0] == "-" and "n" in o for o in declaration.options)
    return named and declaration.keyword in ("local", "declare", "typeset")


def targets_of(index: Index) -> Targets:
    """The variables that may be set by another name in a text."""
    named: list[tuple[Any, Word]] = []
    taken: set[_Taken] = set()
    unknown = False
    for declaration in index.of(Declaration):
        for assignment in declaration.assignments if is_nameref(declaration) else ():
            word = assignment.value if isinstance(assignment.value, Word) else None
            function = index.function_of(declaration)
            at = _argument(word) if function is not None else None
            if function is not None and at is not None:
                taken.add((function.name, at))
            elif word is not None and word.literal is not None:
                named.append((declaration, word))
            else:
                unknown = True
    for command, word in _given(index, taken) if taken else ():
        if word.literal is not None:
            named.append((command, word))
        elif index.function_of(command) is None or _argument(word) is None:
            unknown = True
    return Targets(tuple(named), unknown)


def _argument(word: Word | None) -> int | None:
    """The number N where a word is `$N`."""
    match word:
        case Word(parts=(Variable(name=name, operator="", length=False, indirect=False),)):
            return int(name) if name.isdecimal() and name != "0" and len(name) < 3 else None
    return None


def _given(index: Index, taken: set[_Taken]) -> Iterator[tuple[Command, Word]]:
    """The words that are handed to functions where those want a name.

    A function that hands on a name which it was given wants one, too.
    """
    calls: dict[str, list[Command]] = {}
    for command in index.of(Command):
        calls.setdefault(command.name or "", []).append(command)
    todo, seen = list(taken), set(taken)
    while todo:
        name, at = todo.pop()
        for command in calls.get(name, ()):
            if at >= len(command.words):
                continue
            word = command.words[at]
            yield command, word
            function, handed = index.function_of(command), _argument(word)
            if function is not None and handed is not None:
                further = (function.name, handed)
                if further not in seen:
                    seen.add(further)
                    todo.append(further)
