"""The texts of a script that a shell reads: the script, and what it gives to other shells.

`trap 'rm -f "$LOCK"' EXIT` and `eval 'x=1'` are read by the same shell; `bash -c 'freeze'`
by a new one, which inherits what is exported; behind `sudo` it inherits next to nothing,
and in a container or a login shell there are names that we know nothing of.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.commands import Invocation
from ssmlint.shell.constants import Constants, invocation_of, text_of
from ssmlint.shell.fields import UNKNOWN, Field, locate
from ssmlint.shell.index import Index
from ssmlint.shell.statements import Command, Literal, Pipeline, Word
from ssmlint.shell.syntax import PlaceholderSpan, parse
from ssmlint.source import Span

#: A text inside a text inside ... ends here.
MAX_NESTING = 4


class Relation(enum.Enum):
    """What a shell that reads a text knows of the script."""

    SCRIPT = "the script itself"
    SAME = "the same shell"
    """`eval`, `trap`: every variable and function."""
    INHERITED = "a child"
    """What is exported."""
    CLEAN = "a child with an environment of its own"
    """`sudo`, `env -i`: nothing, unless it is told."""
    FOREIGN = "a shell elsewhere"
    """A login shell, a container: names that the script does not have."""


#: Wrappers that hand their environment on as it is (each one's manual page).
_TRANSPARENT = """
    nohup env timeout nice ionice chrt taskset numactl cgexec setsid stdbuf time command
    builtin exec xargs unbuffer flock setpriv systemd-inhibit systemd-cat watch script su
    runuser sg gosu su-exec
