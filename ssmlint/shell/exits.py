"""The exit codes of a script: where it ends with which, and what its comments say of them."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.shell.constants import text_of
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Assignment,
    Command,
    Function,
    ProcessSubstitution,
    Statement,
    Subshell,
    Substitution,
    Variable,
    Word,
)
from ssmlint.shell.units import Relation, Use
from ssmlint.shell.variables import Way, Write
from ssmlint.source import Span

_APART = (Subshell, Substitution, ProcessSubstitution)


@dataclass(frozen=True, slots=True, eq=False)
class Exit:
    """One place that decides an exit code: `exit 201`, or `EXIT_CODE=201` for `exit $EXIT_CODE`.

    Spans are code points of the script.
    """

    text: str
    """The code as far as it is known, `UNKNOWN` in it where not; empty for a bare `exit`."""
    span: Span
    """The code, or the whole command where it has none."""
    statement: Statement
    use: Use | None = None
    """The command; None for an assignment."""
    write: Write | None = None

    @property
    def code(self) -> int | None:
        """The code as a number, where it is one."""
        return int(self.text) if re.fullmatch(r"[0-9]{1,9}", self.text) else None


@once
def exits(script: ShellScript) -> tuple[Exit, ...]:
    """Every place that decides an exit code of the script itself, in order."""
    found = [*_commands(script), *_assignments(script), *_arguments(script)]
    return tuple(sorted(found, key=lambda item: item.span))


def exits_of(script: ShellScript, statement: Statement) -> list[Exit]:
    """The exits with a code inside a statement, or of the simple commands right behind it."""
    inside = _inside(script, statement.span)
    for later in script.index.after(statement)[:_NEAR] if isinstance(statement, Command) else ():
        if inside or not isinstance(later, Command) or comment_above(script, later):
            break
        inside = _inside(script, later.span)
    return inside


def _inside(script: ShellScript, span: Span) -> list[Exit]:
    found = exits(script)
    first = bisect.bisect_left(found, span.start, key=lambda item: item.span.start)
    behind = bisect.bisect_left(found, span.end, key=lambda item: item.span.start)
    return [item for item in found[first:behind] if item.code]


def exit_commands(script: ShellScript, name: str) -> tuple[Use, ...]:
    """The commands `exit` (or another) that end the script, not only a subshell."""
    return _own_commands(script).get(name, ())


@once
def _own_commands(script: ShellScript) -> dict[str, tuple[Use, ...]]:
    """The commands that the shell of the script runs itself, by name.

    Every function and many rules ask for some of them.
    """
    found: dict[str, list[Use]] = {}
    for use in script.uses:
        if use.unit.shell_unit.relation is Relation.SCRIPT and not any(
            isinstance(above, _APART) for above in use.unit.index.ancestors(use.command)
        ):
            found.setdefault(use.command.name or "", []).append(use)
    return {name: tuple(uses) for name, uses in found.items()}


@once
def _code_arguments(script: ShellScript) -> dict[str, int | None]:
    """For each function the number of the argument that it ends the script with."""
    return {name: _code_argument(script, made) for name, made in script.functions.items()}


def _commands(script: ShellScript) -> Iterator[Exit]:
    for use in exit_commands(script, "exit"):
        words = use.command.words
        if len(words) == 1:
            yield Exit("", use.span, use.command, use)
            continue
        text = text_of(words[1], script.constants)
        yield Exit(text, use.unit.place(words[1].span), use.command, use)


def _arguments(script: ShellScript) -> Iterator[Exit]:
    """`fail 201 "no mounts"`, where `fail` ends with `exit "$1"`."""
    taken = _code_arguments(script)
    for use in script.uses:
        at = taken.get(use.command.name or "")
        words = use.command.words
        if at and len(words) > at and use.unit.shell_unit is script.main:
            text = text_of(words[at], script.constants)
            yield Exit(text, use.unit.place(words[at].span), use.command, use)


def _code_argument(script: ShellScript, function: Function) -> int | None:
    """The number of the argument that a function ends the script with."""
    for use in exit_commands(script, "exit"):
        if len(use.command.words) < 2 or use.unit.index.function_of(use.command) is not function:
            continue
        name = _variable(use.command.words[1])
        for write in script.writes_by_name.get(name or "", ()):
            if write.function is function and isinstance(write.value, Word):
                name = _variable(write.value)
        if name is not None and re.fullmatch(r"[1-9]", name):
            return int(name)
    return None


def _variable(word: Word) -> str | None:
    """The name of the variable that a word consists of."""
    match word.parts:
        case (Variable(name=name, length=False, indirect=False),):
            return name
    return None


def _exit_variables(script: ShellScript) -> frozenset[tuple[str, Function | None]]:
    """The variables that the script ends with (`exit $EXIT_CODE`), each with its function.

    That is the function whose own the variable is, None for a variable of the script.
    """
    return frozenset(
        (part.name, _owner(script, part.name, use.unit.index.function_of(use.command)))
        for use in exit_commands(script, "exit")
        for word in use.command.words[1:2]
        for part in word.parts
        if isinstance(part, Variable)
    )


def _owner(script: ShellScript, name: str, function: Function | None) -> Function | None:
    """The function, where it has declared a variable of that name as its own."""
    writes = script.writes_by_name.get(name, ())
    own = any(write.local and write.function is function for write in writes)
    return function if own else None


def _assignments(script: ShellScript) -> Iterator[Exit]:
    variables = _exit_variables(script)
    names = {name for name, _ in variables} - set(script.constants)
    for write in script.writes:
        if write.name not in names or write.way is not Way.ASSIGNED:
            continue
        if (write.name, _owner(script, write.name, write.function)) not in variables:
            continue
        if not isinstance(write.value, Word) or write.unit.shell_unit is not script.main:
            continue
        text = text_of(write.value, script.constants)
        span = write.unit.place(write.value.span)
        yield Exit(text, span, _statement(write), write=write)


def _statement(write: Write) -> Any:
    node = write.node
    return write.unit.index.parent(node) if isinstance(node, Assignment) else node


@dataclass(frozen=True, slots=True)
class Documented:
    """An exit code that a comment names, with the place of the number in the script."""

    code: int
    span: Span


_ROW = re.compile(
    r"#\s*(?:\d{1,2}[.)]?\s+|[-*]\s+)?(?:\S.*[-:=>]\s*(?P<last>[12]\d\d)\.?|"
    r"(?P<first>[12]\d\d)\s*[-:=]+>?\s*\S.*)\s*$"
)
#: A row with no more than a blank between code and meaning, as prose may have it, too.
_BARE_ROW = re.compile(r"#\s*(?P<first>[12]\d\d)[.)]?\s+[A-Za-z]\S*.*$")
_CODE = re.compile(r"[12]\d\d")
#: Rows of codes that make a table.
_ROWS = 3


@once
def documented_codes(script: ShellScript) -> tuple[Documented, ...]:
    """The table of exit codes in the comments: three rows or more, one below the other."""
    found = {row.span: row for row in _table(script, _ROW, 2)}
    found.update((row.span, row) for row in _table(script, _BARE_ROW, 1))
    return tuple(row for _, row in sorted(found.items()))


def _table(script: ShellScript, pattern: re.Pattern[str], apart: int) -> list[Documented]:
    """The tables whose rows match, and are at most `apart` lines from each other."""
    found: list[Documented] = []
    block: list[Documented] = []
    behind = -1
    text = script.script.text
    for span in script.syntax.comments:
        comment = script.written(span)
        row = pattern.match(comment) if _CODE.search(comment) else None
        if row is None:
            continue
        if block and text.count("\n", behind, span.start) > apart:
            found, block = _kept(found, block), []
        group = "last" if row.groupdict().get("last") else "first"
        start = span.start + row.start(group)
        block.append(Documented(int(row[group]), Span(start, start + len(row[group]))))
        behind = span.end
    return _kept(found, block)


def _kept(found: list[Documented], block: list[Documented]) -> list[Documented]:
    return found + block if len({row.code for row in block}) >= _ROWS else found


_MENTION = re.compile(
    r"(?:\b(?:error|exit|return|status)\s+codes?\s*[:=#]?\s*|\breturn(?:s|ing)?\s+|"
    r"\bexit(?:s|ing)?(?:\s+with)?\s+|\bcode\s*[:=]?\s*)(?P<code>[12]\d\d)\b",
    re.IGNORECASE,
)


def mentioned_codes(text: str) -> list[tuple[int, int]]:
    """The codes that a comment or message says are returned, with their offsets in it."""
    return [(int(match["code"]), match.start("code")) for match in _MENTION.finditer(text)]


def comment_above(script: ShellScript, statement: Statement) -> Span | None:
    """The comment that stands alone on the line right above a statement."""
    text = script.script.text
    line = text.rfind("\n", 0, statement.span.start) + 1
    above = _comments_alone(script).get(line - 1)
    return None if above is None or text[line : statement.span.start].strip() else above


@once
def _comments_alone(script: ShellScript) -> dict[int, Span]:
    """The comments with a line of their own, by where they end."""
    text = script.script.text
    return {
        span.end: span
        for span in script.syntax.comments
        if not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    }


#: Commands between a message and what it is about.
_NEAR = 10
_ERROR = re.compile(r"\W*(?:ERROR|FATAL|FAILED|FAILURE|CRITICAL)\b")


def reports_error(text: str) -> bool:
    """Whether a message says of itself that it is about a failure."""
    return _ERROR.match(text) is not None


def says(command: Command) -> str | None:
    """What an `echo` or `printf` prints, as far as it is literal.

    Also what another command is given, where that begins like a message about a failure:
    `log 'ERROR: ...'`.
    """
    text = " ".join(text_of(word).replace(UNKNOWN, "") for word in command.words[1:])
    if command.name in ("echo", "printf"):
        return text
    return text if reports_error(text) else None


def message_before(index: Index, statement: Statement) -> Command | None:
    """The nearest message in front of a statement, among the simple commands there."""
    before = index.before(statement)
    for _ in range(_NEAR):
        if not isinstance(before, Command):
            break
        if says(before) is not None:
            return before
        before = index.before(before)
    return None
