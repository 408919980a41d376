"""Calls of functions that are not there: not yet defined, or of another name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.names import distance
from ssmlint.shell.plausible import may_be_program
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Function
from ssmlint.shell.units import Relation, Use
from ssmlint.shell.variables import reads_unknown_file

#: Below this many letters two names may well be near by chance.
_SHORTEST = 5
#: From here on two slips are taken for one.
_TINY = 3
_LONG = 8
#: Pairs of names that are compared; a script of this size was not written by hand.
_MOST_PAIRS = 50_000
#: Stands for the identity of a function where there is none around.
_TOP = 0


@dataclass(frozen=True, slots=True, eq=False)
class EarlyCall:
    """A call at the top of the script of a function that is defined further down."""

    call: Command
    """The command at the top."""
    missing: Command
    """The command that is not found: `call` itself, or one in a function that it runs."""
    function: Function


def early_calls(script: ShellScript) -> Iterator[EarlyCall]:
    """The calls that the shell reaches before the definition, one for each function."""
    defined = _definitions(script)
    called = _calls_by_function(script)
    reported: set[str] = set()
    seen: set[str] = set()
    for command in called.get(_TOP, ()):
        for missing in _missing(command, defined, called, seen):
            name = missing.name or ""
            if name not in reported:
                reported.add(name)
                yield EarlyCall(command, missing, defined[name])


def _definitions(script: ShellScript) -> dict[str, Function]:
    """The functions that are defined at the top and in no other place, by name."""
    found: dict[str, Function] = {}
    unclear: set[str] = set()
    for unit in script.units:
        for function in unit.index.of(Function):
            outside = unit is script.main and unit.index.function_of(function) is None
            if not outside or function.name in found:
                unclear.add(function.name)
            found[function.name] = function
    if _gets_functions(script):
        return {}
    return {n: f for n, f in found.items() if n not in unclear and not may_be_program(n)}


def _calls_by_function(script: ShellScript) -> dict[int, list[Command]]:
    """The commands of the script by the function (its identity) that they stand in, in order."""
    found: dict[int, list[Command]] = {}
    for command in script.index.of(Command):
        function = script.index.function_of(command)
        found.setdefault(_TOP if function is None else id(function), []).append(command)
    return found


def _missing(
    call: Command,
    defined: dict[str, Function],
    called: dict[int, list[Command]],
    seen: set[str],
) -> Iterator[Command]:
    """The commands behind a call at the top whose functions are not defined by then.

    A function that has been gone through (`seen`) is not gone through again.
    """
    todo = [call]
    while todo:
        command = todo.pop()
        function = defined.get(command.name or "")
        if function is None or function.name in seen:
            continue
        if function.span.start > call.span.start:
            yield command
        else:
            seen.add(function.name)
            todo.extend(called.get(id(function), ()))


@dataclass(frozen=True, slots=True, eq=False)
class Misspelled:
    """A command that is no program, and nearly a function of the script."""

    use: Use
    function: Function


def misspelled_calls(script: ShellScript) -> Iterator[Misspelled]:
    """The commands whose names are slips of a function's name, in order."""
    names = {use.command.name for use in script.uses}
    if _gets_functions(script) or script.syntax.errors:
        return
    if len(names) * len(script.functions) > _MOST_PAIRS:
        return
    meant: dict[str, str | None] = {}
    for use in script.uses:
        name = use.command.name or ""
        if use.unit.relation is Relation.FOREIGN or not use.unit.whole or not _is_a_name(name):
            continue
        if name not in meant:
            meant[name] = _meant(script, name)
        near = meant[name]
        if near is not None:
            yield Misspelled(use, script.functions[near])


def _meant(script: ShellScript, name: str) -> str | None:
    """The function that a command of this name was meant for."""
    if name in script.functions or may_be_program(name):
        return None
    near = _nearest(name, script.functions)
    return None if near is None or _is_spoken_of(script, name) else near


def _is_a_name(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_]\w*", name) is not None


def _is_spoken_of(script: ShellScript, name: str) -> bool:
    """Whether the script knows a program of that name: a path, `command -v`, an alias."""
    path = re.compile(rf"/{re.escape(name)}\b|\balias {re.escape(name)}=|\b{re.escape(name)} *\(\)")
    asks = re.compile(rf"\b(?:command -[vV]|type|which|hash)\b[^\n;|&]*\b{re.escape(name)}\b")
    text = script.script.text
    return path.search(text) is not None or asks.search(text) is not None


def _nearest(name: str, functions: dict[str, Function]) -> str | None:
    best: tuple[int, str] | None = None
    for other in functions:
        shorter = min(len(name), len(other))
        limit = 0 if shorter < _SHORTEST else 1 if shorter < _LONG else 2
        apart = 0 if _is_swapped(name, other) else distance(name, other, limit)
        if apart <= limit and (best is None or apart < best[0]):
            best = apart, other
    return best[1] if best is not None else None


def _is_swapped(name: str, other: str) -> bool:
    """Whether two neighbouring letters of a name have changed places, which short ones show, too."""
    at = next((i for i, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), 0)
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    return len(name) > _TINY and name != other and swapped == other


def _gets_functions(script: ShellScript) -> bool:
    """Whether functions may come from somewhere else: a file, an `eval`."""
    return any(reads_unknown_file(unit) for unit in script.units)
