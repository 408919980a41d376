"""The names of a shell script: variables, kept apart by their scope, and functions.

A variable that a function declares `local` is another one than that of the script, unless
something that the function calls uses the name without declaring it: bash's scopes are
dynamic (bash(1), "local"), so both are then one name here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from ssmlint.shell.calls import CallGraph
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Assignment, Declaration, Function
from ssmlint.shell.units import Relation, Unit
from ssmlint.source import Span
from ssmlint_lsp.names.calls import function_mentions
from ssmlint_lsp.names.mentions import Mention, associative_arrays, variable_mentions
from ssmlint_lsp.names.obstacles import function_obstacle, variable_obstacle
from ssmlint_lsp.names.types import Name, NameKind, Occurrence, Role, occurrences

_LOCAL = ("local", "declare", "typeset")


def names_of_script(shell: ShellScript) -> Iterator[Name]:
    """Every name of a script."""
    yield from _variables(shell)
    yield from _functions(shell)


# --- functions ----------------------------------------------------------------------------


def _functions(shell: ShellScript) -> Iterator[Name]:
    found: dict[str, list[Mention]] = {}
    for mention in function_mentions(shell):
        found.setdefault(mention.name, []).append(mention)
    for text, mentions in found.items():
        places = list(_places(shell, mentions))
        yield Name(
            NameKind.FUNCTION,
            text,
            shell.source,
            occurrences(places),
            shell,
            find_obstacle=functools.partial(function_obstacle, shell, text),
        )


# --- variables ----------------------------------------------------------------------------


def _variables(shell: ShellScript) -> Iterator[Name]:
    associative = associative_arrays(shell)
    found: dict[tuple[int, str], list[Mention]] = {}
    for unit in shell.units:
        for mention in variable_mentions(unit, associative):
            key = (id(_reader(shell, unit, mention.name)), mention.name)
            found.setdefault(key, []).append(mention)
    calls = CallGraph(shell)
    for (_, text), mentions in found.items():
        for function, group in _scopes(calls, text, mentions):
            places = list(_places(shell, group))
            container = function.name if function is not None else ""
            yield Name(
                NameKind.SHELL_VARIABLE,
                text,
                shell.source,
                occurrences(places),
                shell,
                container,
                functools.partial(variable_obstacle, shell, text, group),
            )


def _reader(shell: ShellScript, unit: Unit, name: str) -> Unit:
    """The text whose shell has the variable: a child reads what its parent exports."""
    reader = unit.shell_unit
    while reader.relation is Relation.INHERITED and reader.parent is not None:
        if any(write.unit.shell_unit is reader for write in shell.writes_by_name.get(name, ())):
            break
        reader = reader.parent.shell_unit
    return reader


def _scopes(
    calls: CallGraph, name: str, mentions: Iterable[Mention]
) -> Iterator[tuple[Function | None, list[Mention]]]:
    """The mentions of one name by the function that it is local to."""
    inside: dict[int, list[Mention]] = {}
    functions: dict[int, Function] = {}
    free: list[Mention] = []
    mentions = tuple(mentions)
    local_to = {id(f) for m in mentions if (f := _declares_local(m)) is not None}
    for mention in mentions:
        function = _function_of(mention)
        if function is not None and id(function) in local_to:
            inside.setdefault(id(function), []).append(mention)
            functions[id(function)] = function
        else:
            free.append(mention)
    callers = _callers_of_free(calls, free)
    for key, group in inside.items():
        if functions[key].name in callers:
            free += group
        else:
            yield functions[key], group
    if free:
        yield None, free


def _callers_of_free(calls: CallGraph, free: Iterable[Mention]) -> frozenset[str]:
    """The functions whose local variables others may see by the same name."""
    names = {f.name for m in free if (f := _function_of(m)) is not None}
    return frozenset(caller for name in names for caller in calls.callers(name))


def _function_of(mention: Mention) -> Function | None:
    unit, node = mention.unit, mention.node
    while True:
        function = unit.index.function_of(node)
        if function is not None or unit.parent is None:
            return function
        unit, node = unit.parent, unit.command


def _declares_local(mention: Mention) -> Function | None:
    """The function in which a mention declares a local variable."""
    if mention.role is not Role.DECLARATION or not isinstance(mention.node, Assignment):
        return None
    declaration = mention.unit.index.parent(mention.node)
    if not isinstance(declaration, Declaration) or declaration.keyword not in _LOCAL:
        return None
    if any(o[0] == "-" and "g" in o for o in declaration.options):
        return None
    return mention.unit.index.function_of(declaration)


# --- places -------------------------------------------------------------------------------


def _places(shell: ShellScript, mentions: Iterable[Mention]) -> Iterator[Occurrence]:
    unclear: dict[int, tuple[Unit, list[Mention]]] = {}
    for mention in mentions:
        unit, span = mention.unit, mention.span
        if unit.start is None or unit.text[span.start : span.end] != mention.name:
            unclear.setdefault(id(unit), (unit, []))[1].append(mention)
        else:
            yield _place(shell, Span(span.start + unit.start, span.end + unit.start), mention.role)
    for unit, group in unclear.values():
        yield from _search(shell, unit, group)


def _place(shell: ShellScript, span: Span, role: Role, is_exact: bool = True) -> Occurrence:
    piece = shell.script.piece(span.start)
    exact = is_exact and piece.mapping.exact and span.end <= piece.end
    return Occurrence(shell.place(span), role, exact)


def _search(shell: ShellScript, unit: Unit, group: list[Mention]) -> Iterator[Occurrence]:
    """The mentions in a text that is written otherwise than a shell reads it.

    Where it holds the word as often as it is mentioned, these are the places.
    """
    name = group[0].name
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    found = list(pattern.finditer(shell.script.text, unit.span.start, unit.span.end))
    group = sorted(group, key=lambda mention: mention.span)
    if len(found) == len(group):
        for match, mention in zip(found, group, strict=True):
            yield _place(shell, Span(*match.span()), mention.role)
        return
    for match in found:
        yield _place(shell, Span(*match.span()), Role.READ, is_exact=False)
