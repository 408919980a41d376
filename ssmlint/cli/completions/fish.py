"""Completion for fish."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.cli.completions import Command, Option

_HEAD = """\
# Completion of `ssmlint` for fish: ssmlint completion fish | source
complete -c ssmlint -f
complete -c ssmlint -n __fish_use_subcommand -l help -d 'show help'
complete -c ssmlint -n __fish_use_subcommand -l version -d 'show the version'
"""


def script(commands: Iterable[Command]) -> str:
    """The script."""
    return _HEAD + "".join(f"{line}\n" for command in commands for line in _lines(command))


def _lines(command: Command) -> Iterator[str]:
    yield (
        f"complete -c ssmlint -n __fish_use_subcommand -a {command.name} -d {_quoted(command.text)}"
    )
    inside = f"complete -c ssmlint -n '__fish_seen_subcommand_from {command.name}'"
    if command.operand.is_path:
        yield f"{inside} -F"
    elif command.operand.words:
        words = " ".join(command.operand.words)
        yield f"{inside} -a {_quoted(words)}"
    for option in command.options:
        yield f"{inside} {_names(option)}{_value(option)} -d {_quoted(option.text)}"


def _names(option: Option) -> str:
    return " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )


def _value(option: Option) -> str:
    value = option.value
    if value is None:
        return ""
    if value.is_path:
        return " -r -F"
    words = " ".join(value.words)
    given = _quoted(f"(__fish_append , {words})" if value.is_list else words)
    return f" -x -a {given}" if option.needs_value else f" -a {given}"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
