"""Whatever is written, in whatever style: the map knows where each character went."""

from __future__ import annotations

import itertools
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.json_tree import parse_json
from ssmlint.source import Source, Span, decode
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar, Tree, walk
from ssmlint.yaml_tree import parse_yaml
from tests.ssmlint.writing import (
    Block,
    Flow,
    Part,
    double_escapes,
    file_of,
    no_escapes,
    places,
    single_escapes,
    text_of,
    write_json,
)

SHARED = Path(__file__).parents[3] / "shared"

line_breaks = st.sampled_from(["\n", "\n", "\r\n", "\r", "\x85"])
randoms = st.randoms(use_true_random=False)
anything = st.characters(exclude_categories=["Cs"])
#: What the styles treat in a way of their own, more often than chance would have it.
special = st.sampled_from(" \t\n'\"\\#:-|>{}/é😀\ufeff\xa0\x85\u2028\u2029\x7f\0")
texts = st.text(st.one_of(special, anything, st.sampled_from("ab ")), max_size=30)
lines = st.lists(
    st.text(
        st.one_of(anything, st.sampled_from(" \t#:-ab😀'\"")).filter(lambda char: printable(char)),
        max_size=8,
    ),
    max_size=8,
)


def printable(char: str) -> bool:
    """Whether a character other than a line break may stand in YAML."""
    code = ord(char)
    return (
        char == "\t"
        or 0x20 <= code < 0x7F
        or (code > 0x9F and code not in (0x2028, 0x2029, 0xFFFE, 0xFFFF))
    )


def check(tree: Tree, start: int, parts: list[Part]) -> None:
    """The scalar that was written at `start` is there, and its map is true."""
    assert not tree.broken, tree.problems
    found = [
        node
        for root in tree.roots
        for node in walk(root)
        if isinstance(node, Scalar) and node.span.start == start
    ]
    (scalar,) = found
    assert scalar.text == text_of(parts)
    mapping = source_map(tree.source, scalar)
    expected = places(parts, start)
    assert mapping.exact
    assert [mapping.span(at, at + 1) for at in range(len(expected))] == expected
    for at, place in enumerate(expected):
        assert mapping.offset(at) == place.start
        assert {mapping.index(offset) for offset in range(place.start, place.end)} == {at}
        assert mapping.span(at, at) == Span(place.start, place.start)
        for end in range(at, len(expected)):
            assert mapping.span(at, end + 1) == Span(place.start, expected[end].end)
    if expected:
        assert mapping.offset(len(expected)) == expected[-1].end
        assert mapping.index(expected[-1].end) is None
        for before, after in itertools.pairwise(expected):
            between = range(before.end, after.start)
            assert {mapping.index(offset) for offset in between} <= {expected.index(after)}


#: What stands before a flow scalar and what behind it.
AROUND_FLOW = [
    ("", "\n"),
    ("é: ", "\nnext: 1"),
    ("a:\n  - - ", "\n    - b"),
    ("k: &a !t # 😀\n  ", "\nnext: 1"),
    ("- !<tag:a,b> ", "\n- b"),
    ("? ", "\n: b"),
]
AROUND_IN_FLOW = [
    ("[x, ", " , y]"),
    ("k: {a: &b ", "}"),
    ("{? ", " : v}"),
    ("{q: aws:x, k: ", "}"),
]
AROUND_KEY = [("", ": v"), ("a:\n  &k ", " : v\n  next: 1"), ("{", ": v}"), ("- ", ":\n  - v")]


@pytest.mark.parametrize("around", [*AROUND_FLOW, *AROUND_IN_FLOW])
@given(text=texts, random=randoms, line_break=line_breaks)
@settings(deadline=None, max_examples=60)
def test_double_quoted(around: tuple[str, str], text: str, random: Random, line_break: str) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char not in '"\\'

    flow = Flow(random, double_escapes, raw, '"', line_break, margin=5)
    check_yaml(around, flow.write(text), line_break)


@pytest.mark.parametrize("around", [*AROUND_FLOW, *AROUND_IN_FLOW])
@given(text=texts, random=randoms, line_break=line_breaks)
@settings(deadline=None, max_examples=60)
def test_single_quoted(around: tuple[str, str], text: str, random: Random, line_break: str) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char != "'"

    flow = Flow(random, single_escapes, raw, "'", line_break, margin=5)
    check_yaml(around, flow.write(text), line_break)


@pytest.mark.parametrize("around", AROUND_FLOW)
@given(text=texts, random=randoms, line_break=line_breaks)
@settings(deadline=None, max_examples=60)
def test_plain(around: tuple[str, str], text: str, random: Random, line_break: str) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char not in "#:"

    flow = Flow(random, no_escapes, raw, "", line_break, margin=5)
    check_yaml(around, flow.write(f"a{text}z"), line_break)


