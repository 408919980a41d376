"""Variables that a script keeps a failure in, and that nothing reads afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    AndOr,
    Arithmetic,
    Assignment,
    Branch,
    CaseItem,
    Command,
    If,
    Variable,
    While,
    Word,
)
from ssmlint.shell.undefined import misspelled_writes, spoken_of, undefined_reads
from ssmlint.shell.variables import Read, Way, Write

_STATUS_NAME = re.compile(
    r"(?:.*_)?(?:rc|ret|retval|retcode|result|status|exit|code|exitcode|exitstatus|err|errors?|"
    r"errcode|errno|fail|failed|failures?)(?:_.*|\d*)?",
    re.IGNORECASE,
)
_LEAVES = frozenset({"exit", "return"})
#: Statements behind an assignment in which an `exit` is that of the same failure.
_NEAR = 20


@dataclass(frozen=True, slots=True, eq=False)
class Unread:
    """A variable for a status that no part of the script looks at."""

    writes: tuple[Write, ...]
    """The assignments that note a failure, in order."""
    value: str
    """What the first of them assigns, as written."""


def unread_statuses(script: ShellScript) -> Iterator[Unread]:
    """The status variables that nothing reads, in order of their first assignment."""
    if script.assigns_unknown:
        return
    read = {r.name for r in script.reads if not _is_own(script, r)} | spoken_of(script)
    # Those are found for their misspelled reads or assignments already.
    slips = {write.name for write, _ in misspelled_writes(script)}
    meant = " ".join(found.meant.text for found in undefined_reads(script) if found.meant)
    slips |= set(re.findall(r"\w+", meant))
    for name, writes in script.writes_by_name.items():
        if name in read | slips or may_be_given(name) or not _STATUS_NAME.fullmatch(name):
            continue
        if any(w.exported or w.way in (Way.FOR_ONE_COMMAND, Way.BUILTIN) for w in writes):
            continue
        notes = tuple(write for write in writes if _notes_failure(script, write))
        if notes:
            yield Unread(notes, _value(notes[0]))


def _is_own(script: ShellScript, read: Read) -> bool:
    """Whether the read only makes the variable's next value: `rc=$((rc + 1))`, `((rc++))`."""
    for above in read.unit.index.ancestors(read.variable):
        if isinstance(above, Assignment):
            return above.name == read.name
        if isinstance(above, Arithmetic) and read.name in above.assigns:
            return True
    return False


def _notes_failure(script: ShellScript, write: Write) -> bool:
    """Whether an assignment keeps a failure that the script does not act upon right there."""
    if write.unit is not script.main:
        return False
    value = _value(write)
    if value != "$?" and not (re.fullmatch(r"[1-9]\d{0,2}", value) and _is_conditional(write)):
        counts = write.way is Way.ARITHMETIC or "+" in value
        if not (counts and _is_conditional(write)):
            return False
    index = write.unit.index
    if value == "$?" and "errexit" in script.options and not _is_conditional(write):
        return False
    statement = index.statement_of(write.node)
    behind = index.after(statement)[:_NEAR] if statement is not None else ()
    return not any(isinstance(s, Command) and s.name in _LEAVES for s in behind)


def _value(write: Write) -> str:
    match write.value:
        case Word(parts=(Variable(name="?"),)):
            return "$?"
        case Word(literal=str(text)):
            return text
        case Word(parts=(Arithmetic(text=text),)):
            return text
    return ""


def _is_conditional(write: Write) -> bool:
    """Whether the assignment is made in some cases only: behind `||`, in a branch."""
    index = write.unit.index
    child = write.node
    for above in index.ancestors(write.node):
        match above:
            case AndOr(left=left) if child is not left:
                return True
            case Branch(body=body) | CaseItem(body=body) if any(child is s for s in body):
                return True
            case If(otherwise=tuple() as body) if any(child is s for s in body):
                return True
            case While(condition=condition) if any(child is s for s in condition):
                return False
        child = above
    return False
