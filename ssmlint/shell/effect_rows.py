"""The rows of `effects.toml`: what they may say, and whether a command line fits one."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ssmlint.near import nearest
from ssmlint.records import dataclass
from ssmlint.shell.fields import Field
from ssmlint.shell.options import CommandLine, Grammar
from ssmlint.shell.programs import grammar_of, programs

#: In a row's `operands`: here stands what is acted upon.
_TARGET = "<target>"


class EffectKind(enum.Enum):
    """What a command does to the resource that its row names."""

    # The members are singletons; the hash that `Enum` makes of their names is slow.
    __hash__ = object.__hash__

    ACQUIRE = "acquire"
    """Freezes, locks, suspends or stops it: somebody must release it."""
    RELEASE = "release"
    """Undoes an acquire."""
    PROBE = "probe"
    """Asks whether it is up, frozen, reachable."""
    LIST = "list"
    """Lists what there is to work on."""
    WATCHDOG = "watchdog"
    """Makes something happen later, whatever becomes of the script."""
    MUTATE = "mutate"
    """Changes the host in some other way."""
    FLUSH = "flush"
    """Writes out what is cached; holds nothing."""
    QUERY = "query"
    """Reads, or sets what matters for its own session only."""


@dataclass(frozen=True, slots=True)
class OptionPattern:
    """`-o|--options`, or `-o|--options = REGEX` for one with such a value."""

    names: tuple[str, ...]
    value: re.Pattern[str] | None = None

    def fits(self, line: CommandLine) -> bool:
        """Whether the command line has such an option."""
        if self.value is None:
            return line.has(*self.names)
        return any(self.value.fullmatch(value.text) for value in line.values(*self.names))


@dataclass(frozen=True, slots=True)
class CommandPattern:
    """Which command lines a row is about."""

    commands: frozenset[str] = frozenset()
    options: tuple[OptionPattern, ...] = ()
    """All of them must be given."""
    without: tuple[OptionPattern, ...] = ()
    """None of them may be given."""
    operands: tuple[tuple[re.Pattern[str] | None, ...], ...] = ((),)
    """Alternatives for how the operands begin; None is the place of the target."""
    bare: bool = False
    """Nothing may follow those operands."""
    grammar: Grammar | None = None
    """How to read the options of a program that `commands.toml` does not know."""

    def match(self, line: CommandLine) -> Match | None:
        """The operands of interest if `line` fits, else None."""
        if not all(option.fits(line) for option in self.options):
            return None
        if any(option.fits(line) for option in self.without):
            return None
        for patterns in self.operands:
            found = _match_operands(patterns, line.operands)
            if found is not None and not (self.bare and found.rest):
                return found
        return None


@dataclass(frozen=True, slots=True)
class Match:
    """The operand at the place of the target, if there is such a place, and what follows."""

    target: Field | None
    rest: tuple[Field, ...]


def _match_operands(
    patterns: Sequence[re.Pattern[str] | None], operands: Sequence[Field]
) -> Match | None:
    target: Field | None = None
    index = 0
    for pattern in patterns:
        while pattern is not None and index < len(operands) and operands[index].elastic:
            index += 1
        if index >= len(operands):
            return None
        if pattern is None:
            target = operands[index]
        elif not pattern.fullmatch(operands[index].text):
            return None
        index += 1
    return Match(target, tuple(operands[index:]))


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One row of the table; `effects.toml` explains every key."""

    name: str
    kind: EffectKind
    resource: str
    source: str
    pattern: CommandPattern | None = None
    dialect: str = ""
    text: re.Pattern[str] | None = None
    target: str = ""
    session: bool = False
    waits: bool = False
    expires: bool = False
    """What is acquired ends by itself after a time."""
    all: bool = False
    """Without an operand it acts on everything."""
    status: tuple[tuple[int, str], ...] = ()
    requires: str = ""
    note: str = ""


TEXTS = ("name", "kind", "resource", "source", "dialect", "text", "target", "requires", "note")
LISTS = ("commands", "options", "without", "values", "attached", "flags")
FLAGS = ("session", "waits", "expires", "all", "bare", "ordered", "whole")
_KEYS = (*TEXTS, *LISTS, *FLAGS, "operands", "status")
_TARGETS = ("operand", "last", "text")
_GRAMMAR_KEYS = ("values", "attached", "flags", "ordered", "whole")


