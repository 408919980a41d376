"""Whose exit status `$?` is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    Arithmetic,
    ArithmeticCommand,
    Assignment,
    Background,
    Block,
    Branch,
    Case,
    CaseItem,
    Command,
    Declaration,
    Group,
    If,
    Pipeline,
    Statement,
    Substitution,
    Test,
    TestBinary,
    TestLogic,
    TestNot,
    TestUnary,
    TestWord,
    Variable,
    While,
    Word,
    walk,
)
from ssmlint.shell.units import Unit
from ssmlint.source import Span

#: Programs that only pass on, cut or count what they are fed, and so hardly ever fail.
_FILTERS = """
    awk gawk mawk base64 cat column cut fmt fold gzip head logger nl paste rev sed sort tac
    tail tee tr uniq wc xz
"""
FILTERS = frozenset(_FILTERS.split())
#: Commands that say something and succeed.
SAYS = frozenset({"echo", "printf", ":", "true", "date", "logger"})
_FEEDS = frozenset({"echo", "printf", "cat", "yes", "seq", "true", ":"})


@dataclass(frozen=True, slots=True)
class WrongStatus:
    """A `$?` that is not the status of what was meant (spans in the script)."""

    span: Span
    why: str
    culprit: Span
    meant: Span | None = None
    always: int | None = None
    """The value that it always has."""


def wrong_statuses(script: ShellScript) -> Iterator[WrongStatus]:
    """The reads of `$?` that see another command's status, in order."""
    for unit in script.units:
        for variable in unit.index.of(Variable):
            if variable.name == "?":
                found = _judge(script, unit, variable)
                if found is not None:
                    yield found


def _judge(script: ShellScript, unit: Unit, variable: Variable) -> WrongStatus | None:
    span = unit.place(variable.span)
    earlier = _substitution_before(unit.index, variable)
    if earlier is not None:
        why = "the command substitution in front of it"
        return WrongStatus(span, why, unit.place(earlier.span))
    source = previous(unit.index, variable)
    if isinstance(source, (Branch, While)):
        return _in_branch(unit, span, source)
    if source is None:
        return None
    found = _of_statement(script, source)
    if found is None:
        return None
    why, always = found
    meant = _real_work(unit.index, source)
    if meant is None and isinstance(source, Command) and source.words:
        return None
    place = unit.place(meant.span) if meant is not None else None
    return WrongStatus(span, why, unit.place(source.span), place, always)


def _in_branch(unit: Unit, span: Span, source: Branch | While) -> WrongStatus | None:
    if isinstance(source, While) and source.until:
        return None
    condition = source.condition[-1]
    return WrongStatus(span, "the condition, which held", unit.place(condition.span), None, 0)


def _substitution_before(index: Index, variable: Variable) -> Substitution | None:
    """A substitution in the same command that runs before `$?` is expanded."""
    word = next((a for a in index.ancestors(variable) if isinstance(a, Word)), None)
    command = index.parent(word) if word is not None else None
    if not isinstance(command, Command) or not command.words:
        return None
    for node in walk(command):
        if isinstance(node, Substitution) and node.span.end <= variable.span.start:
            return node
    return None


def previous(index: Index, node: Any) -> Statement | Branch | While | None:
    """What has run last when `node` is expanded.

    A `Branch` or `While` means that its condition held; None that it can not be told.
    """
    child = node
    for above in index.ancestors(node):
        if isinstance(above, AndOr) and child is above.right:
            return above.left
        before = index.before(child)
        if before is not None:
            return before
        if isinstance(above, (Branch, While)) and _among(child, above.body):
            return above
        if isinstance(above, If) and _is_conditional(above, child):
            return None
        if not isinstance(above, _TRANSPARENT) or _substitutes_in_subject(above, child):
            return None
        child = above
    return index.before(child)


def _is_conditional(statement: If, child: Any) -> bool:
    """Whether another part of the `if` runs in front of `child`."""
    return child is not statement.branches[0]


def _substitutes_in_subject(above: Any, child: Any) -> bool:
    """Whether the word of a `case` runs a command in front of its branches."""
    if not isinstance(above, Case) or child is above.subject:
        return False
    return any(isinstance(node, Substitution) for node in walk(above.subject))


