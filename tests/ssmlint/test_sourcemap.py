"""Every character of a scalar's text leads back to where it is written."""

from __future__ import annotations

import gc
import weakref

import pytest

from ssmlint.json_tree import parse_json
from ssmlint.source import Source, Span
from ssmlint.sourcemap import SourceMap, source_map
from ssmlint.tree import Mapping, Scalar, Style
from ssmlint.yaml_tree import parse_yaml


def value(document: str, format: str = "yaml") -> tuple[Source, Scalar]:
    """The value of `k` in a document."""
    source = Source("example", document)
    tree = parse_json(source) if format == "json" else parse_yaml(source)
    assert not tree.broken, tree.problems
    (root,) = tree.roots
    assert isinstance(root, Mapping)
    scalar = root.get_scalar("k")
    assert scalar is not None
    return source, scalar


def mapped(document: str, format: str = "yaml") -> SourceMap:
    found = source_map(*value(document, format))
    assert found.exact
    return found


def written(document: str, format: str = "yaml") -> list[tuple[str, str]]:
    """Each character of the value of `k`, and what is written for it."""
    source, scalar = value(document, format)
    found = mapped(document, format)
    spans = [found.span(index, index + 1) for index in range(len(scalar.text))]
    return [(char, source.at(span)) for char, span in zip(scalar.text, spans, strict=True)]


def same(text: str) -> list[tuple[str, str]]:
    return [(char, char) for char in text]


# --- plain and quoted ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        "k: a 😀\tb",
        "k: 'a 😀\tb'",
        'k: "a 😀\tb"',
        "{k: a 😀\tb}",
        "[]: 1\nk: &x !!str a 😀\tb # c",
    ],
)
def test_what_is_written_plainly_stands_for_itself(document: str) -> None:
    assert written(document) == same("a 😀\tb")


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_a_line_break_that_folds_is_the_space(quote: str) -> None:
    document = f"k: {quote}ab  \n   cd{quote}"
    assert written(document) == [*same("ab"), (" ", "\n"), *same("cd")]


@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_of_several_line_breaks_the_first_means_nothing(quote: str) -> None:
    found = mapped(f"k: {quote}a \n  \r\n  \r  b{quote}")
    at = 3 + len(quote)
    assert [found.span(index, index + 1) for index in range(4)] == [
        Span(at, at + 1),
        Span(at + 5, at + 7),
        Span(at + 9, at + 10),
        Span(at + 12, at + 13),
    ]


def test_breaks_of_unicode_break_lines_in_yaml_1_1() -> None:
    document = "k: a\x85 b\u2028 c \u2029\x85 d"
    assert written(document) == [
        ("a", "a"),
        (" ", "\x85"),
        *same("b\u2028c\u2029"),
        ("\n", "\x85"),
        ("d", "d"),
    ]


def test_a_doubled_quote_is_one() -> None:
    assert written("k: 'it''s'''") == [*same("it"), ("'", "''"), ("s", "s"), ("'", "''")]


def test_escapes_of_double_quotes() -> None:
    escapes = r"\0\a\b\t\n\v\f\r\e\ \"\/\\\N\_\L\P\x41\u00e9\U0001F600"
    means = '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029Aé😀'
    found = written(f'k: "{escapes}\\\t"')
    assert "".join(char for char, _ in found) == means + "\t"
    assert "".join(escape for _, escape in found) == escapes + "\\\t"


def test_an_escaped_line_break_is_nothing() -> None:
    assert written('k: "a \\\n    b\\\n\n  \\ c"') == [
        *same("a b"),
        ("\n", "\n"),
        (" ", "\\ "),
        ("c", "c"),
    ]


def test_of_the_breaks_behind_an_escaped_one_each_means_itself() -> None:
    found = mapped('k: "a\\\n\n \n b"')
    assert [found.offset(index) for index in range(4)] == [4, 7, 9, 11]


def test_white_space_behind_an_escaped_space_folds() -> None:
    assert written('k: "a\\   \n  b"') == [("a", "a"), (" ", "\\ "), (" ", "\n"), ("b", "b")]


def test_a_key_is_a_scalar_too() -> None:
    source = Source("example", '{"a\\tb": 1}')
    (root,) = parse_yaml(source).roots
    assert isinstance(root, Mapping)
    assert source_map(source, root.entries[0].key).span(1, 2) == Span(3, 5)


def test_the_reader_in_python_is_followed_as_well() -> None:
    # libyaml refuses the colon in `aws:x`, so another reader takes the whole file.
    document = '{q: aws:x, k: "a\\tb \n  c"}'
    assert written(document) == [
        ("a", "a"),
        ("\t", "\\t"),
        ("b", "b"),
        (" ", "\n"),
        ("c", "c"),
    ]


# --- literal and folded -------------------------------------------------------------------


def test_a_literal_block_is_its_lines_without_the_indentation() -> None:
    found = mapped("k: |\n  ab\n\n    c\n  d\n")
    assert found.span(0, 3) == Span(7, 10)
    assert [found.offset(index) for index in range(10)] == [7, 8, 9, 10, 13, 14, 15, 16, 19, 20]
    assert found.offset(10) == 21


def test_cr_lf_and_cr_are_read_as_one_lf() -> None:
    document = "k: |\r\n  a\r\n  b\r  c\n"
    assert written(document) == [
        ("a", "a"),
        ("\n", "\r\n"),
        ("b", "b"),
        ("\n", "\r"),
        *same("c\n"),
    ]


