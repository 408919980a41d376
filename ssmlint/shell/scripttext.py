"""The text of a shell script, and what it says by itself."""

from __future__ import annotations

import functools

from ssmlint.records import dataclass
from ssmlint.shell.constants import Constants, constants_of
from ssmlint.shell.index import Index
from ssmlint.shell.settings import options_of
from ssmlint.shell.statements import Function, Word
from ssmlint.shell.syntax import ShellSyntax
from ssmlint.shell.units import MAX_NESTING, Relation, Unit, Use, nested_units, uses_of
from ssmlint.shell.variables import (
    Read,
    Way,
    Write,
    assigns_unknown,
    reads_in,
    sourced_names,
    writes_in,
)
from ssmlint.source import Span


@dataclass(eq=False)
class ShellText:
    """The text of a script, with what it says by itself, whatever document it stands in.

    Each fact is made when somebody first asks for it.
    """

    text: str
    shebang: str
    syntax: ShellSyntax

    @functools.cached_property
    def index(self) -> Index:
        """The nodes of the script itself."""
        return self.main.index

    @functools.cached_property
    def main(self) -> Unit:
        """The script as a text that a shell reads."""
        text = self.text
        whole = Span(0, len(text))
        return Unit(text, Index(self.syntax.block), Relation.SCRIPT, whole)

    @functools.cached_property
    def units(self) -> tuple[Unit, ...]:
        """The script and every text that it hands to a shell, outer ones first."""
        found = [self.main]
        level = [self.main]
        for _ in range(MAX_NESTING):
            inner = [u for unit in level for u in nested_units(self.uses_in(unit))]
            found.extend(inner)
            level = inner
        return tuple(found)

    def uses_in(self, unit: Unit) -> tuple[Use, ...]:
        """The simple commands of one text."""
        if unit not in self._uses:
            self._uses[unit] = uses_of(unit, self.constants)
        return self._uses[unit]

    @functools.cached_property
    def _uses(self) -> dict[Unit, tuple[Use, ...]]:
        return {}

    @functools.cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every simple command, those of nested texts behind those of the script."""
        return tuple(use for unit in self.units for use in self.uses_in(unit))

    @functools.cached_property
    def reads(self) -> tuple[Read, ...]:
        """Every read of a named variable, in all texts."""
        return tuple(read for unit in self.units for read in reads_in(unit))

    @functools.cached_property
    def writes(self) -> tuple[Write, ...]:
        """Every place that gives a variable a value, in all texts."""
        inner = (write for unit in self.units[1:] for write in writes_in(unit))
        return (*self._own_writes, *inner)

    @functools.cached_property
    def _own_writes(self) -> tuple[Write, ...]:
        return tuple(writes_in(self.main))

    @functools.cached_property
    def writes_by_name(self) -> dict[str, tuple[Write, ...]]:
        """The same, by name."""
        found: dict[str, list[Write]] = {}
        for write in self.writes:
            found.setdefault(write.name, []).append(write)
        return {name: tuple(writes) for name, writes in found.items()}

    @functools.cached_property
    def constants(self) -> Constants:
        """The variables of the script whose text is the same whenever they have one."""
        if assigns_unknown(self.main):
            return {}
        values: dict[str, Word | None] = {}
        for write in self._own_writes:
            if write.way in (Way.FOR_ONE_COMMAND, Way.DECLARED):
                continue
            plain = write.way is Way.ASSIGNED and isinstance(write.value, Word)
            first = write.name not in values and plain and not write.append
            values[write.name] = write.value if first and isinstance(write.value, Word) else None
        return constants_of(values)

    @functools.cached_property
    def functions(self) -> dict[str, Function]:
        """The functions that the script defines, by name; of several the last."""
        return {function.name: function for function in self.index.of(Function)}

    @functools.cached_property
    def sourced_names(self) -> frozenset[str]:
        """Names that come from well-known files which the script reads."""
        return frozenset(name for unit in self.units for name in sourced_names(unit))

    @functools.cached_property
    def assigns_unknown(self) -> bool:
        """Whether variables may be set whose names can not be told."""
        return bool(self.syntax.errors) or any(assigns_unknown(unit) for unit in self.units)

    @functools.cached_property
    def options(self) -> frozenset[str]:
        """What `set` and the interpreter line turn on somewhere: `errexit`, `nounset` ..."""
        return options_of(self.shebang, self.index)
