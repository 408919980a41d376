"""Whatever a scalar is written as: what is read back is the text with the change."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.editing import edited
from ssmlint.files import parse
from ssmlint.rewriting import in_scalar
from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.tree import Mapping, Scalar, plain, walk
from tests.ssmlint.test_sourcemap_properties import (
    AROUND_BLOCK,
    AROUND_FLOW,
    AROUND_IN_FLOW,
    lines,
    printable,
    randoms,
    texts,
)
from tests.ssmlint.writing import (
    Block,
    Flow,
    Part,
    double_escapes,
    file_of,
    no_escapes,
    single_escapes,
    text_of,
    write_json,
)

#: What fixes put into scripts: quotes, expansions, words, lines.
news = st.one_of(
    st.sampled_from(['"', "'", "\\", "${", "}", " || exit", "{{ command }}", "x: y", " # c", "- "]),
    st.sampled_from(
        ["", "word", "export ", "#!/bin/bash\n", "a\n  b\n", "\n", "\t", "é😀", "0", "~"]
    ),
    st.text(st.sampled_from("ab \"'\\$:#{},[]-\n|>&*!%@`"), max_size=5),
)


@st.composite
def changes_of(draw: st.DrawFn, size: int) -> list[Edit]:
    """A few changes of a text of so many characters that are apart from each other."""
    places = sorted(draw(st.lists(st.integers(0, size), max_size=6, unique=True)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    found = [Edit(Span(a, draw(st.sampled_from([a, b]))), draw(news)) for a, b in pairs]
    return found or [Edit(Span(size, size), draw(news))]


def check(text: str, start: int, data: st.DataObject, *, must: bool = False) -> None:
    """Change the scalar at an offset, and read it back; the rest of the data stays."""
    source = Source("example.yaml", text)
    tree = parse(source)
    assert not tree.broken
    scalar = next(
        node
        for root in tree.roots
        for node in walk(root)
        if isinstance(node, Scalar) and node.span.start == start
    )
    changes = data.draw(changes_of(len(scalar.text)))
    edits = in_scalar(source, scalar, changes)
    assert edits is not None or not must
    if edits is None:
        return
    after = parse(Source("example.yaml", edited(text, edits)))
    assert not after.broken, after.source.text
    expected = edited(scalar.text, changes)
    scalar_data, scalar.text, scalar.value = scalar.text, expected, expected
    assert [plain(root) for root in after.roots] == [plain(root) for root in tree.roots]
    assert scalar_data is not None


@pytest.mark.parametrize("around", [*AROUND_FLOW, *AROUND_IN_FLOW])
@given(text=texts, random=randoms, data=st.data())
@settings(deadline=None, max_examples=20)
def test_double_quoted(
    around: tuple[str, str], text: str, random: Random, data: st.DataObject
) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char not in '"\\'

    flow = Flow(random, double_escapes, raw, '"', margin=5)
    check_flow(around, flow.write(text), data)


@pytest.mark.parametrize("around", [*AROUND_FLOW, *AROUND_IN_FLOW])
@given(text=texts, random=randoms, data=st.data())
@settings(deadline=None, max_examples=20)
def test_single_quoted(
    around: tuple[str, str], text: str, random: Random, data: st.DataObject
) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char != "'"

    flow = Flow(random, single_escapes, raw, "'", margin=5)
    check_flow(around, flow.write(text), data)


@pytest.mark.parametrize("around", [*AROUND_FLOW, *AROUND_IN_FLOW[:3]])
@pytest.mark.parametrize("one_line", [True, False])
@given(text=texts, random=randoms, data=st.data())
@settings(deadline=None, max_examples=20)
def test_plain(
    around: tuple[str, str], one_line: bool, text: str, random: Random, data: st.DataObject
) -> None:
    def raw(char: str) -> bool:
        return printable(char) and char not in "#:,[]{}?"

    flow = Flow(random, no_escapes, raw, "", margin=5, one_line=one_line)
    check_flow(around, flow.write(f"a{text}z"), data)


def check_flow(around: tuple[str, str], parts: list[Part], data: st.DataObject) -> None:
    check(around[0] + file_of(parts) + around[1], len(around[0]), data)


@given(text=texts, random=randoms, data=st.data())
@settings(deadline=None, max_examples=30)
def test_json(text: str, random: Random, data: st.DataObject) -> None:
    parts = write_json(text, random)
    source = f'{{"k": {file_of(parts)}, "next": 1}}'
    check(source, len('{"k": '), data, must=True)


@pytest.mark.parametrize("folded", [False, True], ids=["literal", "folded"])
@pytest.mark.parametrize("around", AROUND_BLOCK)
@given(
    lines=lines,
    random=randoms,
    chomping=st.sampled_from(["", "+", "-"]),
    depth=st.integers(1, 9),
    line_break=st.sampled_from(["\n", "\r\n"]),
    data=st.data(),
)
@settings(deadline=None, max_examples=30)
def test_block(
    folded: bool,
    around: tuple[str, str, int],
    lines: list[str],
    random: Random,
    chomping: str,
    depth: int,
    line_break: str,
    data: st.DataObject,
) -> None:
    before, after, parent = around
    block = Block(random, folded, chomping, parent, parent + depth, line_break, ends_file=not after)
    parts = block.write(lines)
    check(before + file_of(parts) + after, len(before), data)
    assert text_of(parts) is not None


def test_what_is_drawn_up_to_an_empty_line_gets_its_margin() -> None:
    source = Source("x.yaml", "k: |1\n\n 0\n 00\nnext: 1\n")
    root = parse(source).roots[0]
    assert isinstance(root, Mapping)
    scalar = root.get("k")
    assert isinstance(scalar, Scalar)
    edits = in_scalar(source, scalar, [Edit(Span(0, 4), "")])
    assert edits is not None
    assert edited(source.text, edits) == "k: |1\n 0\nnext: 1\n"
