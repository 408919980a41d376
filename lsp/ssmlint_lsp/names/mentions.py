"""Where a shell script speaks of its variables: reads, assignments, and names as arguments.

`ssmlint.shell.variables` answers what a rule asks (which variable is read without a value);
here nothing may be missing, because a name is changed in every place or in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.namerefs import targets_of
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Arithmetic,
    ArrayValue,
    Assignment,
    Coprocess,
    Declaration,
    For,
    Redirect,
    TestUnary,
    Variable,
    Word,
)
from ssmlint.shell.units import Unit
from ssmlint.shell.variables import Way, is_name, writes_in
from ssmlint.source import Span
from ssmlint_lsp.names.types import Role

_HEAD = re.compile(r"\$?\{?[!#]?")
_FUNCTION_OPTIONS = frozenset("fF")


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One place where a text names a variable or function."""

    name: str
    span: Span
    """The name, in code points of the text of `unit`."""
    role: Role
    unit: Unit
    node: Any


def variable_mentions(unit: Unit, associative: frozenset[str]) -> Iterator[Mention]:
    """Every place of one text that names a variable.

    `associative` are the arrays whose subscripts are keys, not expressions.
    """
    keys = _keys(unit, associative)
    for node in unit.index.nodes:
        for name, span, role in _named(unit, node):
            if is_name(name) and (id(node), span) not in keys:
                yield Mention(name, span, role, unit, node)
    yield from _builtins(unit)
    for node, word in targets_of(unit.index).named:
        if is_name(word.literal or ""):
            yield Mention(word.literal or "", _inner(unit, word), Role.WRITE, unit, node)


_Found = Iterator[tuple[str, Span, Role]]


def _named(unit: Unit, node: Any) -> _Found:
    match node:
        case Variable():
            yield from _read(unit, node)
        case Assignment():
            declaration = unit.index.parent(node)
            if not (isinstance(declaration, Declaration) and names_functions(declaration)):
                yield node.name, node.name_span, _role(declaration)
        case For():
            yield node.name, node.name_span, Role.WRITE
        case Arithmetic(assigns=assigns) if assigns:
            yield from _assigned(unit, node)
        case Redirect(variable=str(name)):
            start = unit.text.find(name, node.span.start)
            yield name, Span(start, start + len(name)), Role.WRITE
        case Coprocess():
            start = unit.text.find(node.name, node.span.start, node.span.end)
            if start >= 0:
                yield node.name, Span(start, start + len(node.name)), Role.WRITE
        case TestUnary(operator="-v"):
            yield from _literal(unit, node.operand, Role.READ)
        case Declaration(keyword="unset") if not names_functions(node):
            for word in node.words:
                yield from _literal(unit, word, Role.WRITE)


def _read(unit: Unit, variable: Variable) -> _Found:
    match = _HEAD.match(unit.text, variable.span.start, variable.span.end)
    start = match.end() if match is not None else variable.span.start
    end = start + len(variable.name)
    if not (variable.indirect and unit.text[end : end + 1] in ("*", "@")):
        yield variable.name, Span(start, end), Role.READ


def _role(declaration: Any) -> Role:
    """What an assignment, perhaps without a value, does to the name."""
    if isinstance(declaration, Declaration):
        if "-p" in declaration.options:
            return Role.READ
        if declaration.keyword in ("local", "declare", "typeset"):
            return Role.DECLARATION
    return Role.WRITE


def _assigned(unit: Unit, expression: Arithmetic) -> _Found:
    """The names that arithmetic assigns; their places are found in the text."""
    wanted = "|".join(map(re.escape, expression.assigns))
    pattern = re.compile(rf"(?<![\w$#{{])(?:{wanted})(?!\w)")
    for match in pattern.finditer(unit.text, expression.span.start, expression.span.end):
        yield match[0], Span(*match.span()), Role.WRITE


def _literal(unit: Unit, word: Word, role: Role) -> _Found:
    """The name that a word consists of, perhaps with a subscript."""
    name = (word.literal or "").partition("[")[0]
    inner = _inner(unit, word)
    yield name, Span(inner.start, inner.start + len(name)), role


def _inner(unit: Unit, word: Word) -> Span:
    """A word without its quotation marks."""
    quoted = unit.text[word.span.start : word.span.start + 1] in ("'", '"')
    return Span(word.span.start + quoted, word.span.end - quoted)


def _builtins(unit: Unit) -> Iterator[Mention]:
    """The names that `read`, `printf -v` and the like are given."""
    for write in writes_in(unit):
        if write.way is not Way.BUILTIN or unit.start is None or write.node is None:
            continue
        start = write.span.start - unit.start
        start += unit.text[start : start + 1] in ("'", '"')
        span = Span(start, start + len(write.name))
        if unit.text[span.start : span.end] == write.name:
            yield Mention(write.name, span, Role.WRITE, unit, write.node)


def names_functions(declaration: Declaration) -> bool:
    """Whether it is about functions: `export -f`, `declare -f`, `unset -f`."""
    return any(o[0] == "-" and _FUNCTION_OPTIONS & set(o[1:]) for o in declaration.options)


def associative_arrays(shell: ShellScript) -> frozenset[str]:
    """The names that are declared with `-A` somewhere."""
    return frozenset(
        assignment.name
        for unit in shell.units
        for declaration in unit.index.of(Declaration)
        if any(o[0] == "-" and "A" in o for o in declaration.options)
        for assignment in declaration.assignments
    )


def _keys(unit: Unit, associative: frozenset[str]) -> set[tuple[int, Span]]:
    """Bare words between the brackets of an associative array, which are no variables."""
    if not associative:
        return set()
    bare: list[Variable] = []
    for node in unit.index.nodes:
        if isinstance(node, (Variable, Assignment)) and node.index is not None:
            bare += node.index.reads if node.name in associative else ()
        elif isinstance(node, ArrayValue):
            owner = unit.index.parent(node)
            if isinstance(owner, Assignment) and owner.name in associative:
                bare += [v for key in node.keys if key is not None for v in key.reads]
        elif isinstance(node, Arithmetic):
            bare += [v for v in node.reads if _array_before(unit, v) in associative]
    return {(id(variable), variable.span) for variable in bare}


_BRACKET = re.compile(r"([A-Za-z_]\w*)\[[^][]*\Z")


def _array_before(unit: Unit, variable: Variable) -> str:
    """The array in whose brackets a variable of an arithmetic expression stands."""
    if unit.text[variable.span.start : variable.span.start + 1] == "$":
        return ""
    match = _BRACKET.search(unit.text, max(0, variable.span.start - 200), variable.span.start)
    return match[1] if match is not None else ""
