"""What we know of programs' command lines: `commands.toml` as typed rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.options import Grammar
from ssmlint.shell.tables import load

_NO_GRAMMAR = Grammar()


@dataclass(frozen=True, slots=True)
class Program:
    """A program that ends the search for the command: how it reads its arguments.

    The rest is for clients of databases: which options and operands are program text.
    """

    name: str
    grammar: Grammar = _NO_GRAMMAR
    dialect: str = ""
    text_options: tuple[str, ...] = ()
    subcommands: tuple[str, ...] = ()
    """Where not empty, the first operand must be one of these for text to follow."""
    text_operands: int | None = None
    """How many operands (behind the subcommand) come before those that are text."""
    reads_stdin: bool = False
    file_options: tuple[str, ...] = ()
    """Options that name a file to read the text from, so that standard input is not."""
    hold: re.Pattern[str] | None = None
    """Statements that wait, and so keep the session."""


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A program that runs the command given behind its own options and operands."""

    name: str
    grammar: Grammar
    subcommands: tuple[tuple[str, ...], ...] = ((),)
    operands: int = 0
    assignments: bool = False
    """`NAME=value` words may stand before the command."""
    separator: bool = False
    """A `--` may come after the operands, with more options before it."""
    shell: bool = False
    """Without a command it runs a shell."""
    permuted: bool = False
    """It takes no command, only a script: by an option, or on standard input."""
    script: tuple[str, ...] = ()
    """Options whose value is a script for a shell."""
    file_options: tuple[str, ...] = ()
    """Options that name a file with the script, so that standard input is not read."""
    joins: bool = False
    """It hands its operands to a shell, so that a single one is a script."""
    split: tuple[str, ...] = ()
    """Options whose value is split into the first words of the command."""
    appends: bool = False
    """It adds arguments that are read from standard input."""
    replace: tuple[str, ...] = ()
    """Options that make it put those arguments in the place of their value instead."""
    requires: tuple[str, ...] = ()
    """This form is meant only with one of these options."""
    stop: tuple[str, ...] = ()
    """With one of these options it runs no command."""
    detached: tuple[str, ...] = ()
    """What it runs survives a kill of the script's process group: always (`*`), with one of
    these options, or without one (`!--scope`)."""
    deferred: tuple[str, ...] = ()
    """With one of these options it runs the command later, not now."""


@functools.cache
def programs() -> Mapping[str, Program]:
    """The rows `[[program]]` by name."""
    rows = load("commands.toml")["program"]
    return {name: _program(name, row) for row in rows for name in row["names"]}


@functools.cache
def wrappers() -> Mapping[str, tuple[Wrapper, ...]]:
    """The rows `[[wrapper]]` by name, the forms of one name in order (`docker run` ...)."""
    found: dict[str, tuple[Wrapper, ...]] = {}
    for row in load("commands.toml")["wrapper"]:
        for name in row["names"]:
            found[name] = (*found.get(name, ()), _wrapper(name, row))
    return found


@functools.cache
def known_names() -> frozenset[str]:
    """Every program that one of our tables speaks of."""
    effects = load("effects.toml")["effect"]
    named = (name for row in effects for name in row.get("commands", ()))
    return frozenset({*programs(), *wrappers(), *named})


def grammar_of(row: Mapping[str, Any]) -> Grammar:
    """The grammar in a row of a table."""
    return Grammar(
        values=frozenset(row.get("values", ())),
        attached=frozenset(row.get("attached", ())),
        flags=frozenset(row["flags"]) if "flags" in row else None,
        ordered=row.get("ordered", False),
        whole=row.get("whole", False),
    )


def _program(name: str, row: Mapping[str, Any]) -> Program:
    return Program(
        name,
        grammar_of(row),
        row.get("dialect", ""),
        tuple(row.get("text_options", ())),
        tuple(row.get("subcommands", ())),
        row.get("text_operands"),
        row.get("reads_stdin", False),
        tuple(row.get("file_options", ())),
        re.compile(row["hold"], re.IGNORECASE) if "hold" in row else None,
    )


def _wrapper(name: str, row: Mapping[str, Any]) -> Wrapper:
    return Wrapper(
        name,
        replace(grammar_of(row), ordered=True),
        tuple(tuple(words) for words in row.get("subcommands", [[]])),
        operands=row.get("operands", 0),
        assignments=row.get("assignments", False),
        separator=row.get("separator", False),
        shell=row.get("shell", False),
        permuted=row.get("permuted", False),
        script=tuple(row.get("script", ())),
        file_options=tuple(row.get("file_options", ())),
        joins=row.get("joins", False),
        split=tuple(row.get("split", ())),
        appends=row.get("appends", False),
        replace=tuple(row.get("replace", ())),
        requires=tuple(row.get("requires", ())),
        stop=tuple(row.get("stop", ())),
        detached=tuple(row.get("detached", ())),
        deferred=tuple(row.get("deferred", ())),
    )
