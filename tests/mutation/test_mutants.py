"""Break the good twins in every way we can name, and see that a person is told, in any place.

A finding counts wherever it stands: a dropped thaw is reported at the freeze that it leaves.
What is missed is listed in `survivors.txt`; a mutant on that list must still be missed, so that
the list shrinks when a rule learns, and nothing that is found today is lost unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutation.judging import Verdict, judge
from tests.mutation.mutants import Mutation, mutate
from tests.mutation.planted_document import DOCUMENT
from tests.mutation.planted_filesystems import FILESYSTEMS
from tests.mutation.planted_iris import IRIS
from tests.mutation.planted_mongodb import MONGODB
from tests.mutation.planted_mysql import MYSQL
from tests.mutation.planted_postgresql import POSTGRESQL
from tests.mutation.planted_stages import STAGES

PLANTED: tuple[Mutation, ...] = (
    *DOCUMENT,
    *STAGES,
    *FILESYSTEMS,
    *IRIS,
    *MONGODB,
    *MYSQL,
    *POSTGRESQL,
)
SURVIVORS = frozenset(Path(__file__).with_name("survivors.txt").read_text().split())


def mutants() -> Iterator[tuple[str, Mutation]]:
    """Every mutation with every twin that it breaks."""
    for mutation in PLANTED:
        for twin in mutation.twins:
            yield twin, mutation


def _name(twin: str, mutation: Mutation) -> str:
    return f"{twin}:{mutation.name}"


@pytest.mark.parametrize(
    ("twin", "mutation"),
    [pytest.param(twin, mutation, id=_name(twin, mutation)) for twin, mutation in mutants()],
)
def test_a_broken_twin_is_reported(twin: str, mutation: Mutation) -> None:
    judged = judge(mutate(twin, mutation))
    missed = judged.verdict is Verdict.ALIVE
    assert missed == (_name(twin, mutation) in SURVIVORS), judged.findings


def test_every_survivor_is_a_mutant() -> None:
    assert {_name(twin, mutation) for twin, mutation in mutants()} >= SURVIVORS
