"""Whether anything depends on the exit status of a command."""

from __future__ import annotations

from typing import Any

from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    Assignment,
    Block,
    Branch,
    Case,
    CaseItem,
    Command,
    Function,
    Group,
    If,
    Pipeline,
    Substitution,
    Variable,
    While,
    Word,
    walk,
)
from ssmlint.shell.statuses import previous
from ssmlint.shell.units import Relation, Unit

_IGNORES = ("true", ":")


def tested_at(index: Index, node: Any) -> Any | None:
    """What asks for the status of a command: `||`, `if`, a `$?` behind it.

    None where nothing does, or where the answer makes no difference (`|| true`).  Goes no
    further than the function around it.
    """
    found = _follow(index, node)
    return None if isinstance(found, Function) else found


def status_matters(script: ShellScript, unit: Unit, node: Any) -> bool:
    """Whether the script does something else, or ends otherwise, when a command fails."""
    return _matters(script, unit, node, set())


def _matters(script: ShellScript, unit: Unit, node: Any, seen: set[str]) -> bool:
    found = _follow(unit.index, node)
    if found is None and unit.parent is not None and unit.command is not None:
        if any(use.command is unit.command and use.invocation.deferred for use in script.uses):
            return False
        # The status of a child shell is that of its last command.
        last = unit.index.block[-1]
        ends = unit.index.statement_of(node) is last and _decides(unit.index, node, last)
        return ends and _matters(script, unit.parent, unit.command, seen)
    if found is None:
        return _ends_the_script(script, unit, node)
    if not isinstance(found, Function):
        return True
    if found.name in seen or len(seen) > _DEEPEST or unit is not script.main:
        return False
    seen.add(found.name)
    calls = [use for use in script.uses if use.command.name == found.name]
    return any(_matters(script, use.unit, use.command, seen) for use in calls)


#: Functions that end with each other's status; longer chains are nobody's.
_DEEPEST = 50


def _follow(index: Index, node: Any) -> Any | None:
    """The node that asks for the status; a function that ends with it."""
    child = node
    for above in index.ancestors(node):
        match above:
            case AndOr(left=left, right=right) if child is left:
                return None if _ignores(right) else above
            case Pipeline(commands=commands) if child is not commands[-1]:
                return None
            case Branch(condition=block) | While(condition=block) if _holds(block, child):
                return above if child is block[-1] else _read_behind(index, child)
            case AndOr() | Pipeline() | Assignment() | Word() | If() | Case():
                pass
            case Command(words=()):
                pass
            case Branch(body=block) | CaseItem(body=block) | Group(body=block):
                if not _is_last(block, child):
                    return _read_behind(index, child)
            case Substitution(body=block):
                if not _is_last(block, child):
                    return None
            case If(otherwise=tuple() as block) if not _is_last(block, child):
                return _read_behind(index, child)
            case Function(body=block):
                return above if _is_last(block, child) else _read_behind(index, child)
            case _:
                return _read_behind(index, child)
        read = _read_behind(index, child)
        if read is not None:
            return read
        child = above
    return _read_behind(index, child)


def _holds(block: Block, child: Any) -> bool:
    return any(statement is child for statement in block)


def _is_last(block: Block, child: Any) -> bool:
    return bool(block) and (block[-1] is child or not _holds(block, child))


def _ignores(right: Any) -> bool:
    return isinstance(right, Command) and right.name in _IGNORES


def _read_behind(index: Index, child: Any) -> Variable | None:
    """The `$?` in the statement behind one."""
    for statement in index.after(child)[:1]:
        for part in walk(statement):
            if isinstance(part, Variable) and part.name == "?":
                return part if previous(index, part) is child else None
    return None


def _ends_the_script(script: ShellScript, unit: Unit, node: Any) -> bool:
    """Whether a command's failure ends the script, or its status is that of the script."""
    if unit.shell_unit.relation is not Relation.SCRIPT:
        return False
    statement = unit.index.statement_of(node)
    if statement is None or not _decides(unit.index, node, statement):
        return False
    return "errexit" in script.options or statement is script.syntax.block[-1]


def _decides(index: Index, node: Any, statement: Any) -> bool:
    """Whether the status of a part is that of the statement that it is part of."""
    child = node
    for above in () if node is statement else index.ancestors(node):
        last = isinstance(above, Pipeline) and child is above.commands[-1]
        if not last and not (isinstance(above, AndOr) and child is above.right):
            return False
        if above is statement:
            return True
        child = above
    return child is statement