def _among(child: Any, block: Block) -> bool:
    return any(child is statement for statement in block)


#: Nodes that hand `$?` on to what they begin with.
_TRANSPARENT = (
    AndOr,
    Arithmetic,
    ArithmeticCommand,
    Assignment,
    Branch,
    Case,
    CaseItem,
    Command,
    Declaration,
    Group,
    If,
    Pipeline,
    Test,
    TestBinary,
    TestLogic,
    TestNot,
    TestUnary,
    TestWord,
    Word,
)


def _of_statement(script: ShellScript, source: Statement) -> tuple[str, int | None] | None:
    """Why the status of a statement tells nothing, and what it always is."""
    match source:
        case Declaration(keyword=keyword, assignments=assignments) if keyword != "unset":
            if any(_substitutes(a) for a in assignments):
                return f"`{keyword}`, not of the command substitution", 0
        case Background():
            return "starting a background job, which always succeeds", 0
        case Command(words=()):
            if not any(isinstance(node, Substitution) for node in walk(source)):
                return "the assignment in front of it", 0
            return _of_assigned_pipeline(script, source)
        case Command(redirects=redirects) if source.name in SAYS:
            writes = any(r.operator in (">", ">>", "&>", ">|") for r in redirects)
            if not writes or _to_nowhere(source):
                return f"`{source.name}`", 0
        case Pipeline(commands=commands, negated=False) if len(commands) > 1:
            return _of_pipeline(script, commands)
    return None


def _substitutes(assignment: Assignment) -> bool:
    value = assignment.value
    return value is not None and any(isinstance(n, Substitution) for n in walk(value))


def _to_nowhere(command: Command) -> bool:
    targets = (r.target.literal if r.target else None for r in command.redirects)
    return all(target in ("/dev/null", "/dev/stderr", "&2", "2") for target in targets)


def _of_assigned_pipeline(script: ShellScript, command: Command) -> tuple[str, int | None] | None:
    """`x=$(a | cut -f1)`: the status of `cut`."""
    value = command.assignments[-1].value if command.assignments else None
    match value:
        case Word(parts=(*_, Substitution(body=(Pipeline(commands=commands, negated=False),)))):
            return _of_pipeline(script, commands) if len(commands) > 1 else None
    return None


def _of_pipeline(script: ShellScript, commands: Block) -> tuple[str, int | None] | None:
    first, last = commands[0], commands[-1]
    if "pipefail" in script.options or not isinstance(last, Command):
        return None
    if last.name not in FILTERS or (isinstance(first, Command) and first.name in _FEEDS):
        return None
    if last.name in ("gzip", "xz") and not _is_compressing_filter(last):
        return None
    return f"`{last.name}`, the last part of the pipeline", None


def _is_compressing_filter(command: Command) -> bool:
    """Whether `gzip` or `xz` packs what it is fed; unpacking may well fail."""
    options = [word.literal or "" for word in command.words[1:]]
    return all(option.startswith("-") and "d" not in option for option in options)


def _real_work(index: Index, source: Statement) -> Statement | None:
    """The command before `source` whose status was probably meant."""
    match source:
        case Pipeline(commands=commands):
            return commands[0]
        case Background(command=command):
            return command
    if not isinstance(source, Command) or source.name not in SAYS:
        return None
    before = index.before(source)
    while isinstance(before, Command) and before.name in SAYS:
        source, before = before, index.before(before)
    if before is not None:
        return before if isinstance(before, (Command, Pipeline)) else None
    return _failed(index, source)


def _failed(index: Index, first: Statement) -> Statement | None:
    """The command whose failure led to the list of statements that `first` begins."""
    above = index.parent(first)
    if isinstance(above, Group):
        first, above = above, index.parent(above)
    match above:
        case AndOr(left=left, operator="||", right=right) if right is first:
            return left
        case Branch(condition=(Pipeline(commands=(command,), negated=True),)):
            return command
        case Branch(condition=(Test() as test,)):
            for variable in walk(test):
                if isinstance(variable, Variable) and variable.name == "?":
                    found = previous(index, variable)
                    return None if isinstance(found, (Branch, While)) else found
    return None
