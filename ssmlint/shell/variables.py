"""Where a text reads and assigns variables, as far as it can be told without running it."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.constants import fields_of
from ssmlint.shell.environment import KNOWN_FILES
from ssmlint.shell.fields import Field
from ssmlint.shell.index import Index
from ssmlint.shell.namerefs import is_nameref, targets_of
from ssmlint.shell.options import Grammar, read
from ssmlint.shell.statements import (
    Arithmetic,
    ArrayValue,
    Assignment,
    Command,
    Coprocess,
    Declaration,
    For,
    Function,
    Literal,
    Redirect,
    TestBinary,
    TestUnary,
    TestWord,
    Unknown,
    Variable,
    Word,
)
from ssmlint.shell.units import Relation, Unit
from ssmlint.source import Span

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: Operators behind which an unset variable is provided for (bash(1), "Parameter Expansion").
PROVIDED_FOR = ("-", ":-", "+", ":+", "=", ":=", "?", ":?")
_DEFAULTS = ("=", ":=")

_READ = Grammar(values=frozenset({"-d", "-i", "-n", "-N", "-p", "-t", "-u", "-a"}), ordered=True)
_MAPFILE = Grammar(values=frozenset({"-d", "-n", "-O", "-s", "-u", "-C", "-c"}), ordered=True)
_WAIT = Grammar(values=frozenset({"-p"}), ordered=True)
_PRINTF = Grammar(values=frozenset({"-v"}), ordered=True)


class Way(enum.Enum):
    """How a variable gets its value."""

    ASSIGNED = "assignment"
    DECLARED = "declaration without a value"
    LOOP = "loop"
    BUILTIN = "builtin such as read"
    DEFAULT = "${name:=value}"
    ARITHMETIC = "arithmetic"
    FOR_ONE_COMMAND = "assignment in front of a command"


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """One place that gives a variable a value."""

    name: str
    span: Span
    """The name, in the script (code points); of an arithmetic the whole expression."""
    way: Way
    unit: Unit
    node: Any
    """The `Assignment`, `For`, `Command` ... in `unit`."""
    value: Word | ArrayValue | None = None
    append: bool = False
    local: bool = False
    exported: bool = False

    @property
    def function(self) -> Function | None:
        """The function that it stands in."""
        return self.unit.index.function_of(self.node)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """One place that reads a variable."""

    name: str
    span: Span
    """`$name`, `${name...}` or the bare name, in the script (code points)."""
    variable: Variable
    unit: Unit
    provided_for: bool
    """Whether an unset variable is provided for: `${x:-y}`, `[[ -v x ]]`."""
    tested: bool
    """Whether it is only asked whether there is a value: `[ -n "$x" ]`."""
    bare: bool
    """Without `$`, in an arithmetic expression."""

    @property
    def function(self) -> Function | None:
        """The function that it stands in."""
        return self.unit.index.function_of(self.variable)

    @property
    def name_span(self) -> Span:
        """The name alone, in the script."""
        if self.unit.start is None:
            return self.span
        start = self.span.start
        if not self.bare:
            start += 1 + self.variable.braced + self.variable.indirect + self.variable.length
        return Span(start, start + len(self.name))


def is_name(text: str) -> bool:
    """Whether a text is the name of a variable (not `1`, `@`, `?` ...)."""
    return _NAME.fullmatch(text) is not None


def reads_in(unit: Unit) -> Iterator[Read]:
    """Every read of a named variable, in the order of the text."""
    keys = _key_names(unit)
    for variable in unit.index.of(Variable):
        if is_name(variable.name) and id(variable) not in keys:
            yield _read(unit, variable)
    for test in unit.index.of(TestUnary):
        name = (test.operand.literal or "").partition("[")[0]
        if test.operator == "-v" and is_name(name):
            variable = Variable(test.operand.span, name)
            yield Read(name, unit.place(variable.span), variable, unit, True, True, True)


def _read(unit: Unit, variable: Variable) -> Read:
    parent = unit.index.parent(variable)
    bare = isinstance(parent, Arithmetic) and not variable.braced and _is_bare(unit, variable)
    provided_for = variable.operator in PROVIDED_FOR
    return Read(
        variable.name,
        unit.place(variable.span),
        variable,
        unit,
        provided_for,
        provided_for or is_tested(unit.index, variable),
        bare,
    )


def _is_bare(unit: Unit, variable: Variable) -> bool:
    return unit.text[variable.span.start : variable.span.start + 1] != "$"


def _key_names(unit: Unit) -> set[int]:
    """Bare names between the brackets of an array, which may be keys (by identity)."""
    found: set[int] = set()
    nodes = unit.index
    indices = [
        *(variable.index for variable in nodes.of(Variable)),
        *(assignment.index for assignment in nodes.of(Assignment)),
        *(key for array in nodes.of(ArrayValue) for key in array.keys),
    ]
    for index in indices:
        if index is not None:
            found.update(id(v) for v in index.reads if _is_bare(unit, v))
    for node in nodes.of(Arithmetic):
        found.update(id(v) for v in _bracketed(unit, node) if _is_bare(unit, v))
    return found


def _bracketed(unit: Unit, arithmetic: Arithmetic) -> Iterator[Variable]:
    """The reads in arithmetic that stand between brackets: `$((sizes[data] / 2))`."""
    behind, depth = arithmetic.span.start, 0
    for variable in arithmetic.reads:
        before = unit.text[behind : variable.span.start]
        depth += before.count("[") - before.count("]")
        behind = max(behind, variable.span.start)
        if depth > 0:
            yield variable


def is_tested(index: Index, variable: Variable) -> bool:
    """Whether it is only asked if there is a value: `-n "$x"`, `"x$x" = x`, `"$x" = ""`."""
    word = index.parent(variable)
    if not isinstance(word, Word):
        return False
    match index.parent(word), len(word.parts):
        case TestWord(), 1:
            return True
        case TestUnary(operator="-n" | "-z"), 1:
            return True
        case TestBinary(left=left, operator="=" | "==" | "!=", right=right), _:
            other = right if left is word else left
            rest = [part for part in word.parts if part is not variable]
            return all(isinstance(p, Literal) for p in rest) and other.literal == "".join(
                p.text for p in rest if isinstance(p, Literal)
            )
    return False


_MAY_WRITE = frozenset({Assignment, For, Coprocess, Redirect, Arithmetic, Variable, Command})


def writes_in(unit: Unit) -> Iterator[Write]:
    """Every place that gives a variable a value, in the order of the text.

    Those that do so by another name (`declare -n`) come last.
    """
    for node in unit.index.nodes:
        if type(node) not in _MAY_WRITE:
            continue
        match node:
            case Assignment():
                yield from _assignment(unit, node)
            case For(name=name, name_span=span):
                yield Write(name, unit.place(span), Way.LOOP, unit, node)
            case Coprocess(name=name, span=span):
                for made in (name or "COPROC", f"{name or 'COPROC'}_PID"):
                    yield Write(made, unit.place(span), Way.BUILTIN, unit, node)
            case Redirect(variable=str(name), span=span):
                yield Write(name, unit.place(span), Way.BUILTIN, unit, node)
            case Arithmetic(assigns=names, span=span):
                for name in names:
                    yield Write(name, unit.place(span), Way.ARITHMETIC, unit, node)
            case Variable(name=name, operator=operator) if operator in _DEFAULTS and is_name(name):
                span = unit.place(node.span)
                yield Write(name, span, Way.DEFAULT, unit, node, node.argument)
            case Command():
                yield from _builtin(unit, node)
    for statement, word in targets_of(unit.index).named:
        name = (word.literal or "").partition("[")[0]
        if is_name(name):
            yield Write(name, unit.place(word.span), Way.BUILTIN, unit, statement)


def _assignment(unit: Unit, node: Assignment) -> Iterator[Write]:
    parent = unit.index.parent(node)
    way, local, exported = Way.ASSIGNED, False, False
    if isinstance(parent, Declaration):
        if parent.keyword == "unset" or _names_no_variables(parent):
            return
        if node.value is None:
            if parent.keyword in ("export", "readonly"):
                return
            way = Way.DECLARED
        options = "".join(option for option in parent.options if option.startswith("-"))
        in_function = unit.index.function_of(parent) is not None
        local = in_function and parent.keyword in ("local", "declare", "typeset")
        local = local and "g" not in options
        exported = parent.keyword == "export" or "x" in options
    elif isinstance(parent, Command) and parent.words:
        way = Way.FOR_ONE_COMMAND
    # The value of a nameref is a name, and what it stands for has a value of its own.
    refers = isinstance(parent, Declaration) and is_nameref(parent)
    value, span = None if refers else node.value, unit.place(node.name_span)
    yield Write(node.name, span, way, unit, node, value, node.append, local, exported)


def _names_no_variables(declaration: Declaration) -> bool:
    """Whether it is about functions (`-f`), or only prints (`-p`)."""
    return any(o[0] == "-" and set("fFp") & set(o[1:]) for o in declaration.options)


def _builtin(unit: Unit, command: Command) -> Iterator[Write]:
    if _head_of(command) not in _SETTING:
        return
    fields = [field for word in command.words for field in fields_of(word)]
    while fields and fields[0].text in ("builtin", "command"):
        fields = fields[1:]
    for field in _named(fields) if fields else ():
        name = field.text.partition("[")[0]
        if is_name(name):
            yield Write(name, unit.place(field.span), Way.BUILTIN, unit, command)


#: Builtins that may set variables.
_SETTING = frozenset(
    {".", "source", "eval", "read", "mapfile", "readarray", "getopts", "printf", "wait"}
)


def _named(fields: list[Field]) -> Iterator[Field]:
    """The arguments of a builtin that name variables to be set."""
    head, rest = fields[0], fields[1:]
    match head.text:
        case "read":
            line = read(rest, _READ)
            named = [*line.values("-a"), *rest[line.end :]]
            yield from named or [Field("REPLY", head.span)]
        case "mapfile" | "readarray":
            line = read(rest, _MAPFILE)
            yield from rest[line.end :][:1] or [Field("MAPFILE", head.span)]
        case "getopts":
            yield from rest[1:2]
            yield from (Field(name, head.span) for name in ("OPTARG", "OPTIND"))
        case "printf":
            yield from read(rest, _PRINTF).values("-v")
        case "wait":
            yield from read(rest, _WAIT).values("-p")


def sourced_names(unit: Unit) -> frozenset[str]:
    """The names that files define which the text reads with `.` or `source`."""
    found: set[str] = set()
    for command in unit.index.of(Command):
        if command.name in (".", "source") and len(command.words) > 1:
            found |= KNOWN_FILES.get(command.words[1].literal or "", frozenset())
    return frozenset(found)


def reads_unknown_file(unit: Unit) -> bool:
    """Whether `.`, `source` or an `eval` runs, in this very shell, what is not known."""
    if unit.relation is Relation.FOREIGN:
        return False
    return any(
        command.words and _head_of(command) in (".", "source", "eval") and _unknown_command(command)
        for command in unit.index.of(Command)
    )


def _head_of(command: Command) -> str:
    """The builtin that a command runs, `builtin` and `command` left out."""
    for word in command.words:
        name = word.literal or ""
        if name not in ("builtin", "command"):
            return name
    return ""


def assigns_unknown(unit: Unit) -> bool:
    """Whether the text may assign variables whose names can not be told."""
    if unit.relation is Relation.FOREIGN:
        return False
    index = unit.index
    return (
        targets_of(index).unknown
        or bool(index.of(Unknown))
        or any(
            declaration.keyword != "unset" and any(w.literal is None for w in declaration.words)
            for declaration in index.of(Declaration)
        )
        or any(_unknown_command(command) for command in index.of(Command))
    )


def _unknown_command(command: Command) -> bool:
    if _head_of(command) not in _SETTING:
        return False
    fields = [field for word in command.words for field in fields_of(word)]
    while fields and fields[0].text in ("builtin", "command"):
        fields = fields[1:]
    if not fields:
        return False
    match fields[0].text:
        case "." | "source":
            return (fields[1].text if len(fields) > 1 else "") not in KNOWN_FILES
        case "eval":
            return any(not field.known for field in fields[1:])
    return any(not field.known for field in _named(fields))
