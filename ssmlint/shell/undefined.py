"""Variables that a script reads and nothing ever sets, and what was probably meant."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from ssmlint.embedded import scripts_of
from ssmlint.model.document import SsmDocument
from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.shell.calls import CallGraph
from ssmlint.shell.environment import AGENT_ENVIRONMENT, AGENT_VARIABLES, may_be_given
from ssmlint.shell.names import Names, distance, folded
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Declaration, Function, Redirect
from ssmlint.shell.units import Relation, Unit
from ssmlint.shell.variables import Read, Way, Write
from ssmlint.source import Span
from ssmlint.tree import scalars

_SHELLS = ("bash", "sh", "dash", "ash")
_TEMPLATE = re.compile(r"\$\$\{|\$\{[A-Za-z_]\w*\}|%\{ *(?:if|for)\b")


@dataclass(frozen=True, slots=True)
class Meant:
    """What was probably meant instead: `text` in the place of `span` (of the script)."""

    text: str
    span: Span
    certain: bool
    """Whether the names differ in nothing but underscores."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """A read of a variable that has no value there."""

    read: Read
    meant: Meant | None = None
    other: Write | None = None
    """A place that sets a variable of this name, but not for this read."""
    other_step: str | None = None
    """A step whose script sets it."""


@once
def undefined_reads(script: ShellScript) -> tuple[Undefined, ...]:
    """The reads of variables that nothing sets, in order.

    Several rules ask, so that the answer is remembered for a while.
    """
    if script.script.interpreter not in _SHELLS:
        return ()
    facts = _Facts(script)
    judged = (facts.judge(read) for read in script.reads)
    return tuple(found for found in judged if found is not None)


class _Facts:
    """What is asked again for every read of one script."""

    def __init__(self, script: ShellScript) -> None:
        self.script = script
        self.handing = {id(unit.command) for unit in script.units}
        self.allowed_for = {read.name for read in script.reads if read.provided_for}
        self.allowed_for |= {r.name for r in script.reads if r.tested and r.name.isupper()}

    @functools.cached_property
    def names(self) -> Names:
        """Everything that has a value somewhere."""
        own = (
            n for n, writes in self.script.writes_by_name.items() if any(map(self._lasts, writes))
        )
        given = self.script.provided | self.script.sourced_names | AGENT_VARIABLES
        return Names([*own, *given])

    @functools.cached_property
    def calls(self) -> CallGraph:
        """Which function may call which."""
        return CallGraph(self.script)

    @functools.cached_property
    def is_template(self) -> bool:
        """Whether something else fills in `${name}` before the document is used."""
        script = self.script.script
        return _is_filled_in(script.document) or any("$${" in p.scalar.text for p in script.pieces)

    def _may_be_filled_in(self, read: Read) -> bool:
        """Whether `${name}` may be a template's: in no upper case, and never without braces.

        Terraform and its like write documents too, and nothing tells their `${name}` from
        a shell's.  A pre/post document is written by hand.
        """
        plain = read.name.isupper() or read.variable.operator or read.name in self.unbraced
        return not plain and not self.script.document.is_dlm

    @functools.cached_property
    def unbraced(self) -> frozenset[str]:
        """The names that the script reads as `$name`, which no template does."""
        return frozenset(read.name for read in self.script.reads if not read.variable.braced)

    def judge(self, read: Read) -> Undefined | None:
        """The finding for one read, if it is one."""
        if read.name == "_" or read.name in AGENT_ENVIRONMENT:
            return None
        if self._is_given(read.unit, read.name):
            return None
        writes = self.script.writes_by_name.get(read.name, ())
        if any(self._reaches(write, read) for write in writes):
            return None
        if read.name in self.script.provided | self.script.sourced_names:
            return None
        found = self._described(read, writes)
        if not read.provided_for and read.name not in self.allowed_for:
            return found
        # In upper case a second name is mostly an older one that still counts.
        slip = found and found.meant and _is_slip(read.name, found.meant.text)
        return found if slip and not read.name.isupper() else None

    def _described(self, read: Read, writes: tuple[Write, ...]) -> Undefined | None:
        meant = _meant(read, self.names, self.script.document.parameters)
        step = None if meant or writes else self._other_step(read.name)
        unsure = self.script.assigns_unknown or may_be_given(read.name)
        if read.variable.braced:
            alone = not (meant or writes or step)
            unsure |= self.is_template or (alone and self._may_be_filled_in(read))
        if unsure and not (meant and meant.certain):
            return None
        other = writes[0] if writes else None
        return Undefined(read, meant if not writes else None, other, step)

    def _is_given(self, unit: Unit | None, name: str) -> bool:
        """Whether the shell of a unit gets the variable by name, or lives elsewhere."""
        while unit is not None:
            if name in unit.given or unit.relation is Relation.FOREIGN:
                return True
            unit = unit.parent
        return False

    def _lasts(self, write: Write) -> bool:
        """Whether the value outlives its command."""
        if write.way is not Way.FOR_ONE_COMMAND:
            return True
        command = write.unit.index.parent(write.node)
        if not isinstance(command, Command) or id(command) in self.handing:
            return True
        return command.name is None or command.name in (".", "source", *self.script.functions)

    def _reaches(self, write: Write, read: Read) -> bool:
        """Whether a value may get from one place to the other."""
        if not self._lasts(write) or write.way is Way.DECLARED or in_child_of(write, read):
            return False
        owner = self._owner(write)
        if owner is None or read.unit is not self.script.main:
            return True
        reader = read.function
        return reader is not None and (
            reader.name == owner.name or owner.name in self.calls.callers(reader.name)
        )

    def _owner(self, write: Write) -> Function | None:
        """The function that the variable is local to."""
        function = write.function
        if function is None or write.unit is not self.script.main:
            return None
        same = self.script.writes_by_name[write.name]
        is_local = any(other.local and other.function is function for other in same)
        return function if is_local else None

    def _other_step(self, name: str) -> str | None:
        pattern = re.compile(rf"(?:^|[\s;]){re.escape(name)}=", re.MULTILINE)
        for other in scripts_of(self.script.document):
            if other.step is not self.script.script.step and pattern.search(other.text):
                return other.step.name
        return None


@once
def _is_filled_in(document: SsmDocument) -> bool:
    """Whether something outside of the scripts of a document looks like a template's."""
    scripts = {id(piece.scalar) for s in scripts_of(document) for piece in s.pieces}
    return any(
        _TEMPLATE.search(scalar.text) is not None
        for scalar in scalars(document.root)
        if id(scalar) not in scripts and "\n" not in scalar.text and " " not in scalar.text
    )


