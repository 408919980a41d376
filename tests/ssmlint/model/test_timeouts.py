"""Timeouts as the agent's `ValidateExecutionTimeout` reads them."""

from __future__ import annotations

import pytest

from ssmlint.model.timeouts import seconds
from ssmlint.tree import ScalarValue


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, 5),
        (172_800, 172_800),
        (5.0, 5),
        (5.9, 5),
        ("10", 10),
        ("10.5", 10),
        ("+60", 60),
        ("6e1", 60),
        ("3600", 3600),
    ],
)
def test_what_the_agent_takes(value: ScalarValue, expected: int) -> None:
    assert seconds(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        *(3, 4, 4.9, 0, -60, 172_801, True, None, float("inf"), float("nan")),
        *("", "test", "3", "172801", " 60", "60 ", "1m", "60s", "0x3C", "1e999", "９9", "9" * 5000),
    ],
)
def test_what_silently_becomes_an_hour(value: ScalarValue) -> None:
    assert seconds(value) is None