@pytest.mark.parametrize(
    ("header", "text"), [("|", "a\n"), ("|-", "a"), ("|+", "a\n\n\n"), ("|2+ # kept", "a\n\n\n")]
)
def test_chomping_decides_about_the_breaks_at_the_end(header: str, text: str) -> None:
    document = f"k: {header}\n  a\n \n\nnext: 1\n"
    assert written(document) == same(text)
    end = document.index("a\n") + len({"a": "a", "a\n": "a\n"}.get(text, "a\n \n\n"))
    assert mapped(document).offset(len(text)) == end


@pytest.mark.parametrize("document", ["k: |+\n\n \nn: 1", "k: >+\n\n \n", "k: >1+ # c\n\n \n"])
def test_a_block_of_nothing_but_breaks(document: str) -> None:
    assert written(document) == same("\n\n")


@pytest.mark.parametrize("document", ["k: |\n\nn: 1", "k: >-", "k: | # c\n\n\n", "k: ''", "k:"])
def test_an_empty_text_has_one_place(document: str) -> None:
    source, scalar = value(document)
    found = source_map(source, scalar)
    assert found.exact
    assert found.span(0, 0) == Span(found.offset(0), found.offset(0))
    assert scalar.span.start <= found.offset(0) <= scalar.span.end
    assert found.index(found.offset(0)) is None


def test_an_indicator_leaves_the_rest_of_the_indentation() -> None:
    assert written("x: 1\nk: |1\n   a\n  b") == same("  a\n b")
    assert written("k: >-1\n\n  \ta") == same("\n \ta")


def test_a_line_of_spaces_may_be_text() -> None:
    assert written("k: |\n  a\n    \nn: 1\n") == same("a\n  \n")
    assert written("k: |1\n    \n a") == same("   \na")


def test_a_folded_block_joins_its_lines() -> None:
    document = "k: >\n  a\n  b\n\n\n  c\n    d\n  e\n"
    assert written(document) == [
        ("a", "a"),
        (" ", "\n"),
        *same("b\n\nc\n  d\ne\n"),
    ]
    # Of the three breaks before `c` the first is the one that folds away.
    assert mapped(document).offset(3) == document.index("b") + 2


def test_a_file_may_end_within_a_block() -> None:
    assert written("k: |\n  ab") == same("ab")
    assert mapped("k: |\n  ab").offset(2) == len("k: |\n  ab")


# --- JSON ---------------------------------------------------------------------------------


def test_json_escapes() -> None:
    document = r'{"k": "a\n\u00e9\ud83d\ude00\ud83d-\ude00\/😀"}'
    assert written(document, "json") == [
        ("a", "a"),
        ("\n", r"\n"),
        ("é", r"\u00e9"),
        ("😀", r"\ud83d\ude00"),
        ("\ud83d", r"\ud83d"),
        ("-", "-"),
        ("\ude00", r"\ude00"),
        ("/", r"\/"),
        ("😀", "😀"),
    ]


def test_a_json_number_is_its_text() -> None:
    assert written('{"k": -1.50e3}', "json") == same("-1.50e3")


# --- the map ------------------------------------------------------------------------------


def test_a_span_covers_what_stands_between_its_ends() -> None:
    source, scalar = value("k: |\n  foo\n  bar\n")
    found = source_map(source, scalar)
    assert source.at(found.span(1, 6)) == "oo\n  ba"
    assert source.at(found.span(3, 4)) == "\n"
    assert found.span(4, 4) == Span(13, 13)


def test_the_index_of_what_lies_between_is_that_of_what_follows() -> None:
    #                0123 45678901
    found = mapped('k: "\\ta \n  b"')
    indices = [found.index(offset) for offset in range(3, 13)]
    assert indices == [None, 0, 0, 1, 2, 2, 3, 3, 3, None]


def test_indices_out_of_range_count_as_the_nearest_end() -> None:
    found = mapped("k: abc")
    assert (found.offset(-5), found.offset(99)) == (3, 6)
    assert found.span(-5, 99) == Span(3, 6)
    assert found.span(2, 1) == Span(5, 5)
    assert (found.index(-1), found.index(6)) == (None, None)


def test_a_form_that_cannot_be_followed_maps_to_the_whole_scalar() -> None:
    scalar = Scalar(Span(3, 8), "other", Style.DOUBLE, "other")
    found = source_map(Source("example", r'k: "a\qb'), scalar)
    assert not found.exact
    assert found.span(1, 2) == found.span(1, 1) == scalar.span
    assert (found.offset(1), found.offset(5), found.index(4)) == (3, 8, None)


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(
    "file", ["", "|", "'", '"\\', "|\n\n", ">9\n a\n", "\\ud83d\\u", "\\U99999999"]
)
def test_a_scalar_that_is_not_in_the_file_is_not_exact(style: Style, file: str) -> None:
    scalar = Scalar(Span(0, len(file)), "\n\n   other", style, None)
    assert not source_map(Source("example", file), scalar).exact


def test_a_scalar_has_one_map_which_ends_with_its_source() -> None:
    source, scalar = value("k: abc")
    assert source_map(source, scalar) is source_map(source, scalar)
    watch = weakref.ref(source)
    del source
    gc.collect()
    assert watch() is None


@pytest.mark.parametrize(
    "document",
    [
        'k: "' + " " * 500_000 + "\n" + " " * 500_000 + "\\\n" + " " * 500_000 + '@"',
        "k: |\n" + "    echo\n" * 50_000 + "    @",
        "k: >\n  a\n" + " \n" * 50_000 + "  @",
        "k: '" + "''" * 50_000 + "@'",
        "k: |\n" + (" " * 5_000 + "x\n") * 100 + " " * 5_000 + "@",
    ],
    ids=["spaces", "lines", "empty lines", "escapes", "indentation"],
)
def test_large_scalars_are_no_burden(document: str) -> None:
    _, scalar = value(document)
    assert mapped(document).offset(scalar.text.index("@")) == document.index("@")
