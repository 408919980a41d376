"""Reading the options of a subcommand, with mistakes as `UserError`s that have a hint."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import Any, NoReturn

from ssmlint.cli.streams import HelpAsked
from ssmlint.errors import UserError
from ssmlint.near import nearest

#: No argument of a program can hold it.
_MARK = "\0"


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` that neither prints nor exits: it raises."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"ssmlint {command}",
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_formatter,
        )
        self.add_argument("-h", "--help", action=_Help, help="show this help")

    @property
    def actions(self) -> tuple[argparse.Action, ...]:
        """Everything that was added, in order."""
        return tuple(self._actions)

    def read(self, arguments: list[str]) -> argparse.Namespace:
        """The options of a command line, paths and options in any order.

        Raises `UserError` for what is not understood and `HelpAsked` for `--help`.
        """
        options, unknown = self.parse_known_intermixed_args(_marked(arguments))
        if unknown:
            raise self._unknown(_unmarked(unknown[0]))
        for action in self._actions:
            if not action.option_strings:
                setattr(options, action.dest, _unmarked(getattr(options, action.dest)))
        return options

    def _unknown(self, word: str) -> UserError:
        if not word.startswith("-"):
            usage = f"`{self.prog} --help` says what it takes"
            return UserError(f"unexpected argument `{word}`", hint=usage)
        option = word.partition("=")[0]
        known = [name for action in self._actions for name in action.option_strings]
        return UserError(f"unknown option `{option}`", hint=near(option, known))

    def error(self, message: str) -> NoReturn:
        """Raise what `argparse` would print before it exits."""
        raise UserError(message, hint=f"`{self.prog} --help` lists the options")


def _marked(arguments: list[str]) -> list[str]:
    """The words of a command line; names behind `--` look like no options any more.

    `argparse` reads positional arguments in a second pass, where it has forgotten the `--`.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [*arguments[: end + 1], *map(_as_name, arguments[end + 1 :])]


def _as_name(word: str) -> str:
    return f"{_MARK}{word}" if word.startswith("-") and word != "-" else word


def _unmarked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unmarked(item) for item in value]
    return value.removeprefix(_MARK) if isinstance(value, str) else value


def _formatter(prog: str) -> argparse.HelpFormatter:
    # Without a width of its own it would ask the terminal, for every option.
    return argparse.HelpFormatter(prog, width=90)


class _Help(argparse.Action):
    def __init__(self, option_strings: list[str], dest: str, help: str) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        raise HelpAsked(parser.format_help())


class OneOf:
    """A type for `add_argument` that takes one of some words.

    `choices=` would do, but knows no near names.
    """

    def __init__(self, option: str, allowed: Collection[str]) -> None:
        self.option = option
        self.allowed = allowed

    def __call__(self, word: str) -> str:
        """The word.  Raises `UserError` where it is none of those."""
        word = _unmarked(word)
        if word in self.allowed:
            return word
        hint = near(word, self.allowed)
        raise UserError(f"unknown value `{word}` for {self.option}", hint=hint)


def one_of(option: str, allowed: Collection[str]) -> OneOf:
    """A type for `add_argument` that takes one of some words."""
    return OneOf(option, allowed)


class Words(argparse.Action):
    """An option that takes words separated by commas, and may be repeated."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option: str | None = None,
    ) -> None:
        """Add the words to those that are there."""
        words = tuple(word.strip() for word in values.split(",") if word.strip())
        setattr(namespace, self.dest, (*getattr(namespace, self.dest), *words))


def near(word: str, known: Collection[str]) -> str:
    """A hint for a word that is not among the known ones."""
    close = nearest(word, known)
    return f"did you mean `{close}`?" if close else f"expected one of {_listed(known)}"


def _listed(words: Collection[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
