"""The good twins, broken in every way we can name: nearly all of it is reported where it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.mutation.judging import Verdict, judge
from tests.mutation.mutants import NAMES, mutate
from tests.mutation.report import pairs

LEAST = 0.95
"""Mutants of a twin that have to be reported at their place."""


@pytest.mark.parametrize("twin", NAMES)
def test_what_breaks_a_twin_is_reported_where_it_is(
    twin: str, record_property: Callable[[str, object], None]
) -> None:
    judged = [judge(mutate(name, mutation)) for name, mutation in pairs() if name == twin]
    verdicts = Counter(mutant.verdict for mutant in judged)
    survivors = [mutant.mutant.name for mutant in judged if not mutant.verdict.killed]
    rate = 1 - len(survivors) / len(judged)
    parts = ", ".join(f"{verdicts[verdict]} {verdict.value}" for verdict in Verdict)
    record_property("summary", f"mutants of {twin}: {rate:.1%} of {len(judged)} killed ({parts})")
    assert len(judged) >= 40
    assert rate >= LEAST, survivors
