"""The file of a baseline: written alike for alike findings, read back, refused when broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint import baseline
from ssmlint.baseline import Entry
from ssmlint.errors import UserError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ENTRIES = st.lists(st.builds(Entry, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), max_size=6)


@given(ENTRIES)
def test_what_is_written_is_read(entries: list[Entry]) -> None:
    data = json.loads(baseline.written(entries))
    read = baseline._entries_in(data, "baseline.json")
    assert sorted(read) == sorted(set(entries))


@given(ENTRIES)
def test_the_order_does_not_matter(entries: list[Entry]) -> None:
    assert baseline.written(entries) == baseline.written(entries[::-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "\x00",
        '{"version": 1}',
        '{"version": 1, "findings": []}',
        '{"version": 1, "findings": {"a": null}}',
        '{"version": 1, "findings": {"a": [{}]}}',
        '{"version": 1, "findings": {"a": [1]}}',
        '{"version": 1, "findings": {"a": "b"}}',
        '{"version": "1", "findings": {}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_baseline_is_a_mistake_of_the_user(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(UserError) as raised:
        baseline.read(str(path))
    assert raised.value.path == str(path)


def test_a_number_without_end(tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_text(f'{{"version": {"9" * 5000}}}')
    with pytest.raises(UserError, match="not JSON"):
        baseline.read(str(tmp_path / "baseline.json"))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UserError, match="not JSON"):
        baseline.read(str(tmp_path / "baseline.json"))
