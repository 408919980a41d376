"""Whatever is given to the reader, it neither raises nor recurses without bound."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.shell.statements import Statement, Unknown, children, walk_block
from ssmlint.shell.syntax import MAX_HEIGHT, PlaceholderSpan, ShellSyntax, parse
from tests.ssmlint.shell.corpus import placeholders_of
from tests.ssmlint.shell.test_against_bash import EXAMPLES
from tests.ssmlint.shell.test_words_read import PLACEHOLDERS

NESTED = [
    *("(", "((", "$(", '"$(', "$((", "`", '"`', "${", "${a:-", "${a[", "a=(", "a[", "a[;", "<("),
    *("{ ", "if ", "if a; then ", "while ", "for x in ", "case a in b) ", "f() ", "f() { "),
    *("function f ", "coproc ", "time ", "! ", "[ ! ", "[[ ! ", "[[ ( ", "[ \\( ", "a && ", "a | "),
    *("[[ a && ", "cat <<A\n", "cat <<A ", "$[", "$'", '"', "'", "${x:-'", "\\\n", "@(", "))"),
    *(
        "fi\n",
        "if )\n",
        "a ) b\n",
        "((\n",
        "$(( \n",
        "`\\\\`",
        '"`\\"',
        "elif ",
        "[x]=1 ",
        "&",
        ";;",
    ),
]


@pytest.mark.parametrize("fragment", NESTED)
def test_repetition(fragment: str) -> None:
    for count in (60, 1500):
        _check(fragment * count)
        _check(f"shopt -s extglob\n{fragment * count}x{fragment * count}")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("( ", " )"),
        ("$(", ")"),
        ('"$(', ')"'),
        ("$((", "))"),
        ("if a; then ", "; fi"),
        ("f() { ", "; }"),
        ("{ ", "; }"),
        ("${x:-", "}"),
        ("case a in b) ", ";; esac"),
        ('x="$(a; if b; then ', '; fi)"'),
    ],
)
@pytest.mark.parametrize("depth", [1, 10, 30, 49, 50, 51, 100, 1000])
def test_balanced_nesting(opening: str, closing: str, depth: int) -> None:
    syntax = _check(opening * depth + "a" + closing * depth)
    if depth == 10:
        assert syntax.errors == ()
    if depth == 1000:
        assert any(isinstance(node, Unknown) for node in walk_block(syntax.block))


def test_a_long_chain_is_read_and_an_endless_one_is_not() -> None:
    assert not isinstance(_check("a && " * 100 + "a").block[0], Unknown)
    endless = "a && " * 1000 + "a"
    first, second = _check(f"{endless}\nb").block
    assert isinstance(first, Unknown)
    assert first.reason == "nested too deeply"
    assert not isinstance(second, Unknown)


def _check(script: str) -> ShellSyntax:
    syntax = parse(script, placeholders_of(script))
    for problem in (*syntax.errors, *syntax.warnings):
        assert 0 <= problem.span.start <= problem.span.end <= len(script)
    for statement in syntax.block:
        assert _height(statement) <= MAX_HEIGHT
    return syntax


def _height(statement: Statement) -> int:
    level, height = [statement], 0
    while level:
        level = [below for node in level for below in children(node)]
        height += 1
    return height


_FRAGMENTS = st.sampled_from(
    [
        *NESTED,
        *EXAMPLES,
        " ",
        "\n",
        ";",
        "fi",
        "done",
        "esac",
        "}",
        ")",
        "#",
        "<<E\n",
        "E\n",
        "é",
        "𝄞",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_FRAGMENTS, max_size=12).map("".join))
def test_fragments(script: str) -> None:
    _check(script)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab$({[<>\"'`\\ \n;|&!#=*)]}1\t\r\0\ue000\ue001", max_size=60))
def test_noise(script: str) -> None:
    _check(script)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(EXAMPLES), st.integers(0, 2**32))
def test_mutations(script: str, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        start, end = sorted(chance.randrange(len(script) + 1) for _ in range(2))
        insertion = chance.choice(["", script[start:end] * 2, chance.choice(NESTED)])
        script = script[:start] + insertion + script[min(end, start + 5) :]
    _check(script)


@given(
    st.text(max_size=20),
    st.lists(st.tuples(st.integers(-3, 25), st.integers(-3, 25), st.text(max_size=3)), max_size=4),
)
def test_any_placeholders(script: str, spans: list[tuple[int, int, str]]) -> None:
    parse(script, [PlaceholderSpan(*span) for span in spans])


def test_placeholders_everywhere() -> None:
    for example in [*EXAMPLES, *(script for script, _ in PLACEHOLDERS)]:
        for at in range(len(example)):
            _check(f"{example[:at]}{{{{ x }}}}{example[at:]}")
