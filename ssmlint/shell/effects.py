"""What commands mean to the resources of a host: freeze, thaw, probe, list, change.

The facts are the rows of `effects.toml`; here they are only looked up.
"""

from __future__ import annotations

import functools
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.commands import Invocation, ProgramText, invocation
from ssmlint.shell.effect_rows import (
    CommandPattern,
    EffectKind,
    EffectRow,
    Match,
    command_pattern,
    effect_row,
)
from ssmlint.shell.fields import Field, locate
from ssmlint.shell.options import CommandLine, Grammar, read
from ssmlint.shell.programs import programs
from ssmlint.shell.tables import load
from ssmlint.shell.texts import Statement, statements
from ssmlint.source import Span

__all__ = [
    "Effect",
    "EffectKind",
    "EffectRow",
    "EffectTable",
    "default_table",
    "is_harmless",
    "is_scratch",
    "mutates_host",
]

_HOST_CHANGES = frozenset({EffectKind.ACQUIRE, EffectKind.RELEASE, EffectKind.MUTATE})
_READS_ONLY = frozenset({EffectKind.PROBE, EffectKind.LIST, EffectKind.QUERY})
#: A command line inside the text of a client inside a command line ... ends here.
_MAX_NESTING = 3
#: Characters of a statement that are looked at: no statement of interest is longer, and
#: matching takes time that grows with the square of the length.
_MAX_STATEMENT = 2000
_NO_GRAMMAR = Grammar()


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a command does if it succeeds.

    `kind` is the row's, except that a release put off to later is a `WATCHDOG`.
    """

    row: EffectRow
    kind: EffectKind
    resource: str
    target: str
    """What is acted upon, with `UNKNOWN` in it where not known; empty where there is one a
    host."""
    target_field: Field | None
    span: Span
    """The command, or the statement in the text of a client (code points, in the script)."""


@dataclass(frozen=True, eq=False)
class EffectTable:
    """A table of effects; rows are tried in order, and the first that fits counts."""

    sources: tuple[Mapping[str, object], ...]
    """The rows as they are written, all well formed; each is read when it is first needed,
    because a script runs few of the commands that the table speaks of."""

    @property
    def rows(self) -> tuple[EffectRow, ...]:
        """Every row."""
        return tuple(self._row(index) for index in range(len(self.sources)))

    @functools.cached_property
    def _row(self) -> Callable[[int], EffectRow]:
        return functools.cache(lambda index: effect_row(self.sources[index]))

    @functools.cached_property
    def _by_command(self) -> Mapping[str, tuple[int, ...]]:
        return self._index("commands")

    @functools.cached_property
    def _by_dialect(self) -> Mapping[str, tuple[int, ...]]:
        return self._index("dialect")

    def _index(self, key: str) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the rows by what they say under `key`, a name or a list of them."""
        found: dict[str, tuple[int, ...]] = {}
        for index, source in enumerate(self.sources):
            value: Any = source.get(key, ())
            for name in (value,) if isinstance(value, str) else value:
                found[name] = (*found.get(name, ()), index)
        return found

    def _of_command(self, name: str) -> Iterator[EffectRow]:
        return (self._row(index) for index in self._by_command.get(name, ()))

    def _of_dialect(self, dialect: str) -> Iterator[EffectRow]:
        return (self._row(index) for index in self._by_dialect.get(dialect, ()))

    def effects(self, invocation: Invocation) -> tuple[Effect, ...]:
        """Everything the command does, in order; empty when the table does not know it."""
        if not (invocation.texts or invocation.deferred or invocation.name in self._by_command):
            return ()
        found = tuple(self._effects(invocation, 0))
        return self._put_off(invocation, found) if invocation.deferred else found

    def extended(self, rows: Iterable[Mapping[str, object]]) -> EffectTable:
        """A table with more rows, which go before the present ones.

        Raises ValueError, naming the row and the key, for a row that is not well formed.
        """
        added = tuple(rows)
        for row in added:
            effect_row(row)
        return EffectTable((*added, *self.sources))

    @property
    def commands(self) -> frozenset[str]:
        """The names of the programs that the table speaks of."""
        return frozenset(self._by_command)

    def understands(self, text: ProgramText) -> bool:
        """Whether every statement of the text is one that a row of the table names."""
        return all(
            not statement.escape
            and any(
                row.text is not None and row.text.search(statement.text[:_MAX_STATEMENT])
                for row in self._of_dialect(text.dialect)
            )
            for statement in statements(text.text, text.dialect)
        )

    def _effects(self, invocation: Invocation, depth: int) -> Iterator[Effect]:
        for row in self._of_command(invocation.name):
            if row.pattern is None:
                continue
            match = row.pattern.match(_line(invocation, row.pattern))
            if match is not None:
                yield from _command_effects(row, match, invocation)
                break
        for text in invocation.texts:
            for statement in statements(text.text, text.dialect):
                span = _place(statement, text, invocation)
                if statement.escape:
                    yield from self._escaped(statement, span, depth)
                else:
                    yield from self._statement_effects(statement, span, text.dialect, invocation)

    def _statement_effects(
        self, statement: Statement, span: Span, dialect: str, invocation: Invocation
    ) -> Iterator[Effect]:
        head = statement.text[:_MAX_STATEMENT]
        taken: list[tuple[int, int, Effect]] = []
        for row in self._of_dialect(dialect):
            for match in row.text.finditer(head) if row.text is not None else ():
                if any(match.start() < end and start < match.end() for start, end, _ in taken):
                    continue
                target = _text_target(row, match.groupdict(), invocation)
                effect = _effect(row, target, span)
                taken.append((match.start(), match.end(), effect))
        yield from (effect for _, _, effect in sorted(taken, key=lambda item: item[0]))

    def _escaped(self, statement: Statement, span: Span, depth: int) -> Iterator[Effect]:
        r"""The effects of `\! fsfreeze -f /data` and the like."""
        if depth >= _MAX_NESTING:
            return
        try:
            words = shlex.split(statement.text)
        except ValueError:
            return
        yield from self._effects(invocation([Field(word, span) for word in words]), depth + 1)

    def _put_off(self, invocation: Invocation, found: Sequence[Effect]) -> tuple[Effect, ...]:
        releases = tuple(
            replace(effect, kind=EffectKind.WATCHDOG)
            for effect in found
            if effect.kind is EffectKind.RELEASE
        )
        if releases:
            return releases
        # A freeze that is put off is no watchdog; the stop of a service may be one: of a unit
        # that holds a lock.
        if any(e.kind is EffectKind.ACQUIRE and e.resource != "service" for e in found):
            return ()
        names = {*invocation.wrappers, invocation.name}
        return tuple(
            _effect(row, None, invocation.span)
            for name in sorted(names)
            for row in self._of_command(name)
            if row.kind is EffectKind.WATCHDOG
        )[:1]


