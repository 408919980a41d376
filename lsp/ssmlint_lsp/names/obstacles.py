"""Why a name of a script can not be changed without changing what the script does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.shell.constants import text_of
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.namerefs import targets_of
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    ArrayValue,
    Assignment,
    CaseItem,
    Command,
    Declaration,
    For,
    Literal,
    TestBinary,
    Unknown,
    Variable,
    Word,
)
from ssmlint.shell.units import Relation
from ssmlint.shell.variables import Way
from ssmlint.source import Span
from ssmlint_lsp.names.calls import runs_unknown
from ssmlint_lsp.names.mentions import Mention
from ssmlint_lsp.names.types import Obstacle


def variable_obstacle(
    shell: ShellScript, name: str, mentions: Iterable[Mention]
) -> Obstacle | None:
    """Why a variable can not be renamed, None where it can."""
    written = [w for w in shell.writes_by_name.get(name, ()) if w.way is not Way.FOR_ONE_COMMAND]
    if name in shell.provided or (may_be_given(name) and (not written or name.isupper())):
        return Obstacle(f"`{name}` comes from, or means something to, the environment")
    passed = next(_passed_on(shell, name, mentions), None)
    if passed is not None:
        return Obstacle(f"programs that the script starts may read `{name}`", passed)
    return _general(shell)


def _passed_on(shell: ShellScript, name: str, mentions: Iterable[Mention]) -> Iterator[Span]:
    """Where the variable is put into the environment of other programs."""
    for mention in mentions:
        node, index = mention.node, mention.unit.index
        if not isinstance(node, Assignment):
            continue
        parent = index.parent(node)
        if isinstance(parent, Declaration):
            options = "".join(o for o in parent.options if o.startswith("-"))
            exports = parent.keyword == "export" and "n" not in options
            if exports or ("x" in options and parent.keyword in ("declare", "typeset", "local")):
                yield shell.place(mention.unit.place(node.name_span))
        elif isinstance(parent, Command) and parent.words:
            yield shell.place(mention.unit.place(node.name_span))


def function_obstacle(shell: ShellScript, name: str) -> Obstacle | None:
    """Why a function can not be renamed, None where it can."""
    return next(_said(shell, name), None) or _general(shell)


def _said(shell: ShellScript, name: str) -> Iterator[Obstacle]:
    """Places where the name may be text, or a call by way of a variable."""
    handed = [
        word
        for unit in shell.units
        for command in unit.index.of(Command)
        if command.name in shell.functions
        for word in command.words[1:]
        if word.literal == name
    ]
    dispatches = any(runs_unknown(c) for unit in shell.units for c in unit.index.of(Command))
    for unit in shell.units:
        for node in unit.index.nodes:
            words = _compared(node) if handed else ()
            kept = _kept(node) if dispatches else ()
            for word in (*words, *kept):
                if word.literal == name:
                    place = shell.place(unit.place(word.span))
                    yield Obstacle(f"`{name}` is also a text here, perhaps to be called by", place)


def _compared(node: object) -> tuple[Word, ...]:
    match node:
        case CaseItem(patterns=patterns):
            return patterns
        case TestBinary(left=left, right=right):
            return (left, right)
    return ()


def _kept(node: object) -> tuple[Word, ...]:
    match node:
        case Assignment(value=Word() as value):
            return (value,)
        case ArrayValue(words=words):
            return words
        case For(words=words):
            return words or ()
    return ()


def _general(shell: ShellScript) -> Obstacle | None:
    """What may speak of any name of the script."""
    if shell.syntax.errors:
        error = shell.syntax.errors[0]
        return Obstacle("the script has a syntax error", shell.place(error.span))
    return next(_dark(shell), None)


def _dark(shell: ShellScript) -> Iterator[Obstacle]:
    for unit in shell.units:
        if unit.relation is Relation.FOREIGN:
            continue
        if unit.relation is Relation.SAME and not unit.whole:
            yield Obstacle("a part of this text is not known, and it may say any name", unit.span)
        if targets_of(unit.index).unknown:
            yield Obstacle("a nameref in the script may stand for any variable")
        for node in unit.index.nodes:
            why = _dark_node(shell, node)
            if why:
                yield Obstacle(why, shell.place(unit.place(node.span)))


def _dark_node(shell: ShellScript, node: object) -> str:
    match node:
        case Unknown(reason=reason):
            return f"this can not be followed: {reason}"
        case Variable(indirect=True, operator=operator) if operator not in ("*", "@"):
            return "this reads a variable whose name is not known"
        case Declaration(keyword=keyword, words=words) if keyword != "unset":
            if any(UNKNOWN in text_of(word, shell.constants) for word in words):
                return "this declares a variable whose name is not known"
        case Command(words=words) if words and _head(words) == "eval":
            if any(UNKNOWN in text_of(word, shell.constants) for word in words):
                return "what `eval` runs here is not known"
        case Command(words=words) if words and _head(words) in ("read", "printf", "mapfile"):
            return _dark_target(shell, words)
    return ""


def _head(words: tuple[Word, ...]) -> str:
    names = (word.literal or "" for word in words)
    return next((name for name in names if name not in ("builtin", "command")), "")


def _dark_target(shell: ShellScript, words: tuple[Word, ...]) -> str:
    """Whether `read "$name"` or `printf -v "$name"` sets what is not known."""
    head = _head(words)
    targets = words[1:]
    if head == "printf":
        at = next((n for n, word in enumerate(words) if word.literal == "-v"), None)
        targets = words[at + 1 : at + 2] if at is not None else ()
    elif head == "read":
        # The value of `-p "$prompt"` and the like names nothing.
        targets = tuple(w for n, w in enumerate(words[1:], 1) if not _is_option(words[n - 1]))
    else:
        targets = words[-1:]
    unknown = any(
        UNKNOWN in text_of(word, shell.constants) and not isinstance(word.parts[0], Literal)
        for word in targets
    )
    return f"this `{head}` sets a variable whose name is not known" if unknown else ""


def _is_option(word: Word) -> bool:
    text = word.literal or ""
    return text.startswith("-") and text[-1:] in "dinNptu"
