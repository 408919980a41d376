"""tree-sitter-bash as a second opinion, and why it is not the first.

It is quick and survives anything, and on most published scripts it finds the commands
that we find.  But correct bash of the kinds below it refuses, or reads as something else
without saying so.
"""

from __future__ import annotations

import functools
from typing import Any

import pytest

from ssmlint.shell.statements import Command, walk_block
from ssmlint.shell.syntax import parse
from tests.ssmlint.shell.corpus import published_scripts
from tests.ssmlint.shell.oracle import needs_bash, objection

tree_sitter = pytest.importorskip("tree_sitter")
tree_sitter_bash = pytest.importorskip("tree_sitter_bash")

REFUSED = [
    'cmd 2>&1 <<<"$x"',
    "case $x in a) b ;;& esac",
    "cat <<A <<B\n1\nA\n2\nB\n",
    "if a <<E; then\nb\nE\n  c\nfi",
    "cat <<E; foo\nx\nE\nbar",
    "echo $((a); b)",
    "[[ $x == @(a|b c) ]]",
    "for x; { a; }",
]

MISREAD = [
    # A file name that ends in a variable and a hyphenated word becomes two statements.
    ("log=$dir/$name-pre_post.log", []),
    ("coproc N { a; }", ["a"]),
    ("time a", ["a"]),
    ("cat <<E\n`date`\nE\n", ["cat", "date"]),
    ("x=`echo \\`date\\``", ["echo", "date"]),
]


@functools.cache
def _parser() -> Any:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def _their_commands(script: str) -> list[str] | None:
    """The names of all commands in order; None where there is a syntax error."""
    data = script.encode()
    root = _parser().parse(data).root_node
    if root.has_error:
        return None
    names, nodes = [], [root]
    while nodes:
        node = nodes.pop()
        if node.type == "command_name":
            names.append((node.start_byte, data[node.start_byte : node.end_byte].decode()))
        nodes.extend(node.children)
    return [name for _, name in sorted(names)]


def _our_commands(script: str) -> list[str]:
    found = [
        node.words[0].span
        for node in walk_block(parse(script).block)
        if isinstance(node, Command) and node.words
    ]
    return [script[span.start : span.end] for span in sorted(found)]


def test_published_scripts_have_the_same_commands() -> None:
    different = 0
    for script in published_scripts():
        theirs = _their_commands(script.substituted)
        # To tree-sitter-bash these are commands as well; to us they are no `Command`.
        theirs = [name for name in theirs or [] if name not in ("test", "let")]
        different += theirs != _our_commands(script.substituted)
    # One has a file name of the kind that `MISREAD` begins with.
    assert different <= 1


@needs_bash
@pytest.mark.parametrize("script", [*REFUSED, *(script for script, _ in MISREAD)])
def test_these_are_correct_and_we_read_them(script: str) -> None:
    assert objection(script) == ""
    assert parse(script).errors == ()


@pytest.mark.parametrize("script", REFUSED)
def test_refused(script: str) -> None:
    assert _their_commands(script) is None


@pytest.mark.parametrize(("script", "commands"), MISREAD)
def test_misread(script: str, commands: list[str]) -> None:
    assert _our_commands(script) == commands
    assert _their_commands(script) != commands
