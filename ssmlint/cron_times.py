"""What a cron expression of AWS means: days, fire times, and the time between them.

Every expression has a last year (2199), so every question here has an end; nothing in it
takes longer for a hostile expression than for `* * * * ? *`.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime, time, timedelta, timezone

from ssmlint.records import dataclass

#: Before the first year of any expression.
_BEGINNING = datetime(1969, 12, 31, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class CronProblem:
    """What is wrong in `expression[start:end]` (code points)."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class DayRule:
    """Which days of a month an expression means; a day counts that any member names."""

    days: frozenset[int] = frozenset()
    from_last: frozenset[int] = frozenset()
    """Days counted back from the last one, which is 0."""
    nearest_weekday: frozenset[int] = frozenset()
    """Day numbers whose nearest Monday to Friday of the same month is meant (`15W`)."""
    last_weekday: bool = False
    """`LW`: the last Monday to Friday."""
    weekdays: frozenset[int] = frozenset()
    """1 = Sunday, as everywhere in AWS's cron."""
    nth: frozenset[tuple[int, int]] = frozenset()
    """(weekday, which one of the month)."""
    last: frozenset[int] = frozenset()
    """Weekdays whose last one of the month is meant (`6L`)."""

    def of_month(self, first: int, length: int) -> tuple[int, ...]:
        """The days of a month that begins on weekday `first` (1 = Sunday)."""
        return tuple(day for day in range(1, length + 1) if self._has(day, first, length))

    def _has(self, day: int, first: int, length: int) -> bool:
        weekday = (first + day - 2) % 7 + 1
        return (
            day in self.days
            or length - day in self.from_last
            or weekday in self.weekdays
            or (weekday, (day + 6) // 7) in self.nth
            or (weekday in self.last and day + 7 > length)
            or (self.last_weekday and day == _nearest(length, first, length))
            or any(n <= length and day == _nearest(n, first, length) for n in self.nearest_weekday)
        )


def _nearest(day: int, first: int, length: int) -> int:
    """The Monday to Friday nearest to a day, without leaving the month."""
    weekday = (first + day - 2) % 7 + 1
    if weekday == 7:
        return day - 1 if day > 1 else day + 2
    if weekday == 1:
        return day + 1 if day < length else day - 2
    return day


@dataclass(frozen=True)
class Cron:
    """A parsed expression."""

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: DayRule
    months: tuple[int, ...]
    years: tuple[int, ...]
    doubts: tuple[CronProblem, ...] = field(default=(), compare=False)
    """Places that AWS's page does not cover."""

    @functools.cached_property
    def times_of_day(self) -> tuple[time, ...]:
        """When it fires on a day that it fires on."""
        return tuple(time(hour, minute) for hour in self.hours for minute in self.minutes)

    def _months(self, first_year: int) -> Iterator[tuple[date, tuple[int, ...]]]:
        """The first day of every month that it is for, and the days it fires on."""
        known: dict[tuple[int, int], tuple[int, ...]] = {}
        for year in self.years:
            if year < first_year:
                continue
            for month in self.months:
                first = date(year, month, 1)
                following = date(year + month // 12, month % 12 + 1, 1)
                shape = (first.isoweekday() % 7 + 1, (following - first).days)
                if shape not in known:
                    known[shape] = self.days.of_month(*shape)
                yield first, known[shape]

    def days_from(self, start: date) -> Iterator[date]:
        """The days it fires on, from `start` (inclusive) to the end of 2199."""
        for first, days in self._months(start.year):
            for day in days:
                found = first.replace(day=day)
                if found >= start:
                    yield found

    def fires_after(self, after: datetime) -> Iterator[datetime]:
        """Every time later than `after` at which it fires, in UTC."""
        after = _in_utc(after)
        for day in self.days_from(after.date()):
            for moment in self.times_of_day:
                found = datetime.combine(day, moment, timezone.utc)
                if found > after:
                    yield found

    @functools.cached_property
    def is_one_shot(self) -> bool:
        """Whether it fires at one instant only, once and for all."""
        return len(list(itertools.islice(self.fires_after(_BEGINNING), 2))) == 1

    @functools.cached_property
    def gaps(self) -> tuple[timedelta, timedelta] | None:
        """The shortest and the longest time between two successive fire times.

        None where it fires less than twice.  Exact: all days of 1970 to 2199 count.
        """
        moments = [timedelta(hours=t.hour, minutes=t.minute) for t in self.times_of_day]
        steps = self._steps()
        if steps is None:
            return None
        over_night = moments[0] - moments[-1]
        found = {timedelta(days=step) + over_night for step in steps}
        found |= {later - earlier for earlier, later in itertools.pairwise(moments)}
        return (min(found), max(found)) if found else None

    def _steps(self) -> set[int] | None:
        """The numbers of days between two successive days that it fires on."""
        found: set[int] = set()
        seen: set[tuple[int, ...]] = set()
        last: int | None = None
        for first, days in self._months(0):
            if not days:
                continue
            before = first.toordinal() - 1
            if last is not None:
                found.add(before + days[0] - last)
            if days not in seen:
                seen.add(days)
                found |= {later - earlier for earlier, later in itertools.pairwise(days)}
            last = before + days[-1]
        return None if last is None else found


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc)
