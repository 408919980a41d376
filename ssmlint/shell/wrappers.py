"""Looking through the commands that only run another command (`sudo`, `docker exec` ...)."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Sequence
from dataclasses import replace

from ssmlint.records import dataclass
from ssmlint.shell.fields import UNKNOWN, Field
from ssmlint.shell.options import CommandLine, Option, read
from ssmlint.shell.programs import Wrapper, wrappers

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)([smhd]?)")
_SECONDS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What stands behind one wrapper.

    `rest` is the command it runs, word by word.  When it runs a shell instead, `rest` is
    empty and `script` is the shell's script (None when not known), `shell` its name.
    """

    label: str
    rest: tuple[Field, ...] = ()
    shell: str = ""
    script: Field | None = None
    reads_stdin: bool = True
    """Whether standard input is left for the command (xargs and at consume it)."""
    timeout: float | None = None
    detached: bool = False
    deferred: bool = False


def unwrap(name: str, arguments: Sequence[Field], stdin: Field | None) -> Unwrapped | None:
    """Look through the wrapper `name`; None when it is none, or runs nothing here."""
    for wrapper in wrappers().get(name, ()):
        for words in wrapper.subcommands:
            found = _form(wrapper, words, arguments, stdin)
            if found is not None:
                return found
    return None


def _form(
    wrapper: Wrapper, words: tuple[str, ...], arguments: Sequence[Field], stdin: Field | None
) -> Unwrapped | None:
    arguments = _spread(wrapper, arguments)
    line = _line(wrapper, words, arguments)
    if line is None or line.has(*wrapper.stop):
        return None
    if wrapper.requires and not line.has(*wrapper.requires):
        return None
    rest = _command(wrapper, line, arguments[line.end :])
    found = Unwrapped(
        " ".join((wrapper.name, *words)),
        rest,
        reads_stdin=not wrapper.appends,
        timeout=seconds(line.operands[0]) if wrapper.name == "timeout" else None,
        detached=_applies(wrapper.detached, line),
        deferred=_applies(wrapper.deferred, line),
    )
    return _with_script(wrapper, line, found, stdin)


def _line(
    wrapper: Wrapper, words: tuple[str, ...], arguments: Sequence[Field]
) -> CommandLine | None:
    """The wrapper's own part of the arguments; None when this form does not fit."""
    if wrapper.permuted:
        line = read(arguments, replace(wrapper.grammar, ordered=False))
        return line
    options: list[Option] = []
    index = 0
    for word in words:
        line = read(arguments[index:], wrapper.grammar)
        options += line.options
        index += line.end
        if index >= len(arguments) or arguments[index].text != word:
            return None
        index += 1
    tail = arguments[index:]
    dashes = next((at for at, field in enumerate(tail) if field.text == "--"), None)
    if wrapper.separator and dashes is not None:
        line = read(tail[:dashes], replace(wrapper.grammar, ordered=False))
        return CommandLine((*options, *line.options), line.operands, index + dashes + 1)
    return _operands(wrapper, options, arguments, index)


def _operands(
    wrapper: Wrapper, options: list[Option], arguments: Sequence[Field], index: int
) -> CommandLine | None:
    operands: list[Field] = []
    while True:
        line = read(arguments[index:], wrapper.grammar)
        options += line.options
        index += line.end
        if wrapper.assignments and index < len(arguments) and _is_setting(arguments[index]):
            index += 1
            continue
        if len(operands) == wrapper.operands:
            return CommandLine(tuple(options), tuple(operands), index)
        if index >= len(arguments):
            return None
        operands.append(arguments[index])
        index += 1


def _is_setting(field: Field) -> bool:
    """`NAME=value`, or the `-` of env(1), which is short for `-i`."""
    return field.text == "-" or _ASSIGNMENT.match(field.text) is not None


def _spread(wrapper: Wrapper, arguments: Sequence[Field]) -> Sequence[Field]:
    """The arguments with the words of `env -S 'a b'` in the place of that option."""
    for index, field in enumerate(arguments):
        if not wrapper.split or not field.text.startswith("-"):
            return arguments
        name, equals, _ = field.text.partition("=")
        if name in wrapper.split:
            value = field.piece(len(name) + 1) if equals else None
            used = 1 if equals else 2
            words = _split(value or next(iter(arguments[index + 1 :]), None))
            return [*arguments[:index], *words, *arguments[index + used :]]
    return arguments


def _split(value: Field | None) -> list[Field]:
    try:
        return [replace(value, text=word) for word in shlex.split(value.text)] if value else []
    except ValueError:
        return []


def _command(wrapper: Wrapper, line: CommandLine, rest: Sequence[Field]) -> tuple[Field, ...]:
    command = tuple(rest)
    if not wrapper.appends or not command:
        return command
    marks = [value.text or "{}" for value in line.values(*wrapper.replace)]
    if not marks and not line.has(*wrapper.replace):
        return (*command, Field(UNKNOWN, command[-1].span))
    mark = marks[-1] if marks else "{}"
    return tuple(replace(field, text=field.text.replace(mark, UNKNOWN)) for field in command)


def _with_script(
    wrapper: Wrapper, line: CommandLine, found: Unwrapped, stdin: Field | None
) -> Unwrapped | None:
    """Decide whether it is a shell with a script that the wrapper runs."""
    scripts = line.values(*wrapper.script)
    if scripts:
        return replace(found, rest=(), shell=_shell(line), script=scripts[-1])
    if wrapper.joins and len(found.rest) == 1 and " " in found.rest[0].text:
        return replace(found, rest=(), shell="sh", script=found.rest[0])
    if found.rest:
        return found
    if not wrapper.shell:
        return None
    script = None if line.has(*wrapper.file_options) else stdin
    return replace(found, shell=_shell(line), script=script, reads_stdin=False)


def _shell(line: CommandLine) -> str:
    """The shell that `su -s` names, else `sh`."""
    named = [value.text.rpartition("/")[2] for value in line.values("--shell", "-s")]
    return named[-1] if named and UNKNOWN not in named[-1] else "sh"


def _applies(conditions: tuple[str, ...], line: CommandLine) -> bool:
    return any(
        condition == "*"
        or (condition.startswith("!") and not line.has(condition[1:]))
        or line.has(condition)
        for condition in conditions
    )


def seconds(field: Field) -> float | None:
    """A duration as timeout(1) takes it; None for 0 (no limit), infinity when not known."""
    if not field.known:
        return math.inf
    match = _DURATION.fullmatch(field.text)
    if match is None:
        return None
    return float(match[1]) * _SECONDS[match[2]] or None
