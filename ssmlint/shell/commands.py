"""What a simple command runs: the program behind its wrappers, and the text given to it.

The answer is about this one command only.  What running it *means* (does it freeze
something?) is the business of `ssmlint.shell.effects`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ssmlint.records import dataclass
from ssmlint.shell.fields import UNKNOWN, Field, basename, joined, span_of
from ssmlint.shell.options import Grammar, read
from ssmlint.shell.programs import Program, known_names, programs
from ssmlint.shell.texts import statements
from ssmlint.shell.wrappers import Unwrapped, unwrap
from ssmlint.source import Span

__all__ = ["UNKNOWN", "Field", "Invocation", "ProgramText", "invocation"]

#: More than a person writes; what is behind them is then not looked at.
_MAX_WRAPPERS = 40
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "ksh", "ksh93", "mksh", "zsh", "rbash"})
_SHELL_GRAMMAR = Grammar(values=frozenset({"-o", "-O", "--rcfile", "--init-file"}), ordered=True)


@dataclass(frozen=True, slots=True)
class ProgramText:
    """SQL, JavaScript or ObjectScript that a command gives to a database client."""

    text: str
    span: Span
    dialect: str
    """`mysql`, `postgresql`, `mongodb`, `oracle`, `db2`, `hana`, `ase`, `sqlserver`,
    `cassandra`, `redis`, `iris` ..."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A simple command, looked through to the program that does the work."""

    name: str
    """Base name of the program that is run in the end; empty when it is not known."""
    arguments: tuple[Field, ...]
    """Its arguments, those of the wrappers left out."""
    wrappers: tuple[str, ...]
    """What was looked through, outermost first (`sudo`, `docker exec`); `?` is a variable of
    unknown value before the name of a program."""
    span: Span
    """The whole command."""
    texts: tuple[ProgramText, ...] = ()
    """What a database client is given to run, by option, argument or standard input."""
    script: Field | None = None
    """The script of `bash -c`, `su -c`, `at`, `bash <<EOF` ..., for the caller to run."""
    one_shot: bool = False
    """A database client that ends when its text is done; its session ends with it."""
    interactive_hold: bool = False
    """The text itself waits (`SELECT SLEEP(60)`, `\\! lvcreate ...`)."""
    hold_seconds: float | None = None
    """For how long at most, where that is known."""
    detached: bool = False
    """It survives a kill of the script's process group."""
    timeout: float | None = None
    """Seconds that `timeout` allows; None without a limit, infinity when not known."""
    deferred: bool = False
    """It runs later: `at`, `batch`, `systemd-run --on-active=...`."""
    stdin: Field | None = None
    """Standard input when known and not used up: the inner `script` may still read it."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """How far the wrappers have been looked through."""

    fields: tuple[Field, ...]
    stdin: Field | None
    wrappers: tuple[str, ...] = ()
    timeout: float | None = None
    detached: bool = False
    deferred: bool = False
    shell: str = ""
    script: Field | None = None


def invocation(
    fields: Sequence[Field],
    stdin: Field | None = None,
    known: Collection[str] | None = None,
) -> Invocation:
    """What the command made of `fields` runs.

    `stdin` is the text on standard input where it is known (a here-document, `<<<`, an
    `echo` that feeds the command).  `known` are the names of programs that may stand
    behind a variable of unknown value; by default those of the packaged tables.
    """
    span = span_of(fields) if fields else Span(0, 0)
    reached = _look_through(tuple(fields), stdin, known_names() if known is None else known)
    name, arguments = _named(reached.fields) if reached.fields else (reached.shell, ())
    made = Invocation(
        name,
        arguments,
        reached.wrappers,
        span,
        script=reached.script,
        detached=reached.detached,
        timeout=reached.timeout,
        deferred=reached.deferred,
        stdin=reached.stdin,
    )
    return _finish(made) if reached.fields else made


def _look_through(
    fields: tuple[Field, ...], stdin: Field | None, known: Collection[str]
) -> _Reached:
    reached = _Reached(fields, stdin)
    while reached.fields and len(reached.wrappers) < _MAX_WRAPPERS:
        skipped = _skip_unknown(reached.fields, known)
        if skipped is not None:
            reached = replace(reached, fields=skipped, wrappers=(*reached.wrappers, "?"))
        inner = unwrap(basename(reached.fields[0]), reached.fields[1:], reached.stdin)
        if inner is None:
            break
        reached = _step(reached, inner)
    return reached


def _skip_unknown(fields: tuple[Field, ...], known: Collection[str]) -> tuple[Field, ...] | None:
    """The fields behind leading unknown ones, where a known program comes next."""
    if not fields[0].unknown:
        return None
    index = next((at for at, field in enumerate(fields) if not field.unknown), 0)
    return fields[index:] if index and basename(fields[index]) in known else None


def _step(reached: _Reached, inner: Unwrapped) -> _Reached:
    limits = [limit for limit in (reached.timeout, inner.timeout) if limit is not None]
    return _Reached(
        inner.rest,
        reached.stdin if inner.reads_stdin else None,
        (*reached.wrappers, inner.label),
        min(limits, default=None),
        reached.detached or inner.detached,
        reached.deferred or inner.deferred,
        inner.shell,
        inner.script,
    )


def _named(fields: tuple[Field, ...]) -> tuple[str, tuple[Field, ...]]:
    """The name of a program and its arguments."""
    folder, slash, _ = fields[0].text.rpartition("/")
    if folder.endswith("/init.d"):
        # `/etc/init.d/mysql stop` is what `service mysql stop` runs.
        script = fields[0].piece(len(folder) + len(slash))
        return "service", (script, *fields[1:])
    return basename(fields[0]), fields[1:]


def _finish(made: Invocation) -> Invocation:
    """With what the program is given to run."""
    name, arguments = made.name, made.arguments
    if name in _SHELLS:
        return _shell(made)
    if name == "eval":
        return replace(made, script=joined(arguments) if arguments else None)
    program = programs().get(name)
    if program is None or not program.dialect:
        return made
    texts = tuple(_texts(program, arguments, made.stdin))
    if not texts:
        return made
    hold = any(_holds(program, text) for text in texts)
    seconds = _hold_seconds(texts) if hold else None
    return replace(made, texts=texts, one_shot=True, interactive_hold=hold, hold_seconds=seconds)


#: How long a statement waits: `pg_sleep(60)`, `waitfor delay '00:01:00'`, `hang 60`.
_WAIT = re.compile(
    r"sleep ?\( ?(?P<count>\d+)|\bh(?:ang)? +(?P<hang>\d+)"
    r"|delay ?'(?P<hours>\d+):(?P<minutes>\d+):(?P<seconds>\d+)",
    re.IGNORECASE,
)


def _hold_seconds(texts: tuple[ProgramText, ...]) -> float | None:
    waits = [_seconds(match, text.dialect) for text in texts for match in _WAIT.finditer(text.text)]
    return sum(waits) if waits else None


def _seconds(match: re.Match[str], dialect: str) -> float:
    if match["hours"]:
        hours, minutes, seconds = (int(match[unit]) for unit in ("hours", "minutes", "seconds"))
        return float(hours * 3600 + minutes * 60 + seconds)
    count = float(match["count"] or match["hang"])
    # `sleep` of the shell of MongoDB takes milliseconds.
    return count / 1000 if dialect == "mongodb" else count


def _shell(made: Invocation) -> Invocation:
    line = read(made.arguments, _SHELL_GRAMMAR)
    rest = made.arguments[line.end :]
    if line.has("-c"):
        return replace(made, script=rest[0] if rest else None)
    if rest and not line.has("-s"):
        return made
    return replace(made, script=made.stdin, stdin=None)


def _texts(program: Program, arguments: Sequence[Field], stdin: Field | None) -> list[ProgramText]:
    line = read(arguments, program.grammar)
    operands = line.operands or tuple(arguments[line.end :])
    if program.subcommands:
        if not operands or operands[0].text not in program.subcommands:
            return []
        operands = operands[1:]
    given = list(line.values(*program.text_options))
    if program.text_operands is not None and operands[program.text_operands :]:
        given.append(joined(operands[program.text_operands :]))
    if not given and program.reads_stdin and stdin and not line.has(*program.file_options):
        given.append(stdin)
    return [ProgramText(field.text, field.span, program.dialect) for field in given]


def _holds(program: Program, text: ProgramText) -> bool:
    return any(
        statement.escape or (program.hold is not None and program.hold.search(statement.text))
        for statement in statements(text.text, text.dialect)
    )
