"""Child shells: what they run, and which variables and functions do not reach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.shell.environment import AGENT_ENVIRONMENT
from ssmlint.shell.programs import known_names
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Declaration, Function
from ssmlint.shell.units import Relation, Unit
from ssmlint.shell.variables import Read, Way, Write


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function of the script, called where the child runs."""

    function: Function
    command: Command
    unit: Unit
    """The text that `command` stands in."""


#: A text, and one of its functions or what stands outside of them.
_Home = tuple[Unit, "Function | None"]
_Key = tuple[int, int]
#: Child shells that are looked into.
_MAX_CHILDREN = 100


@dataclass(eq=False)
class Child:
    """One child shell and everything that it runs of the script."""

    unit: Unit
    calls: list[Call] = field(default_factory=list)
    """Calls of functions that reach the child."""
    lost_calls: list[Call] = field(default_factory=list)
    """Calls of functions that do not."""
    reads: list[Read] = field(default_factory=list)
    """Variables that the child reads and does not set itself."""


@once
def children_of(script: ShellScript) -> tuple[Child, ...]:
    """The child shells on this host whose text is known, in order; several rules ask."""
    exported = exported_functions(script)
    homes = _Homes(script)
    children = [unit for unit in script.units if unit.is_child][:_MAX_CHILDREN]
    return tuple(_child(script, unit, exported, homes) for unit in children)


class _Homes:
    """What stands in each text outside of its functions, and in each function."""

    def __init__(self, script: ShellScript) -> None:
        self.commands: dict[_Key, list[Command]] = {}
        self.reads: dict[_Key, list[Read]] = {}
        self.writes: dict[_Key, list[Write]] = {}
        for unit in script.units:
            for command in unit.index.of(Command):
                key = _key((unit, unit.index.function_of(command)))
                self.commands.setdefault(key, []).append(command)
        for read in script.reads:
            self.reads.setdefault(_key((read.unit, read.function)), []).append(read)
        for write in script.writes:
            self.writes.setdefault(_key((write.unit, write.function)), []).append(write)


def _key(home: _Home) -> _Key:
    return id(home[0]), id(home[1])


def exported_functions(script: ShellScript) -> frozenset[str]:
    """The functions that the script exports."""
    return frozenset(
        assignment.name
        for declaration in function_exports(script)
        for assignment in declaration.assignments
    )


def function_exports(script: ShellScript) -> tuple[Declaration, ...]:
    """The `export -f` and `declare -fx` of the script."""
    found = []
    for declaration in script.index.of(Declaration):
        letters = set("".join(o[1:] for o in declaration.options if o.startswith("-")))
        if "f" in letters and (declaration.keyword == "export" or "x" in letters):
            found.append(declaration)
    return tuple(found)


def exported_variables(script: ShellScript) -> frozenset[str] | None:
    """The variables that children inherit; None where that can not be told."""
    if "allexport" in script.options or script.assigns_unknown:
        return None
    found = {write.name for write in script.writes if write.exported}
    for unit in script.units:
        for declaration in unit.index.of(Declaration):
            letters = set("".join(o[1:] for o in declaration.options if o.startswith("-")))
            exports = declaration.keyword == "export" or "x" in letters
            if exports and not letters & set("fn"):
                if declaration.words:
                    return None
                found.update(assignment.name for assignment in declaration.assignments)
    return frozenset(found) | script.provided | AGENT_ENVIRONMENT


def _child(script: ShellScript, unit: Unit, exported: frozenset[str], homes: _Homes) -> Child:
    child = Child(unit)
    own = {function.name for function in unit.index.of(Function)}
    seen: set[str] = set()
    todo: list[_Home] = [(unit, None)]
    for home in todo:  # which grows on the way
        for command in homes.commands.get(_key(home), ()):
            function = script.functions.get(command.name or "")
            if function is None or function.name in own:
                continue
            call = Call(function, command, home[0])
            if unit.functions_pass is False or function.name not in exported:
                child.lost_calls.append(call)
                continue
            child.calls.append(call)
            if function.name not in seen:
                seen.add(function.name)
                todo.append((script.main, function))
    known = {write.name for home in todo for write in homes.writes.get(_key(home), ())} | unit.given
    child.reads = [
        read
        for home in todo
        for read in homes.reads.get(_key(home), ())
        if not read.provided_for and read.name not in known
    ]
    return child


@dataclass(frozen=True, slots=True, eq=False)
class LostVariable:
    """A variable that the script sets and a child reads, but that does not get there."""

    child: Child
    writes: tuple[Write, ...]
    reads: tuple[Read, ...]

    @property
    def name(self) -> str:
        """The variable."""
        return self.reads[0].name


def lost_variables(script: ShellScript) -> Iterator[LostVariable]:
    """The variables that are lost on the way into each child."""
    exported = exported_variables(script)
    if exported is None:
        return
    for child in children_of(script):
        passed = frozenset() if child.unit.relation is Relation.CLEAN else exported
        by_name: dict[str, list[Read]] = {}
        for read in child.reads:
            if read.name not in passed and read.name not in AGENT_ENVIRONMENT:
                by_name.setdefault(read.name, []).append(read)
        for name, reads in by_name.items():
            writes = tuple(w for w in script.writes_by_name.get(name, ()) if _is_global(w))
            if writes:
                yield LostVariable(child, writes, tuple(reads))


def _is_global(write: Write) -> bool:
    """Whether the script's own shell keeps the value."""
    kept = write.way not in (Way.FOR_ONE_COMMAND, Way.DECLARED) and not write.local
    return kept and write.unit.shell_unit.relation is Relation.SCRIPT


def lost_functions(script: ShellScript) -> Iterator[tuple[Child, Call]]:
    """The calls that a child can not make; a program of that name may stand in for it."""
    for child in children_of(script):
        if child.unit.functions_pass is None or not child.unit.whole:
            continue
        for call in child.lost_calls:
            if call.function.name not in known_names():
                yield child, call