def _place(statement: Statement, text: ProgramText, invocation: Invocation) -> Span:
    """Where the statement stands; the command, for a text that stands nowhere (a pipe's)."""
    if not len(text.span):
        return invocation.span
    return locate(text.text, text.span, statement.start, statement.end)


def _line(invocation: Invocation, pattern: CommandPattern) -> CommandLine:
    program = programs().get(invocation.name)
    grammar = program.grammar if program is not None else _NO_GRAMMAR
    line = read(invocation.arguments, pattern.grammar or grammar)
    rest = () if line.operands else invocation.arguments[line.end :]
    return CommandLine(line.options, rest, line.end) if rest else line


def _command_effects(row: EffectRow, match: Match, invocation: Invocation) -> Iterator[Effect]:
    if not row.target:
        yield _effect(row, None, invocation.span)
    elif match.target is not None:
        yield _effect(row, match.target, invocation.span)
    elif match.rest:
        targets = match.rest[-1:] if row.target == "last" else match.rest
        yield from (_effect(row, field, invocation.span) for field in targets)
    elif row.all:
        yield _effect(row, None, invocation.span)


def _text_target(row: EffectRow, groups: Mapping[str, Any], invocation: Invocation) -> Field | None:
    if row.target == "text":
        return Field(groups.get("target") or "", invocation.span)
    if row.target != "operand":
        return None
    program = programs().get(invocation.name)
    if program is None:
        return None
    operands = read(invocation.arguments, program.grammar).operands
    return next(iter(operands[1:] if program.subcommands else operands), None)


def _effect(row: EffectRow, target: Field | None, span: Span) -> Effect:
    text = "" if target is None else target.text
    return Effect(row, row.kind, row.resource, text, target, span)


@functools.cache
def default_table() -> EffectTable:
    """The table that comes with ssmlint."""
    return EffectTable(tuple(load("effects.toml")["effect"]))


@functools.cache
def _harmless() -> Mapping[str, tuple[CommandPattern, ...]]:
    found: dict[str, tuple[CommandPattern, ...]] = {}
    for row in load("effects.toml")["harmless"]:
        pattern = command_pattern(row, "harmless")
        for name in pattern.commands:
            found[name] = (*found.get(name, ()), pattern)
    return found


def is_harmless(invocation: Invocation, table: EffectTable | None = None) -> bool:
    """Whether the command can not change the host, as far as its words tell.

    Redirections are not looked at: `echo x > /etc/fstab` is the caller's to see.  False
    means "not known to be harmless", not "harmful".
    """
    if invocation.script is not None or invocation.deferred:
        return False
    table = table or default_table()
    found = table.effects(invocation)
    if found:
        understood = all(table.understands(text) for text in invocation.texts)
        return understood and all(effect.kind in _READS_ONLY for effect in found)
    return any(
        pattern.match(_line(invocation, pattern)) is not None
        for pattern in _harmless().get(invocation.name, ())
    )


def mutates_host(invocation: Invocation, table: EffectTable | None = None) -> bool:
    """Whether the command certainly changes the host when it succeeds.

    Files that a script keeps for itself (its log, its state, its scratch files: below
    the `scratch` directories of `effects.toml`) are no part of the host that a dry-run
    promises to leave alone: a careful dry-run writes a log, too.
    """
    found = (table or default_table()).effects(invocation)
    return any(effect.kind in _HOST_CHANGES and not is_scratch(effect) for effect in found)


def is_scratch(effect: Effect) -> bool:
    """Whether it only touches files that a script keeps for itself, or may well do so.

    A relative path is below the script's own working directory, and a path that begins
    with something unknown may lie anywhere: neither is certain to touch the host.
    """
    if effect.resource != "files":
        return False
    if not effect.target.startswith(("/", "~")):
        return True
    roots = load("effects.toml")["scratch"]["directories"]
    return any(effect.target == root or effect.target.startswith(f"{root}/") for root in roots)
