"""Where a YAML scalar begins and ends: from its quote or header to its last character."""

from __future__ import annotations

import pytest

from ssmlint.source import Source
from ssmlint.tree import Mapping, Node
from ssmlint.yaml_tree import parse_yaml


def node(document: str) -> tuple[Source, Node]:
    source = Source("example", document)
    tree = parse_yaml(source)
    assert not tree.broken, tree.problems
    (root,) = tree.roots
    assert isinstance(root, Mapping)
    return source, root.entries[0].value


def written(document: str) -> str:
    source, found = node(document)
    return source.at(found.span)


@pytest.mark.parametrize(
    "properties",
    [
        "&a ",
        "!t ",
        "! ",
        "&a !t ",
        "!t &a ",
        "!!str ",
        "!<tag:example.org,2026:t> ",
        "!a,b ",
        "&a\n  ",
        "!t # a comment\n  # and another\n\n  &a\r\n  ",
    ],
)
@pytest.mark.parametrize("value", ["text", "'&a text'", '"!t"', "|\n   text", "[x, y]", "{x: y}"])
def test_anchors_tags_and_comments_stand_before_the_node(properties: str, value: str) -> None:
    assert written(f"k: {properties}{value}\nnext: 1\n") == value


@pytest.mark.parametrize("properties", ["&a", "!t", "&a !!str", "!"])
def test_an_empty_node_stands_where_its_anchor_or_tag_ends(properties: str) -> None:
    _, found = node(f"k: {properties}\n\nnext: 1\n")
    assert (found.span.start, found.span.end) == (3 + len(properties),) * 2


def test_an_anchor_may_end_at_a_colon() -> None:
    assert written("k: &a:b c\n") == ":b c"


@pytest.mark.parametrize("after", ["", "\n", "\n\n  \n", "\r\n\r\n", "\n# a comment\n", "\u2028"])
def test_a_block_ends_with_its_last_line(after: str) -> None:
    assert written(f"k: |\n  a\n\n  b{after}") == "|\n  a\n\n  b"


@pytest.mark.parametrize("blanks", [" ", "  ", "\t", " \t "])
def test_white_space_at_the_end_of_the_last_line_belongs_to_a_block(blanks: str) -> None:
    assert written(f"k: |\n  a{blanks}\n\nnext: 1") == f"|\n  a{blanks}"


@pytest.mark.parametrize(
    "document", ["k: |- # why\n\nnext: 1", "k: |- # why", "k: |- # why  \n  \n"]
)
def test_a_block_without_text_is_its_header(document: str) -> None:
    assert written(document) == "|- # why"


@pytest.mark.parametrize("escape", [r"\UFFFFFFFF", r"\U00110000"])
def test_an_escape_that_names_no_character_is_a_syntax_error(escape: str) -> None:
    # The colon in `a:b` hands the file to the reader in Python, which would raise.
    (problem,) = parse_yaml(Source("example", f'{{q: a:b, k: "{escape}"}}')).problems
    assert (problem.kind, problem.span.start) == ("syntax-error", 13)