"""
_TRANSPARENT_WRAPPERS = frozenset(_TRANSPARENT.split())
#: sudo(8), `env_reset`, which also takes functions out; systemd-run(1): a service has the
#: environment of the service manager.
_NEW_ENVIRONMENT = frozenset({"sudo", "doas", "systemd-run"})
_LOGIN = frozenset({"-", "-l", "--login", "-i"})
_CLEARS = frozenset({"-i", "-", "--ignore-environment"})
_SETTING = re.compile(r"(?:--setenv=)?([A-Za-z_]\w*)=|--setenv=([A-Za-z_]\w*)$")


@dataclass(eq=False)
class Unit:
    """One text that a shell reads.  Its nodes have spans of their own; `place` translates."""

    text: str
    index: Index
    relation: Relation
    span: Span
    """Where the text stands in the script (code points)."""
    start: int | None = 0
    """Offset of its first character in the script; None where it is written otherwise."""
    parent: Unit | None = None
    command: Command | None = None
    """The command, in `parent`, that hands the text over."""
    shell: str = "bash"
    given: frozenset[str] = frozenset()
    """Names that are put into its environment by name."""
    functions_pass: bool | None = True
    """Whether exported functions reach it (sudo takes them out); None where unknown."""
    whole: bool = True
    """Whether all of the text is known."""

    def place(self, span: Span) -> Span:
        """The span in the script of a span in this text."""
        if self.start is None:
            return self.span
        return Span(span.start + self.start, span.end + self.start)

    @property
    def is_child(self) -> bool:
        """Whether it is a shell of its own, on the same host, with a known environment."""
        return self.relation in (Relation.INHERITED, Relation.CLEAN)

    @property
    def shell_unit(self) -> Unit:
        """The unit whose shell reads this text: itself, save for `eval` and `trap`."""
        unit = self
        while unit.relation is Relation.SAME and unit.parent is not None:
            unit = unit.parent
        return unit


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """One simple command and what it runs."""

    command: Command
    unit: Unit
    invocation: Invocation

    @property
    def span(self) -> Span:
        """Where the command stands in the script."""
        return self.unit.place(self.command.span)


def uses_of(unit: Unit, constants: Constants) -> tuple[Use, ...]:
    """The simple commands of one text."""
    fed = _feeders(unit.index)
    return tuple(
        Use(command, unit, invocation_of(command, constants, fed.get(id(command))))
        for command in unit.index.of(Command)
        if command.words
    )


def _feeders(index: Index) -> dict[int, Command]:
    """For each command of a pipeline (by identity) the command in front of it."""
    found: dict[int, Command] = {}
    for pipeline in index.of(Pipeline):
        for left, right in itertools.pairwise(pipeline.commands):
            if isinstance(left, Command):
                found[id(right)] = left
    return found


def nested_units(uses: tuple[Use, ...], depth: int = 0) -> Iterator[Unit]:
    """The texts that commands hand to a shell."""
    if depth >= MAX_NESTING:
        return
    for use in uses:
        made = _trapped(use) or _evaluated(use) or _child(use)
        if made is not None:
            yield made


def _trapped(use: Use) -> Unit | None:
    words = use.command.words
    if use.command.name != "trap" or len(words) < 3:
        return None
    action = words[2] if words[1].literal == "--" and len(words) > 3 else words[1]
    text = text_of(action)
    if text in ("", "-", UNKNOWN):
        return None
    return _unit(use, Field(text, action.span, True), Relation.SAME)


def _evaluated(use: Use) -> Unit | None:
    script = use.invocation.script
    if use.command.name != "eval" or script is None or not script.known:
        return None
    return _unit(use, script, Relation.SAME)


def _child(use: Use) -> Unit | None:
    made = use.invocation
    if made.script is None or made.name == "eval":
        return None
    relation, functions = _relation(use)
    given = {assignment.name for assignment in use.command.assignments}
    texts = [word.literal or (word.parts[:1] and _head(word)) or "" for word in use.command.words]
    given.update(m[1] or m[2] for text in texts if (m := _SETTING.match(text)))
    given.update(b for a, b in itertools.pairwise(texts) if a in ("-E", "--setenv"))
    unit = _unit(use, made.script, relation)
    unit.shell = made.name or "sh"
    unit.given = frozenset(given)
    imports = unit.shell not in ("dash", "ash", "ksh", "zsh")
    unit.functions_pass = functions if imports else False
    return unit


def _head(word: Word) -> str:
    """The literal text that a word begins with."""
    first = word.parts[0]
    return first.text if isinstance(first, Literal) else ""


def _relation(use: Use) -> tuple[Relation, bool | None]:
    """What reaches the child: variables by the relation, functions by the flag."""
    made = use.invocation
    relation: Relation = Relation.INHERITED
    functions: bool | None = True
    arguments = {word.literal or "" for word in use.command.words[1:]}
    for wrapper in made.wrappers:
        if wrapper in _NEW_ENVIRONMENT:
            if arguments & {"-i", "--login"}:
                return Relation.FOREIGN, False
            preserves = any(a == "-E" or a.startswith("--preserve-env") for a in arguments)
            kept = preserves or (wrapper == "systemd-run" and "--scope" in arguments)
            relation = relation if kept else Relation.CLEAN
            functions = functions and wrapper == "systemd-run" and kept
        elif wrapper in ("su", "runuser") and arguments & _LOGIN:
            return Relation.FOREIGN, False
        elif wrapper == "env" and arguments & _CLEARS:
            relation, functions = Relation.CLEAN, False
        elif wrapper in ("at", "batch"):
            functions = None
        elif wrapper not in _TRANSPARENT_WRAPPERS:
            return Relation.FOREIGN, False
    if made.name in ("bash", "sh") and arguments & {"-l", "--login", "-lc", "-ic"}:
        return Relation.FOREIGN, False
    return relation, functions


def _unit(use: Use, field: Field, relation: Relation) -> Unit:
    outer = use.unit
    holes = [
        PlaceholderSpan(at, at + 1, "") for at, char in enumerate(field.text) if char == UNKNOWN
    ]
    index = Index(parse(field.text, holes).block)
    exact = locate(field.text, field.span, 0, len(field.text))
    start = None
    if outer.start is not None and outer.text[exact.start : exact.end] == field.text:
        start = outer.start + exact.start
    if outer.relation is Relation.FOREIGN and relation is not Relation.SAME:
        relation = Relation.FOREIGN
    return Unit(
        field.text,
        index,
        relation,
        outer.place(field.span),
        start,
        outer,
        use.command,
        functions_pass=True,
        whole=not holes,
    )
