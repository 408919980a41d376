"""Scripts that a script writes or puts together, and the shells that run them.

`declare -f` prints functions and `declare -p` variables, so that another shell can have
them: one that `systemd-run` starts, now or later, knows nothing else of the script.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.commands import Invocation
from ssmlint.shell.effects import EffectKind, is_harmless
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.statements import (
    Arithmetic,
    Assignment,
    Block,
    Command,
    Declaration,
    For,
    Variable,
    walk_block,
)
from ssmlint.shell.symbolic.builtins import BUILTINS
from ssmlint.shell.symbolic.delays import delay_of
from ssmlint.shell.symbolic.events import Event, Happening, Held
from ssmlint.shell.symbolic.hosts import exact_targets, released_by, unit_of
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.meanings import with_symbols
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.settled import Settled, Variables
from ssmlint.shell.symbolic.state import Contents, State, leave_beside, leave_subshell
from ssmlint.shell.symbolic.static import defining
from ssmlint.shell.symbolic.values import FieldText, Place, SymbolKind, is_known, symbols_in

_SHELLS = frozenset({"sh", "bash", "dash"})
#: Programs that do nothing to what this host holds.
_ELSEWHERE = frozenset({"curl", "mail", "sendmail", "systemd-cat", "wall", "wget"})


@dataclass(frozen=True, slots=True)
class Child:
    """A shell that runs a known text, and what it knows of the script."""

    block: Block
    state: State
    place: Place
    """What hands it its variables: `declare -p`, else the command that starts it."""


class Handing:
    """Starts shells with what they are handed, for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine

    # --- printing ------------------------------------------------------------------------

    def prints(self, statement: Declaration) -> bool:
        """Whether it is `declare -f` or `declare -p`, which only print."""
        letters = {letter for option in statement.options for letter in option[1:]}
        listing = statement.keyword in ("declare", "typeset") and not letters & {"x", "g"}
        values = any(item.value is not None for item in statement.assignments)
        return listing and bool(letters & {"f", "p"}) and not values

    def declared(self, statement: Declaration, state: State) -> State:
        """What `declare -f name` prints, as a symbol that `child` understands."""
        names = [item.name for item in statement.assignments]
        for word in statement.words:
            names.extend(self.running.expander.text(word, state)[0][1].split())
        functions = any("f" in option for option in statement.options)
        after = state.fork()
        after.status = "0"
        text = " ".join(("functions" if functions else "variables", *names))
        kind = SymbolKind.DECLARED if is_known(text) else SymbolKind.OTHER
        made = self.machine.symbol(after, kind, statement.span, text=text, tag=text)
        self.running.streams.print_to(statement.redirects, f"{made}\n", after)
        return after

    # --- starting ------------------------------------------------------------------------

    def start(
        self,
        made: Invocation,
        command: Command,
        fields: list[FieldText],
        stdin: FieldText | None,
        state: State,
    ) -> list[State] | None:
        """`bash FILE` of a file that the script wrote, `systemd-run bash -c '...'`."""
        text = self._text(made, fields, state)
        apart = "systemd-run" in made.wrappers
        plain = made.script is not None and not apart and not made.deferred
        if text is None or (plain and not symbols_in(text)):
            return None
        child = self._child(text, command, apart, state)
        if child is None:
            return None
        child.state.arguments = arguments_of(made, fields)
        state = self._told(child, state)
        if apart or made.deferred:
            return self._apart(made, child, command, fields, state)
        if stdin is not None and made.stdin is not None:
            child.state.assign("\0stdin", stdin.text)
        with self.machine.standing_at(self.running.meanings.standing_place(command, state)):
            ends = self.running.run(child.block, child.state)
        return self.machine.merge([leave_subshell(state, end) for end in ends])

    def _text(self, made: Invocation, fields: list[FieldText], state: State) -> str | None:
        """The text that a command lets a shell run; empty for a file that is not there."""
        if made.script is not None and made.name in (*_SHELLS, ""):
            return with_symbols(made.script, fields)
        operands = [a.text for a in made.arguments if not a.text.startswith("-")]
        path = operands[0] if made.name in _SHELLS and operands else ""
        path = path or next((f.text for f in fields if f.text.rpartition("/")[2] == made.name), "")
        if path in state.texts:
            return state.texts[path]
        folder = path.rpartition("/")[0]
        # In a folder that the script has just made, there is what it has written.
        fresh = state.files.get(folder) is Contents.EMPTY and path not in state.files
        return "" if fresh and made.name in _SHELLS else None

    def _child(self, text: str, command: Command, apart: bool, state: State) -> Child | None:
        kept = frozenset[str]() if apart else state.exported
        child = state.fork()
        child.exported = kept
        child.functions = Settled({n: f for n, f in state.functions.items() if f"{n}()" in kept})
        child.variables = Variables((n, v) for n, v in state.variables.items() if n in kept)
        child.options, child.traps, child.output = frozenset(), Settled(), None
        place = self.machine.place(command.span)
        for symbol in symbols_in(text):
            info = self.machine.symbols[symbol]
            if info.kind is not SymbolKind.DECLARED:
                continue
            what, *names = info.text.split()
            if what == "functions":
                found = {n: f for n, f in state.functions.items() if not names or n in names}
                child.functions = Settled({**child.functions, **found})
            else:
                place = info.place
                for name in names:
                    if name in state.variables:
                        child.assign(name, state.variables[name])
                child.exported |= frozenset(names)
            text = text.replace(symbol, ":")
        block = self.machine.parse(text)
        return None if block is None else Child(block, child, place)

    def _told(self, child: Child, state: State) -> State:
        """The state that knows which variables the child will miss."""
        reads, writes = set[str](), set[str]()
        for block in self._closure(child.block, child.state, frozenset()):
            for node in walk_block(block):
                if isinstance(node, Variable) and not node.operator:
                    reads.add(node.name)
                writes.update(_written(node))
        for name in sorted(self._lacking(child, state)):
            state = state.fork()
            state.record(Event(Happening.LACK, child.place, False, text=f"{name}()"))
        for name in sorted(reads - writes - child.state.exported):
            known = name in state.variables and name not in child.state.variables
            if known and not may_be_given(name):
                state = state.fork()
                state.record(Event(Happening.LACK, child.place, False, text=name))
        return state

    def _lacking(self, child: Child, state: State) -> set[str]:
        """The functions of the script that a child calls which is handed others of them.

        Of one that is handed none, `unexported-function` speaks.
        """
        if not child.state.functions:
            return set()
        called = {
            node.name or ""
            for block in self._closure(child.block, child.state, frozenset())
            for node in walk_block(block)
            if isinstance(node, Command)
        }
        return called & set(state.functions) - set(child.state.functions)

    def _closure(self, block: Block, state: State, seen: frozenset[str]) -> Iterator[Block]:
        yield block
        for node in walk_block(block):
            name = (node.name or "") if isinstance(node, Command) else ""
            if name in state.functions and name not in seen:
                seen |= {name}
                yield from self._closure(state.functions[name].body, state, seen)

    # --- units of systemd ------------------------------------------------------------------

    def _apart(
        self,
        made: Invocation,
        child: Child,
        command: Command,
        fields: list[FieldText],
        state: State,
    ) -> list[State]:
        """A unit that runs a text: a watchdog when it comes later, else it acts at once."""
        inside = defining(child.block, child.state)
        runs = list(self.running.static.invocations(child.block, inside))
        effects = [e for run in runs for e in self.machine.effects.effects(run)]
        released = released_by(effects)
        delay = delay_of(" ".join(field.text for field in fields))
        sleeps = self.running.static.sleeps(child.block, inside)
        if not made.deferred and released:
            delay = sleeps
        # What sleeps and then runs something that is not known may release all there is.
        hidden = sleeps is not None and any(not run.name for run in runs)
        if made.deferred or released or hidden:
            stops = [e for e in effects if e.resource == "service" and e.target]
            stopped = frozenset(
                e.target.removesuffix(".service") for e in stops if e.kind is EffectKind.ACQUIRE
            )
            done = state.fork()
            done.status = "0"
            seen = all(is_understood(run, inside, state, self.machine) for run in runs)
            self.running.host.arm(
                done,
                command.span,
                True,
                delay,
                unit_of(fields),
                released | stopped,
                seen=seen,
                timer=made.deferred,
                exact=exact_targets(
                    (e.resource, e.target) for e in effects if e.kind is EffectKind.RELEASE
                ),
            )
            return [done, self._refused(command, state, Happening.WATCHDOG, "later")]
        return self._at_once(child, command, fields, state)

    def _at_once(
        self, child: Child, command: Command, fields: list[FieldText], state: State
    ) -> list[State]:
        name = unit_of(fields)
        with self.machine.standing_at(self.machine.place(command.span)):
            ends = self.running.run(child.block, child.state)
        good = [end for end in ends if not _has_failed(state, end)][:1]
        results = []
        for end in good:
            after = leave_beside(state, end)
            gained = [item for item in end.held if item not in state.held]
            after.held = tuple(
                _in_unit(item, name) if item in gained else item for item in end.held
            )
            after.status = "0"
            results.append(after)
            for item in gained[:1]:
                failed = self._refused(command, state, Happening.ACQUIRE, item.resource)
                results.append(failed)
        return results or [state.fork()]

    def _refused(self, command: Command, state: State, kind: Happening, resource: str) -> State:
        failed = state.fork()
        place = self.machine.place(command.span)
        failed.record(Event(kind, place, False, resource))
        failed.status = "1"
        return failed