def effect_row(row: Mapping[str, object]) -> EffectRow:
    """A checked row; raises ValueError naming the row and the key that is wrong."""
    name = row.get("name")
    label = f"effect `{name}`" if isinstance(name, str) and name else "effect without a name"
    _check_shape(row, label)
    kind = _kind(row, label)
    text = _regex(row["text"], "text", label, re.IGNORECASE) if "text" in row else None
    return EffectRow(
        name=str(row["name"]),
        kind=kind,
        resource=str(row.get("resource", "")),
        source=str(row["source"]),
        pattern=command_pattern(row, label) if "commands" in row else None,
        dialect=str(row.get("dialect", "")),
        text=text,
        target=str(row.get("target", "")),
        session=bool(row.get("session", False)),
        waits=bool(row.get("waits", False)),
        expires=bool(row.get("expires", False)),
        all=bool(row.get("all", False)),
        status=_status(row.get("status", {}), label),
        requires=str(row.get("requires", "")),
        note=str(row.get("note", "")),
    )


def _check_shape(row: Mapping[str, object], label: str) -> None:
    for key, value in row.items():
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = f", did you mean `{near}`?" if near else ""
            raise ValueError(f"{label}: unknown key `{key}`{hint}")
        if key in TEXTS and not isinstance(value, str):
            raise ValueError(f"{label}: `{key}` must be a string")
        if key in LISTS and not _is_texts(value):
            raise ValueError(f"{label}: `{key}` must be a list of strings")
        if key in FLAGS and not isinstance(value, bool):
            raise ValueError(f"{label}: `{key}` must be true or false")
    _check_content(row, label)


def _check_content(row: Mapping[str, object], label: str) -> None:
    for key in ("name", "kind", "source"):
        if not row.get(key):
            raise ValueError(f"{label}: `{key}` is missing or empty")
    dialects = sorted({program.dialect for program in programs().values()} - {""})
    for key, allowed in (("target", _TARGETS), ("dialect", tuple(dialects))):
        if row.get(key) and row[key] not in allowed:
            raise ValueError(f"{label}: `{key}` must be one of {', '.join(allowed)}")
    if ("text" in row) != ("dialect" in row):
        raise ValueError(f"{label}: `text` and `dialect` belong together")
    if not row.get("commands") and "text" not in row:
        raise ValueError(f"{label}: `commands` is missing or empty, and there is no `text`")
    if row.get("commands") and "text" in row:
        raise ValueError(f"{label}: `commands` and `text` exclude each other")


def _is_texts(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)


def _kind(row: Mapping[str, object], label: str) -> EffectKind:
    kinds = {kind.value: kind for kind in EffectKind}
    kind = kinds.get(str(row["kind"]))
    if kind is None:
        raise ValueError(f"{label}: `kind` must be one of {', '.join(kinds)}")
    return kind


def _regex(text: object, key: str, label: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(str(text), flags)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"{label}: `{key}` is no regular expression: {error}") from error


def _status(value: object, label: str) -> tuple[tuple[int, str], ...]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{label}: `status` must be a table of exit statuses")
    found = []
    for code, meaning in value.items():
        if not str(code).isdecimal() or not isinstance(meaning, str):
            raise ValueError(f"{label}: `status` must map numbers to strings, not `{code}`")
        found.append((int(str(code)), meaning))
    return tuple(found)


def command_pattern(row: Mapping[str, Any], label: str) -> CommandPattern:
    """The pattern in a row of `effects.toml`; raises ValueError like `effect_row`."""
    grammar = grammar_of(row) if any(key in row for key in _GRAMMAR_KEYS) else None
    return CommandPattern(
        frozenset(row.get("commands", ())),
        tuple(_option(text, "options", label) for text in row.get("options", ())),
        tuple(_option(text, "without", label) for text in row.get("without", ())),
        _operands(row.get("operands", []), label),
        bool(row.get("bare", False)),
        grammar,
    )


def _option(text: str, key: str, label: str) -> OptionPattern:
    names, equals, value = text.partition(" = ")
    if not all(name.startswith("-") for name in names.split("|")):
        raise ValueError(f"{label}: `{key}` must hold options such as `-f|--freeze`, not `{text}`")
    return OptionPattern(tuple(names.split("|")), _regex(value, key, label) if equals else None)


def _operands(value: object, label: str) -> tuple[tuple[re.Pattern[str] | None, ...], ...]:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"{label}: `operands` must be a list")
    alternatives = value if value and all(isinstance(item, list) for item in value) else [value]
    if not all(_is_texts(words) for words in alternatives):
        raise ValueError(f"{label}: `operands` must be a list of strings, or a list of such lists")
    return tuple(
        tuple(None if word == _TARGET else _regex(word, "operands", label) for word in words)
        for words in alternatives
    )