@pytest.mark.parametrize("around", AROUND_IN_FLOW[:3])
@given(text=texts, random=randoms, line_break=line_breaks)
@settings(deadline=None, max_examples=60)
def test_plain_in_flow(around: tuple[str, str], text: str, random: Random, line_break: str) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char not in "#:,[]{}?"

    flow = Flow(random, no_escapes, raw, "", line_break)
    check_yaml(around, flow.write(f"a{text}z"), line_break)


@pytest.mark.parametrize("around", AROUND_KEY)
@given(text=texts, random=randoms, quote=st.sampled_from(["", "'", '"']))
@settings(deadline=None, max_examples=60)
def test_keys(around: tuple[str, str], text: str, random: Random, quote: str) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char not in "'\"\\#:,[]{}?"

    escapes = {"": no_escapes, "'": single_escapes, '"': double_escapes}[quote]
    flow = Flow(random, escapes, raw, quote, one_line=True)
    check_yaml(around, flow.write(text if quote else f"a{text}z"), "\n")


def check_yaml(around: tuple[str, str], parts: list[Part], line_break: str) -> None:
    before, after = (part.replace("\n", line_break) for part in around)
    tree = parse_yaml(Source("example", before + file_of(parts) + after))
    check(tree, len(before), parts)


#: What stands before a block scalar and behind it, and the column of its parent.
AROUND_BLOCK = [
    ("k: ", "next: 1", 0),
    ("k: &a !t # 😀\n  ", "# end\nnext: 1", 0),
    ("- ", "- b", 0),
    ("a:\n  - - ", "    - b", 4),
    ("- 😀: 1\n  k: ", "  # end\n  next: 1", 2),
    ("? ", ": v", 0),
    ("--- ", "...\n", 0),
    ("k: ", "", 0),
    ("--- !t ", "", 0),
]


@pytest.mark.parametrize("folded", [False, True], ids=["literal", "folded"])
@pytest.mark.parametrize("around", AROUND_BLOCK)
@given(
    lines=lines,
    random=randoms,
    chomping=st.sampled_from(["", "+", "-"]),
    depth=st.integers(1, 9),
    comment=st.sampled_from(["", "  ", " # é😀"]),
    line_break=line_breaks,
)
@settings(deadline=None, max_examples=60)
def test_block(
    folded: bool,
    around: tuple[str, str, int],
    lines: list[str],
    random: Random,
    chomping: str,
    depth: int,
    comment: str,
    line_break: str,
) -> None:
    before, after, parent = around
    block = Block(
        random, folded, chomping, parent, parent + depth, line_break, comment, ends_file=not after
    )
    parts = block.write(lines)
    check_yaml((before, after), parts, line_break)


@pytest.mark.parametrize("around", [("", ""), ('{"é": [1, ', "]}"), ("{", ': "v"}')])
@given(text=st.text(st.one_of(special, st.characters()), max_size=30), random=randoms)
@settings(deadline=None, max_examples=100)
def test_json(around: tuple[str, str], text: str, random: Random) -> None:
    before, after = around
    parts = write_json(text, random)
    tree = parse_json(Source("example", before + file_of(parts) + after))
    check(tree, len(before), parts)


soup = st.lists(
    st.sampled_from(
        [*" \n\r\t'\"\\|>+-2ab:#&!{}[],é😀\x85\u2028", "\n  ", "k: ", "- ", "|\n  ", "\\x41"]
    ),
    max_size=30,
)


@given(
    before=st.sampled_from(["", "k: ", "k: |\n  ", "k: >\n  ", 'k: "', "{q: a:b, k: '"]), body=soup
)
@settings(deadline=None, max_examples=500)
def test_whatever_yaml_can_be_read_can_be_followed(before: str, body: list[str]) -> None:
    source = Source("example", before + "".join(body))
    check_exact(parse_yaml(source))


def check_exact(tree: Tree) -> None:
    for root in tree.roots:
        for scalar in walk(root):
            if isinstance(scalar, Scalar):
                mapping = source_map(tree.source, scalar)
                assert mapping.exact, (scalar, tree.source.at(scalar.span))
                size = len(scalar.text)
                assert [mapping.index(mapping.offset(at)) for at in range(size)] == [*range(size)]


@pytest.mark.parametrize("folder", ["samples", "corpus"])
def test_real_documents_can_be_followed(folder: str) -> None:
    files = [
        path
        for path in sorted((SHARED / folder).rglob("*"))
        if path.suffix in (".yaml", ".yml", ".json")
    ]
    if not files:
        pytest.skip(f"no {folder} beside the repository")
    for path in files:
        source = decode(path.read_bytes(), str(path))
        check_exact(parse_json(source) if path.suffix == ".json" else parse_yaml(source))
