"""Patterns that match everything because a variable in them is empty."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.children import lost_variables
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import CaseItem, Literal, Test, TestBinary, Variable, Word
from ssmlint.shell.undefined import spoken_of, undefined_reads
from ssmlint.shell.units import Unit
from ssmlint.source import Span


@dataclass(frozen=True, slots=True)
class EmptyPattern:
    """A pattern of stars and one or more variables that are all empty."""

    span: Span
    """The pattern, in the script (code points)."""
    name: str
    why: str
    """Why the variable is empty."""
    elsewhere: Span | None = None
    """A place that explains it."""


def empty_patterns(script: ShellScript) -> Iterator[EmptyPattern]:
    """The patterns that match every text, with the reason."""
    empty = _Empty(script)
    for unit in script.units:
        for word in _patterns(unit):
            variables = [part for part in word.parts if isinstance(part, Variable)]
            if not variables or not _only_stars(word):
                continue
            found = [empty.reason(variable) for variable in variables]
            if found[0] is not None and all(found):
                why, elsewhere = found[0]
                span = unit.place(word.span)
                yield EmptyPattern(span, variables[0].name, why, elsewhere)


def _patterns(unit: Unit) -> Iterator[Word]:
    for binary in unit.index.of(TestBinary):
        test = unit.index.enclosing(binary, Test)
        if test is not None and test.bracket == "[[" and binary.operator in ("=", "==", "!="):
            yield binary.right
    for item in unit.index.of(CaseItem):
        yield from item.patterns


def _only_stars(word: Word) -> bool:
    """Whether the word is stars and variables, with a star among them."""
    rest = [part for part in word.parts if not isinstance(part, Variable)]
    literals = [part for part in rest if isinstance(part, Literal) and not part.quoted]
    text = "".join(part.text for part in literals)
    return len(literals) == len(rest) and "*" in text and not text.strip("*")


class _Empty:
    """Which variables are empty, and why."""

    def __init__(self, script: ShellScript) -> None:
        self.script = script

    def reason(self, variable: Variable) -> tuple[str, Span | None] | None:
        if variable.length or variable.indirect:
            return None
        if variable.operator:
            return ("nothing sets it", None) if self._is_always_default(variable) else None
        if id(variable) in self._unset:
            return "nothing sets it", None
        if id(variable) in self._lost:
            return "the child shell that runs this does not have it", self._lost[id(variable)]
        if self.script.constants.get(variable.name) == "":
            write = self.script.writes_by_name[variable.name][0]
            return "it is never given a text", write.span
        return None

    def _is_always_default(self, variable: Variable) -> bool:
        """Whether it is `${name:-}` of a name that nothing gives a value."""
        return (
            variable.operator in ("-", ":-")
            and not (variable.argument and variable.argument.parts)
            and not self.script.assigns_unknown
            and not self.script.writes_by_name.get(variable.name)
            and not may_be_given(variable.name)
            and variable.name not in self.script.provided | spoken_of(self.script)
        )

    @functools.cached_property
    def _unset(self) -> frozenset[int]:
        return frozenset(id(found.read.variable) for found in undefined_reads(self.script))

    @functools.cached_property
    def _lost(self) -> dict[int, Span]:
        return {
            id(read.variable): lost.writes[0].span
            for lost in lost_variables(self.script)
            for read in lost.reads
        }
