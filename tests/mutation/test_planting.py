"""Every planted mistake still finds its place in the twins that it is written for."""

from __future__ import annotations

import pytest

from tests.mutation.mutants import Mutation, mutate
from tests.mutation.report import pairs


@pytest.mark.parametrize(
    ("twin", "mutation"),
    [pytest.param(twin, mutation, id=f"{twin}:{mutation.name}") for twin, mutation in pairs()],
)
def test_it_breaks_the_twin(twin: str, mutation: Mutation) -> None:
    assert mutate(twin, mutation).broken
