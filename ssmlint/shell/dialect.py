"""What in a script only bash understands: dash, which is `sh` on Debian and Ubuntu, does not.

Source of the facts: dash(1), the POSIX shell grammar, and dash 0.5.12 run on each construct.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.index import Index
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Arithmetic,
    ArithmeticCommand,
    ArithmeticFor,
    ArrayValue,
    Assignment,
    CaseItem,
    Command,
    Coprocess,
    Declaration,
    For,
    Function,
    Literal,
    ProcessSubstitution,
    Redirect,
    Test,
    TestBinary,
    Variable,
    Word,
)
from ssmlint.source import Span

_BUILTINS = frozenset(
    {"source", "shopt", "mapfile", "readarray", "pushd", "popd", "disown", "complete", "caller"}
)
_BRACES = re.compile(r"\{[^{}\s,]*(?:\.\.[^{}\s,]+|,[^{}\s]*)\}")
_CONDITIONS = frozenset({"ERR", "DEBUG", "RETURN"})
_ARITHMETIC = re.compile(r"\+\+|--(?=\s*[A-Za-z_]|\s*$)|\*\*")
_OPERATORS = frozenset({"/", "//", "/#", "/%", "^", "^^", ",", ",,", "@", ":"})
_ONLY_BASH_SETS = frozenset({"BASH_SOURCE", "EUID", "FUNCNAME", "OSTYPE", "PIPESTATUS", "UID"})


@dataclass(frozen=True, slots=True)
class Bashism:
    """One construct that needs bash; `span` is in the script (code points)."""

    span: Span
    what: str


def bashisms(script: ShellScript) -> tuple[Bashism, ...]:
    """The constructs that need bash, in order; not those inside texts for other shells.

    None are told where the script itself asks whether bash runs it.
    """
    if any(read.name == "BASH_VERSION" for read in script.reads):
        return ()
    own = {write.name for write in script.writes}
    found = [b for node in script.index.nodes for b in _in_node(script, node, own)]
    return tuple(sorted(found, key=lambda item: item.span))


def _in_node(script: ShellScript, node: Any, own: set[str]) -> Iterator[Bashism]:
    match node:
        case Test(bracket="[["):
            yield Bashism(Span(node.span.start, node.span.start + 2), "`[[ ... ]]`")
        case TestBinary(operator="=="):
            test = script.index.enclosing(node, Test)
            if test is not None and test.bracket != "[[":
                yield Bashism(node.span, "`==` in `[ ... ]`")
        case ArrayValue():
            yield Bashism(node.span, "an array")
        case Assignment(subscript=str()):
            yield Bashism(node.span, "an array")
        case Assignment(append=True):
            yield Bashism(node.span, "`+=`")
        case Variable():
            yield from _in_variable(node, own)
        case ProcessSubstitution(direction=direction):
            yield Bashism(node.span, f"`{direction}(...)`")
        case Redirect():
            yield from _in_redirect(script, node)
        case ArithmeticCommand() | ArithmeticFor():
            yield Bashism(node.span, "`((...))`" if _starts(script, node, "((") else "`let`")
        case Coprocess():
            yield Bashism(node.span, "`coproc`")
        case Function() if _starts(script, node, "function"):
            yield Bashism(Span(node.span.start, node.span.start + 8), "`function`")
        case For() if _starts(script, node, "select"):
            yield Bashism(node.span, "`select`")
        case CaseItem(terminator=";&" | ";;&"):
            yield Bashism(node.span, f"`{node.terminator}`")
        case Arithmetic():
            yield from _in_arithmetic(script, node)
        case Declaration() | Command():
            yield from _in_command(node)
        case Literal():
            yield from _in_literal(script, node)


def _starts(script: ShellScript, node: Any, text: str) -> bool:
    return script.script.text.startswith(text, node.span.start)


def _in_variable(node: Variable, own: set[str]) -> Iterator[Bashism]:
    if node.subscript is not None:
        yield Bashism(node.span, "an array")
    elif node.indirect:
        yield Bashism(node.span, "`${!name}`")
    elif node.operator in _OPERATORS:
        yield Bashism(node.span, f"`${{name{node.operator}...}}`")
    elif node.name in _ONLY_BASH_SETS and node.name not in own and node.operator == "":
        yield Bashism(node.span, f"`${node.name}`")


def _in_redirect(script: ShellScript, node: Redirect) -> Iterator[Bashism]:
    target = node.target.literal if node.target else None
    if node.operator in ("<<<", "&>", "&>>"):
        yield Bashism(node.span, f"`{node.operator}`")
    elif node.operator == ">&" and _starts(script, node, "|&"):
        yield Bashism(node.span, "`|&`")
    elif node.operator == ">&" and target and not re.fullmatch(r"\d+-?|-", target):
        yield Bashism(node.span, "`>&` with a file")
    elif node.variable is not None:
        yield Bashism(node.span, "`{name}>`")


def _in_arithmetic(script: ShellScript, node: Arithmetic) -> Iterator[Bashism]:
    if isinstance(script.index.parent(node), (ArithmeticCommand, ArithmeticFor)):
        return
    operator = _ARITHMETIC.search(node.text)
    if _starts(script, node, "$["):
        yield Bashism(node.span, "`$[...]`")
    elif _starts(script, node, "$((") and operator:
        yield Bashism(node.span, f"`{operator[0]}` in `$((...))`")


def _in_command(node: Command | Declaration) -> Iterator[Bashism]:
    if isinstance(node, Declaration):
        functions = any("f" in option for option in node.options)
        if node.keyword in ("declare", "typeset") or (node.keyword == "export" and functions):
            yield Bashism(node.span, f"`{node.keyword}{' -f' if functions else ''}`")
        return
    words = [word.literal or "" for word in node.words]
    what = _builtin_form(words) if words else None
    if what:
        yield Bashism(node.span, f"`{what}`")


def _builtin_form(words: list[str]) -> str | None:
    """The form of a builtin that only bash has."""
    name, options = words[0], [word for word in words[1:] if word.startswith("-")]
    if name in _BUILTINS:
        return name
    match name:
        case "set" if {"pipefail", "errtrace"} & set(words):
            return " ".join(words[:3])
        case "trap":
            conditions = [w for w in words[2:] if w in _CONDITIONS or w.startswith("SIG")]
            return f"trap ... {conditions[0]}" if conditions else None
        case "kill" if any(option.startswith("-SIG") for option in options):
            return f"kill {options[0]}"
        case "printf" if "-v" in words[1:2] or any("%q" in word for word in words[1:2]):
            return "printf -v" if "-v" in words[1:2] else "printf %q"
        case "read" if any(set(option[1:]) - set("rp") for option in options):
            return f"read {options[-1]}"
        case "wait" if "-n" in options:
            return "wait -n"
    return None


def _in_literal(script: ShellScript, node: Literal) -> Iterator[Bashism]:
    opening = script.script.text[max(0, node.span.start - 2) : node.span.start]
    if node.quoted and opening in ("$'", '$"'):
        yield Bashism(node.span, f"`{opening}...{opening[1]}`")
    braces = None if node.quoted else _BRACES.search(node.text)
    if braces is not None and _expands(script.index, node):
        yield Bashism(node.span, f"`{braces[0]}`")


def _expands(index: Index, node: Literal) -> bool:
    """Whether braces are expanded here: in the words of a command or of a `for`."""
    word = index.parent(node)
    above = index.parent(word) if isinstance(word, Word) else None
    if isinstance(above, Command):
        return word in above.words
    return isinstance(above, (For, ArrayValue))