def arguments_of(made: Invocation, fields: list[FieldText]) -> tuple[str, ...]:
    """`$1` and so on of a script: what stands behind its name, or behind the `$0` of `bash -c`."""
    if made.script is not None:
        spans = [field.span for field in fields]
        at = spans.index(made.script.span) if made.script.span in spans else len(spans)
        return tuple(field.text for field in fields[at + 2 :])
    names = [field.text.rpartition("/")[2] for field in fields]
    at = names.index(made.name) if made.name in names else len(names)
    behind = [field.text for field in fields[at + 1 :]]
    if made.name in _SHELLS:
        behind = list(itertools.dropwhile(lambda text: text.startswith("-"), behind))[1:]
    return tuple(behind)


def _written(node: object) -> list[str]:
    """The names that a node gives a value."""
    if isinstance(node, Assignment | For):
        return [node.name]
    if isinstance(node, Arithmetic):
        return list(node.assigns)
    if isinstance(node, Command) and node.name in ("read", "mapfile", "readarray"):
        return [word.literal for word in node.words[1:] if word.literal]
    return []


def _in_unit(item: Held, unit: str) -> Held:
    return item._replace(unit=unit)


def _has_failed(before: State, after: State) -> bool:
    """Whether the newest thing that happened on a path is a failure."""
    newest = after.newest
    return newest is not None and newest is not before.newest and newest.ok is False


def is_understood(run: Invocation, child: State, state: State, machine: Machine) -> bool:
    """Whether all that a command may release is known; nothing, where it is not found."""
    name = run.name
    if name in child.functions or name in state.functions or not name:
        return bool(name)
    # Of a shell with a text, the commands in there are looked at, too.
    text = run.script is not None and run.script.known
    known = bool(machine.effects.effects(run)) or is_harmless(run, machine.effects)
    return known or text or name in BUILTINS or name in _ELSEWHERE
