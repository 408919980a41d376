"""Columns in the unit that client and server have agreed on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from ssmlint.source import Source, Span
from ssmlint_lsp.positions import Positions
from ssmlint_lsp.texts import source_of

ENCODINGS = ("utf-8", "utf-16", "utf-32")

#: Line breaks of the protocol, and characters that others take for line breaks.
TEXTS = st.text(st.sampled_from("ab é日😀\n\r\t\x0b\x0c\x1c\x85\u2028\u2029"), max_size=40)


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 8), ("utf-16", 6), ("utf-32", 5)])
def test_a_column_counts_code_units(encoding: str, column: int) -> None:
    source = Source("a.yaml", "x: '😀'")
    assert Positions(encoding).position_of(source, 5) == Position(0, column)


@pytest.mark.parametrize(
    ("position", "offset"),
    [
        (Position(0, 2), 2),
        (Position(0, 99), 2),
        (Position(0, 2**31 - 1), 2),
        (Position(1, 0), 4),
        (Position(2, 0), 7),
        (Position(2, 5), 7),
        (Position(2**31 - 1, 0), 7),
    ],
)
def test_a_wild_position_is_the_nearest_place_there_is(position: Position, offset: int) -> None:
    assert Positions().offset_at(Source("a.yaml", "ab\r\ncd\n"), position) == offset


def test_in_the_middle_of_a_character_is_behind_it() -> None:
    assert Positions("utf-16").offset_at(Source("a.yaml", "😀b"), Position(0, 1)) == 1
    assert Positions("utf-8").offset_at(Source("a.yaml", "😀b"), Position(0, 3)) == 1


def test_a_range_that_ends_before_it_begins_is_empty() -> None:
    source = Source("a.yaml", "abc")
    assert Positions().span_at(source, Range(Position(0, 2), Position(0, 1))) == Span(2, 2)


@given(TEXTS, st.integers(0, 40), st.integers(0, 40), st.sampled_from(ENCODINGS))
def test_there_and_back(text: str, one: int, other: int, encoding: str) -> None:
    source = Source("a.yaml", text)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    inside = [i for i in range(1, len(text)) if text[i - 1 : i + 1] == "\r\n"]
    if start in inside or end in inside:
        return  # between CR and LF there is no position
    positions = Positions(encoding)
    assert positions.span_at(source, positions.range_of(source, Span(start, end))) == Span(
        start, end
    )


def test_a_span_beyond_the_text_ends_with_it() -> None:
    source = Source("a.yaml", "ab")
    assert Positions().range_of(source, Span(1, 99)) == Range(Position(0, 1), Position(0, 2))


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 3), ("utf-16", 1), ("utf-32", 1)])
def test_a_mark_that_the_editor_shows_counts_on_the_first_line(encoding: str, units: int) -> None:
    source, positions = source_of("a.yaml", "\ufeffab\ncd"), Positions(encoding)
    assert source.text == "ab\ncd"
    assert positions.position_of(source, 1) == Position(0, units + 1)
    assert positions.position_of(source, 4) == Position(1, 1)
    assert positions.offset_at(source, Position(0, 0)) == 0
    for offset in range(len(source.text) + 1):
        assert positions.offset_at(source, positions.position_of(source, offset)) == offset
    # That a file had one says nothing of where it is shown.
    kept = Source("a.yaml", "ab\ncd", had_bom=True)
    assert positions.position_of(kept, 1) == Position(0, 1)
