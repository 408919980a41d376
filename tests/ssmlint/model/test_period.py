from __future__ import annotations

import pytest

from ssmlint.model.period import Period, period


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (0, "DAYS", Period(0, 0)),
        (12, "WEEKS", Period(84, 84)),
        (1, "MONTHS", Period(28, 31)),
        (3, "MONTHS", Period(89, 92)),
        (12, "MONTHS", Period(365, 366)),
        (1, "YEARS", Period(365, 366)),
        (4, "YEARS", Period(1461, 1461)),
    ],
)
def test_days(amount: int, unit: str, expected: Period) -> None:
    assert period(amount, unit) == expected


def test_what_is_no_period() -> None:
    assert period(1, "HOURS") is None
    assert period(-1, "DAYS") is None


def test_absurd_amounts_are_no_trouble() -> None:
    huge = period(10**30, "YEARS")
    assert huge is not None
    assert huge.surely_longer_than(Period(36500, 36500))


def test_longer_means_however_the_months_fall() -> None:
    one_month, thirty_days = period(1, "MONTHS"), period(30, "DAYS")
    assert one_month is not None
    assert thirty_days is not None
    assert not one_month.surely_longer_than(thirty_days)
    assert not thirty_days.surely_longer_than(one_month)
    assert Period(32, 32).surely_longer_than(one_month)
    assert thirty_days.times(2) == Period(60, 60)
