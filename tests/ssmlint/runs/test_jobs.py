"""How files are divided among processes."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.files import File
from ssmlint.runs import jobs
from ssmlint.source import Source


def files(sizes: list[int]) -> list[File]:
    return [File(Source(f"{number}.yaml", "x" * size)) for number, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "wanted", "number"),
    [
        ([1], None, 1),
        ([1] * 1000, None, 1),
        ([jobs.WORTH], None, 1),
        ([jobs.WORTH // 2] * 2, None, 2),
        ([jobs.WORTH] * 99, None, 3),
        ([1] * 10, 2, 2),
        ([1] * 10, 1, 1),
        ([1], 8, 1),
        ([], 8, 0),
        ([], None, 0),
    ],
)
def test_how_many(
    sizes: list[int], wanted: int | None, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "available", lambda: 3)
    assert jobs.processes(files(sizes), wanted) == number


@given(st.lists(st.integers(0, 3000), max_size=60), st.integers(1, 9))
def test_every_file_once_and_in_order(sizes: list[int], number: int) -> None:
    given_files = files(sizes)
    portions = list(jobs.portions(given_files, number))
    assert list(itertools.chain.from_iterable(portions)) == given_files
    assert all(portions)


def test_no_process_has_much_more_to_do_than_another() -> None:
    portions = list(jobs.portions(files([1000] * 120), 4))
    assert {sum(len(file.source.text) for file in portion) for portion in portions} <= {
        4000,
        5000,
        6000,
    }
