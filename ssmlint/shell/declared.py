"""Declarations whose own status hides that of the command in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    ArrayValue,
    Assignment,
    Branch,
    Command,
    Declaration,
    Pipeline,
    Substitution,
    While,
    Word,
)
from ssmlint.shell.statuses import FILTERS, SAYS
from ssmlint.shell.units import Unit

#: Programs of which nobody expects a failure.
_SURE = SAYS | {"basename", "dirname", "hostname", "nproc", "pwd", "uname", "whoami"}


@dataclass(frozen=True, slots=True, eq=False)
class Declared:
    """`local x=$(command) || ...`, with what looks at the status in vain."""

    unit: Unit
    declaration: Declaration
    substitution: Substitution
    asker: AndOr | Branch | While


def hidden_statuses(script: ShellScript) -> Iterator[Declared]:
    """The declarations that are asked for a status and always succeed, in order."""
    for unit in script.units:
        for declaration in unit.index.of(Declaration):
            substitution = _substitution(script, declaration)
            if substitution is None or declaration.keyword == "unset":
                continue
            asker = _asker(unit, declaration)
            if asker is not None:
                yield Declared(unit, declaration, substitution, asker)


def _substitution(script: ShellScript, declaration: Declaration) -> Substitution | None:
    """The last command substitution in the values that may well fail."""
    for assignment in reversed(declaration.assignments):
        for part in reversed(_parts(assignment)):
            if isinstance(part, Substitution) and part.body and not _is_sure(script, part.body[-1]):
                return part
    return None


def _parts(assignment: Assignment) -> tuple[Any, ...]:
    match assignment.value:
        case Word(parts=parts):
            return parts
        case ArrayValue(words=words):
            return tuple(part for word in words for part in word.parts)
    return ()


def _is_sure(script: ShellScript, statement: Any) -> bool:
    match statement:
        case Pipeline(commands=(*_, Command(name=name))) if len(statement.commands) > 1:
            return "pipefail" not in script.options and name in FILTERS | _SURE
        case AndOr(operator="||", right=right):
            return _is_sure(script, right)
        case Command(name=name):
            return name in _SURE
    return False


def _asker(unit: Unit, declaration: Declaration) -> AndOr | Branch | While | None:
    """What looks at the status of the declaration itself."""
    child: Any = declaration
    for above in unit.index.ancestors(declaration):
        match above:
            case Pipeline(commands=(_,)):
                child = above
            case AndOr(left=left, right=right) if child is left:
                ignored = isinstance(right, Command) and right.name in ("true", ":")
                return None if ignored else above
            case Branch(condition=(*_, last)) | While(condition=(*_, last)) if last is child:
                return above
            case _:
                return None
    return None
