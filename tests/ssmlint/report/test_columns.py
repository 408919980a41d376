"""Columns in each unit, on lines of any length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.report.columns import Columns, Region
from ssmlint.source import Source, Span


@pytest.mark.parametrize(
    ("encoding", "column", "end"), [("utf-8", 10, 11), ("utf-16", 5, 6), ("utf-32", 4, 5)]
)
def test_units(encoding: str, column: int, end: int) -> None:
    source = Source("a", "first\né日😀x\n")
    region = Columns(encoding).region(source, Span(9, 10))
    assert region == Region(2, column, 2, end)


@settings(deadline=None)
@given(
    st.text(st.sampled_from("a\n\r\té日😀\ud800"), max_size=40),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
    st.integers(1, 9),
)
def test_they_are_those_of_the_line_index(text: str, encoding: str, block: int) -> None:
    source = Source("a", text)
    columns = Columns(encoding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ssmlint.report.columns._BLOCK", block)
        for offset in range(len(text) + 1):
            found = columns.region(source, Span(offset, offset))
            expected = source.lines.position_in(offset, encoding)
            assert (found.line - 1, found.column - 1) == (expected.line, expected.column)


def test_a_huge_line_costs_no_time() -> None:
    source = Source("a", "é😀" * 1_000_000)
    for encoding in ("utf-8", "utf-16"):
        columns = Columns(encoding)
        last = [columns.region(source, Span(i, i + 1)) for i in range(0, 2_000_000, 500)][-1]
        assert last.column > 2_000_000
