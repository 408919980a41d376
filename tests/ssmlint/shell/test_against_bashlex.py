"""bashlex, a port of GNU bash's own grammar, reads the words of simple commands as we do."""

from __future__ import annotations

import pytest

from ssmlint.shell.statements import Command, Literal, Variable, Word, walk_block
from ssmlint.shell.syntax import parse
from ssmlint.source import Span
from tests.ssmlint.shell.bashlex_words import ReadWord, Role, read_words
from tests.ssmlint.shell.corpus import published_scripts

TRICKY = [
    "sudo -u postgres psql -c 'CHECKPOINT;'",
    "mysql -e \"FLUSH TABLES WITH READ LOCK; SELECT '$x'\"",
    'docker exec "$name" sh -c \'fsfreeze -f "$1"\' -- /data',
    "a'b'\"c\"d",
    "a\\ b \\\\ \\' \\\" \\$x",
    'echo "a\\$b \\\\ \\" c"',
    "echo 'a\\n' ''",
    'echo "" a""b',
    'echo $x ${x} ${x:-d e} "${x}"',
    'echo $(a "b c") "$(d "e")"',
    'echo `a b` "`c d`"',
    "find . -name '*.log' -exec rm {} \\;",
    "echo {a,b} ~/x *.txt [a-z]? !x",
    "x=1 y='2 3' cmd a=b",
    "cmd >f 2>&1 </dev/null",
    "cmd &>f",
    "cmd 2>>log <<<word",
    "cat <(a b) c",
    "echo if then fi",
    "echo a#b",
    "echo a \\\n  b",
    "echo 'a\nb'",
    "env -i A=1 cmd",
    "/usr/bin/x --y=z -- -",
    "echo $1 $@ $# $? $$ $!",
    "export",
    "awk '{print $1}' f",
    "sed -e 's/a/b/' -e \"s/$x/y/\"",
]

#: What bashlex reads differently, and why bash is with us.
BASHLEX_IS_WRONG = {
    # A backslash in double quotes is removed in front of any character, not only of $`"\.
    r'echo "a\n"': r"echo a\n",
    # A double quote inside single quotes is taken for the start of a string.
    """jq -r 'select(.a=="'$x'")'""": """jq -r select(.a=="$x")""",
}


def _argv(script: str, command: Command) -> list[str]:
    return [_text(script, word) for word in command.words]


def _text(script: str, word: Word) -> str:
    return "".join(
        part.text if isinstance(part, Literal) else script[part.span.start : part.span.end]
        for part in word.parts
    )


def _simple_commands(script: str) -> list[Command]:
    return [
        node
        for node in walk_block(parse(script).block)
        if isinstance(node, Command)
        and not any(redirect.operator.startswith("<<-") for redirect in node.redirects)
        and not any(redirect.operator == "<<" for redirect in node.redirects)
    ]


def _arguments(words: tuple[ReadWord, ...]) -> list[str]:
    return [word.text for word in words if word.role is Role.ARGUMENT]


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_commands(text: str) -> None:
    (statement,) = parse(text).block
    theirs = read_words(text)
    assert theirs is not None
    if isinstance(statement, Command):
        assert _argv(text, statement) == _arguments(theirs)


@pytest.mark.parametrize(("text", "right"), BASHLEX_IS_WRONG.items())
def test_known_differences(text: str, right: str) -> None:
    (statement,) = parse(text).block
    theirs = read_words(text)
    assert isinstance(statement, Command)
    assert theirs is not None
    assert " ".join(_argv(text, statement)) == right
    assert " ".join(_arguments(theirs)) != right


def test_published_commands() -> None:
    different = []
    for script in published_scripts():
        text = script.substituted
        for command in _simple_commands(text):
            written = text[command.span.start : command.span.end]
            theirs = read_words(written)
            if theirs is not None and _arguments(theirs) != _argv(text, command):
                different.append(written)
    # `jq` programs with a quoted variable, as in `BASHLEX_IS_WRONG`.
    assert all("=='" in text or "==\"'$" in text for text in different), different


def test_words_know_their_role_and_their_expansions() -> None:
    text = 'A=1 cmd "x $y" 2>log'
    words = read_words(text)
    assert words is not None
    assert [(word.role, word.text, word.operator) for word in words] == [
        (Role.ASSIGNMENT, "A=1", ""),
        (Role.ARGUMENT, "cmd", ""),
        (Role.ARGUMENT, "x $y", ""),
        (Role.REDIRECTION, "log", ">"),
    ]
    assert words[2].expansions == (Span(text.index("$"), text.index("$") + 2),)


def test_expansions_stand_where_we_see_them() -> None:
    text = 'echo "a $b ${c}" $d'
    theirs = read_words(text)
    assert theirs is not None
    ours = [node.span for node in walk_block(parse(text).block) if isinstance(node, Variable)]
    assert [span for word in theirs for span in word.expansions] == ours


@pytest.mark.parametrize(
    "text",
    ["[[ a == b ]]", "a=(1 2)", "echo $((1 + 2))", "a | b", "a; b", "a 'b", "", "a" * 20_000],
)
def test_what_bashlex_cannot_read_as_one_command(text: str) -> None:
    assert read_words(text) is None
