"""Command lines as options and operands, read the way getopt reads them.

What a program's options are is data (`commands.toml`); this module only knows the
conventions: clusters (`-nlo NAME`), attached values (`-uroot`, `--user=root`), `--`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ssmlint.records import dataclass
from ssmlint.shell.fields import Field


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a program reads its arguments.

    `values` are the options that take a value (`-u`, `--user`); `attached` are those whose
    value must stand in the same word (`-pSECRET`).  With `flags`, every option takes a
    value, save those.  `ordered`: options end at the first operand.  `whole`: `-STOP` is
    one option and no cluster.
    """

    values: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    flags: frozenset[str] | None = None
    ordered: bool = False
    whole: bool = False

    def takes_value(self, option: str) -> bool:
        """Whether `option` (`-u`, `--user`) is followed by a value."""
        if self.flags is not None:
            return option not in self.flags
        return option in self.values


@dataclass(frozen=True, slots=True)
class Option:
    """An option as given; `name` with its dashes, `value` None for a flag."""

    name: str
    value: Field | None = None


@dataclass(frozen=True, slots=True)
class CommandLine:
    """Arguments, told apart; `end` is how many fields were read."""

    options: tuple[Option, ...]
    operands: tuple[Field, ...]
    end: int

    def values(self, *names: str) -> tuple[Field, ...]:
        """The values of every option that has one of these names, in order."""
        return tuple(o.value for o in self.options if o.name in names and o.value is not None)

    def has(self, *names: str) -> bool:
        """Whether an option with one of these names is given."""
        return any(option.name in names for option in self.options)


def read(fields: Sequence[Field], grammar: Grammar) -> CommandLine:
    """Tell options from operands in `fields` (the arguments behind the program's name)."""
    options: list[Option] = []
    operands: list[Field] = []
    index = 0
    while index < len(fields):
        field = fields[index]
        if field.text == "--":
            index += 1
            if not grammar.ordered:
                operands.extend(fields[index:])
                index = len(fields)
            break
        if len(field.text) < 2 or field.text[0] != "-":
            if grammar.ordered:
                break
            operands.append(field)
            index += 1
            continue
        found, wants = _options(field, grammar)
        index += 1
        if wants and index < len(fields):
            found[-1] = Option(found[-1].name, fields[index])
            index += 1
        options.extend(found)
    return CommandLine(tuple(options), tuple(operands), index)


def _options(field: Field, grammar: Grammar) -> tuple[list[Option], bool]:
    """The options in one field, and whether the last one's value is the next field."""
    text = field.text
    name, equals, _ = text.partition("=")
    if text.startswith("--"):
        if equals:
            return [Option(name, field.piece(len(name) + 1))], False
        return [Option(text)], grammar.takes_value(text)
    if grammar.whole:
        if equals:
            return [Option(name, field.piece(len(name) + 1))], False
        return [Option(text)], grammar.takes_value(text)
    return _cluster(field, grammar)


def _cluster(field: Field, grammar: Grammar) -> tuple[list[Option], bool]:
    found: list[Option] = []
    for index, letter in enumerate(field.text[1:], 1):
        name = f"-{letter}"
        last = index + 1 == len(field.text)
        if name in grammar.attached and not last:
            return [*found, Option(name, field.piece(index + 1))], False
        if grammar.takes_value(name) and name not in grammar.attached:
            return [*found, Option(name, None if last else field.piece(index + 1))], last
        found.append(Option(name))
    return found, False
