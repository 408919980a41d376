"""Positional parameters at the top of a script, which the agent never gives."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    Branch,
    Case,
    CaseItem,
    Command,
    For,
    Function,
    Redirect,
    TestBinary,
    Variable,
    While,
    Word,
    walk,
)
from ssmlint.shell.variables import PROVIDED_FOR, is_tested
from ssmlint.source import Span

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
    guards = _Guards(index)
    for variable in index.of(Variable):
        if variable.name not in _ALL and not _is_number(variable.name):
            continue
        if index.function_of(variable) is not None or guards.provide_for(variable):
            continue
        if _is_number(variable.name):
            yield Positional(variable, _in_here_document(index, variable))
        else:
            yield from _handed_on(script, variable, guards)


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


class _Guards:
    """The places that look at how many parameters there are, or provide for one."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._starts: dict[str, list[int]] = {}
        self.read_by: dict[str, Variable | None] = {}
        """The first read of each function that `"$@"` was handed to, as far as asked for."""
        for variable in index.of(Variable):
            counts = variable.name == "#" or (variable.name in _ALL and variable.length)
            options = _asks_for_options(index, variable)
            if counts or options or variable.operator in PROVIDED_FOR:
                name = "#" if counts or options else variable.name
                self._starts.setdefault(name, []).append(variable.span.start)
        for starts in self._starts.values():
            starts.sort()

    def provide_for(self, variable: Variable) -> bool:
        """Whether an empty parameter is allowed for: `${1:-x}`, `[ -n "$1" ]`, `[ $# -gt 0 ]`."""
        if variable.operator in PROVIDED_FOR or variable.length:
            return True
        if is_tested(self._index, variable):
            return True
        return any(
            self._stand_in(node.span, variable.name)
            for above in self._index.ancestors(variable)
            for node in _deciding(above)
        )

    def _stand_in(self, span: Span, name: str) -> bool:
        for starts in (self._starts.get("#", ()), self._starts.get(name, ())):
            at = bisect.bisect_left(starts, span.start)
            if at < len(starts) and starts[at] < span.end:
                return True
        return False


def _asks_for_options(index: Index, variable: Variable) -> bool:
    """Whether a parameter is compared with options: `case $1 in -v)`, `[ "$1" = --help ]`."""
    word = index.parent(variable)
    match index.parent(word) if isinstance(word, Word) else None:
        case TestBinary(left=left, right=right):
            texts = [left.literal, right.literal]
        case Case(items=items):
            texts = [pattern.literal for item in items for pattern in item.patterns]
        case _:
            return False
    return any(text is not None and text.startswith("-") for text in texts)


def _deciding(above: Any) -> tuple[Any, ...]:
    """The parts of a statement that decide whether the rest of it runs."""
    match above:
        case Branch(condition=condition) | While(condition=condition):
            return condition
        case AndOr(left=left):
            return (left,)
        case Case(subject=subject):
            return (subject,)
    return ()


def _in_here_document(index: Index, variable: Variable) -> bool:
    return any(
        isinstance(above, Redirect) and above.operator in ("<<", "<<-")
        for above in index.ancestors(variable)
    )


def _handed_on(script: ShellScript, variable: Variable, guards: _Guards) -> Iterator[Positional]:
    """`main "$@"`, where `main` reads `$1`; `for item in "$@"`, which does nothing."""
    word = script.index.parent(variable)
    user = script.index.parent(word)
    if isinstance(user, For) and user.words == (word,) and not _reads_options(user):
        yield Positional(variable, False)
    if not isinstance(user, Command) or len(user.words) != 2 or user.words[1] is not word:
        return
    callee = script.functions.get(user.name or "")
    if callee is None:
        return
    if callee.name not in guards.read_by:
        guards.read_by[callee.name] = _first_read(script, callee, guards)
    read = guards.read_by[callee.name]
    if read is not None:
        yield Positional(variable, False, callee, read)


def _reads_options(loop: For) -> bool:
    """Whether a loop over the arguments looks for options, and so does without any."""
    return any(
        isinstance(node, CaseItem)
        and any((pattern.literal or "").startswith("-") for pattern in node.patterns)
        for node in walk(loop)
    )


def _first_read(script: ShellScript, function: Function, guards: _Guards) -> Variable | None:
    """The first read of a parameter in a function that expects to get some."""
    index = script.index
    inside = [v for v in index.of(Variable) if index.function_of(v) is function]
    if any(v.name == "#" for v in inside) or _shifts(index, function):
        return None
    numbered = [v for v in inside if _is_number(v.name)]
    if any(guards.provide_for(v) for v in numbered):
        return None
    return numbered[0] if numbered else None


def _shifts(index: Index, function: Function) -> bool:
    names = ("shift", "set", "getopts")
    return any(
        command.name in names and index.function_of(command) is function
        for command in index.of(Command)
    )
