"""What can stand on a command line of ssmlint, for shells that complete it.

One module per shell makes a script of it; nothing has to be kept in step by hand.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Iterator

from ssmlint.cli import COMMANDS
from ssmlint.cli.options import OneOf, Parser
from ssmlint.configuration.table import OPTIONS
from ssmlint.packs import all_rules
from ssmlint.records import dataclass

#: The shells, each with a module of that name that has `script(commands)`.
SHELLS = ("bash", "zsh", "fish")

#: What metavars stand for paths.
_PATHS = frozenset({"PATH", "FILE", "DIR", "FILE|KEY=VALUE"})


@dataclass(frozen=True, slots=True)
class Value:
    """What an option or a command takes."""

    words: tuple[str, ...] = ()
    """Those that it may be."""
    is_path: bool = False
    is_list: bool = False
    """Whether it takes several, by commas."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option with all its names."""

    names: tuple[str, ...]
    text: str
    value: Value | None
    """None where it takes none."""
    needs_value: bool
    """Whether it takes one always, which may then stand in the next word."""


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand."""

    name: str
    text: str
    options: tuple[Option, ...]
    operand: Value


def commands() -> tuple[Command, ...]:
    """Every subcommand with everything that it takes."""
    return tuple(_command(name, text) for name, text in COMMANDS.items())


def _command(name: str, text: str) -> Command:
    module = importlib.import_module(f"ssmlint.cli.{name.replace('-', '_')}")
    parser: Parser = module.parser()
    options = tuple(_option(action) for action in parser.actions if action.option_strings)
    operands = [_value(action, name) for action in parser.actions if not action.option_strings]
    return Command(name, text, options, operands[0] if operands else Value())


def _option(action: argparse.Action) -> Option:
    takes_none = action.nargs == 0
    value = None if takes_none else _value(action, "")
    return Option(tuple(action.option_strings), action.help or "", value, action.nargs is None)


def _value(action: argparse.Action, command: str) -> Value:
    metavar = str(action.metavar)
    if isinstance(action.type, OneOf):
        return Value(tuple(action.type.allowed))
    if metavar in _PATHS:
        return Value(is_path=True)
    return Value(tuple(_words(metavar)), is_list=metavar.endswith(",..."))


def _words(metavar: str) -> Iterator[str]:
    match metavar:
        case "RULE" | "RULE,...":
            for rule in all_rules():
                yield from (rule.name, rule.id)
        case "KEY":
            yield from (option.name for option in OPTIONS)
        case "TEMPLATE":
            from ssmlint.templates import TEMPLATES

            yield from TEMPLATES
        case "N|auto":
            yield "auto"
        case "SHELL":
            yield from SHELLS
