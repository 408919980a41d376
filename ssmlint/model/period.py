"""Lengths of time in the units of the DLM API, for comparing them with care.

A month has no fixed length, so a period is a range of days: of two periods one is longer
only when its shortest form is longer than the longest form of the other.
"""

from __future__ import annotations

from datetime import date

from ssmlint.records import dataclass

#: `RetentionIntervalUnitValues` of the API, each in months or in days.
_MONTHS = {"MONTHS": 1, "YEARS": 12}
_DAYS = {"DAYS": 1, "WEEKS": 7}

#: Beyond this calendar arithmetic adds nothing (and dates end).
_FAR = 12 * 1000


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, as far as it is known, in days."""

    shortest: float
    longest: float

    def surely_longer_than(self, other: Period) -> bool:
        """Whether this is longer, however the months fall."""
        return self.shortest > other.longest

    def times(self, count: int) -> Period:
        """The same length `count` times."""
        return Period(self.shortest * count, self.longest * count)


def period(amount: int, unit: str) -> Period | None:
    """The period of so many units, None for an unknown unit or less than nothing."""
    if amount < 0:
        return None
    if unit in _DAYS:
        return Period(amount * _DAYS[unit], amount * _DAYS[unit])
    if unit not in _MONTHS:
        return None
    months = amount * _MONTHS[unit]
    if months > _FAR:
        return Period(months * 30.4, months * 30.5)
    lengths = [_days(start, months) for start in range(2023 * 12, 2027 * 12)]
    return Period(min(lengths), max(lengths))


def _days(start: int, months: int) -> int:
    """Days between two firsts of a month, `start` counted in months."""
    end = start + months
    first, last = date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, 1)
    return (last - first).days