def in_child_of(write: Write, read: Read) -> bool:
    """Whether only another shell than the one that reads sets it: `bash -c "for i in a b; do x $i; done"`."""
    home: Unit | None = write.unit
    while home is not None and home.relation is Relation.SAME:
        home = home.parent
    reader = read.unit
    while reader is not home and reader.parent is not None:
        reader = reader.parent
    return reader is not home


def in_here_document(read: Read) -> bool:
    """Whether the read stands in the body of a here-document."""
    return any(
        isinstance(above, Redirect) and above.operator in ("<<", "<<-")
        for above in read.unit.index.ancestors(read.variable)
    )


def _meant(read: Read, names: Names, parameters: Iterable[str]) -> Meant | None:
    """What somebody who wrote this name most likely meant."""
    if read.unit.start is None:
        return None
    name = read.name
    if name in parameters and not read.variable.operator:
        return Meant(f"{{{{ {name} }}}}", read.span, certain=False)
    same = names.alike(name)
    if same:
        alike = [other for other in same if other.replace("_", "") == name.replace("_", "")]
        return Meant((alike or same)[0], read.name_span, certain=bool(alike))
    declared = [parameter for parameter in parameters if folded(parameter) == folded(name)]
    if declared and not read.variable.operator:
        return Meant(f"{{{{ {declared[0]} }}}}", read.span, certain=False)
    longer = [other for other in sorted(AGENT_VARIABLES) if other.startswith(f"{name}_")]
    near = names.nearest(name) or next(iter(longer), None)
    # Where braces are missing.
    prefix = None if read.bare or read.variable.braced else names.prefix(name)
    if prefix and not (near and len(name) - len(prefix) < 2):
        return Meant(f"${{{prefix}}}{name[len(prefix) :]}", read.span, certain=False)
    return Meant(near, read.name_span, certain=False) if near else None


#: Names that differ from a neighbour's on purpose: `item` and `items`, `rc1` and `rc2`.
_PAIRED = re.compile(r"(?:s|[0-9]+)?$")
_SHORTEST = 5


def misspelled_writes(script: ShellScript) -> Iterator[tuple[Write, Write]]:
    """Assignments that nothing reads, each with one to the variable that was meant."""
    if script.assigns_unknown or script.script.interpreter not in _SHELLS:
        return
    used = {read.name for read in script.reads} | spoken_of(script)
    candidates = Names(used & set(script.writes_by_name))
    for name, writes in script.writes_by_name.items():
        if name in used or may_be_given(name) or len(name) < _SHORTEST:
            continue
        if any(write.exported or write.way is Way.FOR_ONE_COMMAND for write in writes):
            continue
        for other in (*candidates.alike(name), *candidates.slips(name)):
            meant = script.writes_by_name[other]
            close = _shares_scope(writes, meant) or (
                folded(name) == folded(other) and _is_read_beside(script, writes, other)
            )
            if _is_slip(name, other) and close:
                yield writes[0], meant[0]
                break


@once
def spoken_of(script: ShellScript) -> frozenset[str]:
    """Names that stand in declarations, and in the words of commands (`unset "$1"`, `set_it x`)."""
    words = {word.literal for use in script.uses for word in use.command.words[1:] if word.literal}
    named = {
        assignment.name
        for unit in script.units
        for declaration in unit.index.of(Declaration)
        for assignment in declaration.assignments
        if assignment.value is None and declaration.keyword != "local"
    }
    return frozenset(named | {word for word in words if word.isidentifier()})


def _is_slip(name: str, other: str) -> bool:
    if name == other or name.isupper() != other.isupper():
        return False
    if folded(name) == folded(other):
        return True
    stems = {name, _PAIRED.sub("", name)}, {other, _PAIRED.sub("", other)}
    return distance(name, other, 1) == 1 and not stems[0] & stems[1]


def _is_read_beside(script: ShellScript, writes: tuple[Write, ...], name: str) -> bool:
    """Whether a function that writes here reads another name."""
    homes = {write.function for write in writes} - {None}
    return any(read.name == name and read.function in homes for read in script.reads)


def _shares_scope(writes: tuple[Write, ...], meant: tuple[Write, ...]) -> bool:
    """Whether both are set in one function, or one of them outside of functions."""
    homes = {write.function for write in writes}
    others = {write.function for write in meant}
    return bool(homes & others) or None in homes | others
