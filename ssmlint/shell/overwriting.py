"""Exit codes that a later turn of a loop puts another code in the place of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.exits import Exit, exits
from ssmlint.shell.order import LOOPS
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import AndOr, Branch, Command, For, Variable, While, Word, walk
from ssmlint.shell.units import Unit
from ssmlint.source import Span

_LEAVES = frozenset({"break", "exit", "return"})


@dataclass(frozen=True, slots=True)
class Overwritten:
    """The assignments of one loop to one variable that the script ends with."""

    name: str
    sites: tuple[Exit, ...]
    loop: Span
    """The first line of the loop, in the script (code points)."""
    by_success: bool
    """Whether a turn that succeeds may put a 0 there: `rc=$?`."""


def overwritten_codes(script: ShellScript) -> Iterator[Overwritten]:
    """The loops in which a later turn decides the exit code alone, in order."""
    groups: dict[tuple[int, str], list[Exit]] = {}
    loops: dict[int, Any] = {}
    for found in exits(script):
        if found.write is None:
            continue
        loop = found.write.unit.index.enclosing(found.write.node, *LOOPS)
        if loop is None or not _turns_on(found.write.unit, found, loop):
            continue
        loops[id(loop)] = loop
        groups.setdefault((id(loop), found.write.name), []).append(found)
    for (identity, name), sites in groups.items():
        judged = _judge(script, loops[identity], name, tuple(sites))
        if judged is not None:
            yield judged


def _turns_on(unit: Unit, found: Exit, loop: Any) -> bool:
    """Whether the loop goes on behind the assignment, which does not look at the old value."""
    assert found.write is not None
    name = found.write.name
    value = found.write.value
    if isinstance(value, Word) and _reads(value, name):
        return False
    node: Any = found.write.node
    for above in unit.index.ancestors(node):
        if above is loop:
            break
        if isinstance(above, Branch) and any(_reads(s, name) for s in above.condition):
            return False
        if isinstance(above, AndOr) and _reads(above.left, name):
            return False
        node = above
    statement = unit.index.statement_of(found.write.node)
    behind = unit.index.after(statement) if statement is not None else ()
    return not any(isinstance(s, Command) and s.name in _LEAVES for s in behind)


def _reads(node: Any, name: str) -> bool:
    return any(isinstance(part, Variable) and part.name == name for part in walk(node))


def _judge(
    script: ShellScript, loop: Any, name: str, sites: tuple[Exit, ...]
) -> Overwritten | None:
    unit = sites[0].write.unit if sites[0].write else script.main
    if any(_reads(statement, name) for statement in loop.body):
        return None
    place = unit.place(loop.span)
    head = Span(place.start, min(place.end, _line_end(script, place.start)))
    codes = {site.code for site in sites}
    by_success = len(sites) == 1 and _is_every_status(unit, loop, sites[0])
    if by_success or (len(codes - {None}) > 1 and None not in codes):
        return Overwritten(name, sites, head, by_success)
    return None


def _is_every_status(unit: Unit, loop: Any, site: Exit) -> bool:
    """Whether each turn over a list ends with `name=$?`, and not only one that fails."""
    over_list = isinstance(loop, For) or (
        isinstance(loop, While) and getattr(loop.condition[0], "name", None) == "read"
    )
    statement = unit.index.statement_of(site.write.node) if site.write else None
    in_body = any(statement is other for other in loop.body)
    return over_list and in_body and isinstance(statement, Command) and _is_status(site)


def _is_status(site: Exit) -> bool:
    value = site.write.value if site.write else None
    match value:
        case Word(parts=(Variable(name="?"),)):
            return True
    return False


def _line_end(script: ShellScript, start: int) -> int:
    end = script.script.text.find("\n", start)
    return len(script.script.text) if end < 0 else end
