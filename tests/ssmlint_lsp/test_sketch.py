"""The sketch is the tree where there is one, and something sensible where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.engine import read
from ssmlint.source import Source
from ssmlint.tree import Mapping, Node, Sequence, Style
from ssmlint_lsp.completing.sketch import sketch
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.test_navigating import POLICY
from tests.ssmlint_lsp.writing import FORMS, SCRIPT

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("fixtures", "ssmlint/templates")
    for ending in ("yaml", "json")
    for path in (ROOT / folder).rglob(f"*.{ending}")
)


def shape(node: Node | None) -> Any:
    """Keys, items and the scalars that are written as they are read."""
    match node:
        case None:
            return None
        case Mapping():
            return {entry.key.text: shape(entry.value) for entry in node.entries}
        case Sequence():
            return [shape(item) for item in node.items]
    is_block = node.style in (Style.LITERAL, Style.FOLDED)
    return "..." if is_block or set(node.text) & set("\n\\'") else node.text


def same(real: Any, drawn: Any) -> bool:
    """Whether two shapes are the same, texts of several lines or with escapes aside."""
    if isinstance(real, dict) and isinstance(drawn, dict):
        return list(real) == list(drawn) and all(same(real[key], drawn[key]) for key in real)
    if isinstance(real, list) and isinstance(drawn, list):
        return len(real) == len(drawn) and all(map(same, real, drawn))
    return bool(real == drawn) or "..." in (real, drawn)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_that_can_be_read_are_drawn_as_they_are(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    file = read(Source(str(path), text))
    if file.tree.broken or len(file.tree.roots) != 1:
        pytest.skip("can not be read")
    assert same(shape(file.tree.roots[0]), shape(sketch(text)))


@pytest.mark.parametrize("text", [*(write(SCRIPT) for write in FORMS.values()), AUTOMATION, POLICY])
def test_the_forms_are_drawn_as_they_are(text: str) -> None:
    file = read(Source("a.json" if text[0] == "{" else "a.yaml", text))
    assert same(shape(file.tree.roots[0]), shape(sketch(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  b", {"a": "b"}),
        ("a:\n  b: 1\n  c", {"a": {"b": "1", "c": ""}}),
        ("a:\n  c\n  b: 1", {"a": {"c": "", "b": "1"}}),
        ("- a: 1\n  b\n- c: 2", [{"a": "1", "b": ""}, {"c": "2"}]),
        ("a: [1, {b: 2\nc: 3", {"a": ["1", {"b": "2"}], "c": "3"}),
        ("a: {b: [\n  1,\nc: 3", {"a": {"b": ["1"]}, "c": "3"}),
        ('a: "open\nb: 1', {"a": "open", "b": "1"}),
        ("a:\n    b: 1\n  c: 2", {"a": {"b": "1", "c": "2"}}),
        ("a: 1\n   b: 2\nc: 3", {"a": "1", "b": "2", "c": "3"}),
        ("a:\n- 1\n- b: 2\nc: 3", {"a": ["1", {"b": "2"}], "c": "3"}),
        ("a: |\n  x: 1\n  y\nb: 2", {"a": "...", "b": "2"}),
        ("a: !t &x 1\nb: *x", {"a": "1", "b": "*x"}),
        ("a: 1 # c\n# d\nb: x#y", {"a": "1", "b": "x#y"}),
        ("a: {{ x }}\nb: 1", {"a": "{{ x }}", "b": "1"}),
        ('{"a": 1 "b": 2}', {"a": "1", "b": "2"}),
        ('{"a": {"b": 1,\n "c": "open\n "d": 2}}', {"a": {"b": "1", "c": "open", "d": "2"}}),
        ('{"a":\n "b": 2}', {"a": "", "b": "2"}),
        ('{"a": [1, 2\n "b": 3}', {"a": ["1", "2"], "b": "3"}),
        ('{"a": [{"b": 1}, {"c"', {"a": [{"b": "1"}, {"c": ""}]}),
        ("--- # c\na: 1\n...\n", {"a": "1"}),
        ("", None),
        ("\ufeff", None),
        ("word", "word"),
        ("]", "]"),
    ],
)
def test_half_typed_texts(text: str, expected: object) -> None:
    assert same(expected, shape(sketch(text)))


PIECES = st.sampled_from(
    ["a", ": ", ":", "- ", "\n", "  ", "{", "}", "[", "]", ",", '"', "'", "|\n", "#", "&x ", "*x",
     "{{", "}}", "\\", "\r\n", "\t", "!t ", "😀", "\ufeff", "? ", "---\n", "%"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_nothing_raises_and_spans_lie_in_their_parents(text: str) -> None:
    root = sketch(text)
    stack = [] if root is None else [root]
    while stack:
        node = stack.pop()
        assert 0 <= node.span.start <= node.span.end <= len(text)
        below: list[Node] = []
        if isinstance(node, Mapping):
            below = [child for entry in node.entries for child in (entry.key, entry.value)]
        elif isinstance(node, Sequence):
            below = list(node.items)
        assert all(node.span.covers(child.span) for child in below)
        stack += below


def test_depth_is_no_matter() -> None:
    for text in (
        "[" * 50_000,
        "{a: " * 20_000,
        "- " * 20_000,
        "\n".join(" " * n + "a:" for n in range(3000)),
    ):
        assert sketch(text) is not None
