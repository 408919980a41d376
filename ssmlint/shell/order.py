"""What comes after what in a script, as far as its text tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    ArithmeticFor,
    Background,
    For,
    Function,
    Pipeline,
    Statement,
    Subshell,
    While,
)
from ssmlint.shell.variables import Read, Way, Write

LOOPS = (For, While, ArithmeticFor)


def following(index: Index, node: Any) -> Iterator[Statement]:
    """The statements that run after `node` in the same function, exclusive branches left out."""
    statement = index.statement_of(node)
    while statement is not None:
        yield from index.after(statement)
        above = index.parent(statement)
        if above is None or isinstance(above, Function):
            return
        statement = index.statement_of(above)


def lost_assignments(script: ShellScript) -> Iterator[tuple[Write, Statement, Read]]:
    """Assignments in a pipeline or subshell, with the shell that ends and a read behind it."""
    index = script.index
    for pipeline in index.of(Pipeline):
        elements = pipeline.commands
        if "lastpipe" in script.options:
            elements = elements[:-1]
        if len(pipeline.commands) > 1:
            for element in elements:
                yield from _lost(script, element, pipeline, strict=False)
    alone: list[Statement] = [*index.of(Subshell), *index.of(Background)]
    for apart in alone:
        yield from _lost(script, apart, apart, strict=True)


def _lost(
    script: ShellScript, inside: Statement, whole: Statement, *, strict: bool
) -> Iterator[tuple[Write, Statement, Read]]:
    """`strict`: only variables that nothing outside ever sets."""
    written: dict[str, Write] = {}
    for write in script.writes:
        if write.unit is script.main and inside.span.covers(write.span) and _stays(write):
            written.setdefault(write.name, write)
    if not written:
        return
    behind = tuple(following(script.index, whole))
    function = script.index.function_of(whole)
    for name, write in written.items():
        others = [w for w in script.writes_by_name[name] if not inside.span.covers(w.span)]
        # A loop variable that goes by the name of one outside hides it on purpose or not.
        if others and (strict or write.way in (Way.LOOP, Way.BUILTIN)):
            continue
        read = _first_read(script, name, behind, function)
        if read is None or any(_between(other, write, read) for other in others):
            continue
        yield write, inside, read


def _stays(write: Write) -> bool:
    return write.way not in (Way.FOR_ONE_COMMAND, Way.DECLARED) and not write.local


def _first_read(
    script: ShellScript, name: str, behind: tuple[Statement, ...], function: Function | None
) -> Read | None:
    for read in script.reads:
        if read.name != name or read.unit is not script.main or read.provided_for:
            continue
        if read.function is function and any(s.span.covers(read.span) for s in behind):
            return read
    return None


def _between(other: Write, write: Write, read: Read) -> bool:
    """Whether another assignment may stand between the lost one and the read."""
    return write.span.start < other.span.start < read.span.start


def early_reads(script: ShellScript) -> Iterator[tuple[Read, Write]]:
    """Reads at the top of the script in front of the only places that set the variable."""
    index = script.index
    if script.assigns_unknown:
        return
    firsts = {name: _first(script, writes) for name, writes in script.writes_by_name.items()}
    for read in script.reads:
        first = firsts.get(read.name)
        if first is None or first.span.start < read.span.start or read.provided_for:
            continue
        if read.unit is not script.main or read.function is not None:
            continue
        own = index.parent(first.node)
        if own is not None and own.span.covers(read.span):
            continue
        loop = index.enclosing(read.variable, *LOOPS)
        if loop is None or not loop.span.covers(first.span):
            yield read, first


def _first(script: ShellScript, writes: tuple[Write, ...]) -> Write | None:
    """The first write, where all of them stand at the top of the script."""
    lasting = [write for write in writes if _stays(write)]
    for write in lasting:
        if write.unit is not script.main or write.function is not None:
            return None
    return min(lasting, key=lambda write: write.span, default=None)
