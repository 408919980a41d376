"""When the schedules of a policy fire, for rules that show it. No rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from ssmlint import clock
from ssmlint.cron import Cron, next_fires
from ssmlint.rule import Note
from ssmlint.source import Span

SHOWN = 5

#: How far ahead two schedules are compared, and with how many fire times at most.
_HORIZON = timedelta(days=400)
_COMPARED = 20_000


def fire_note(span: Span, cron: Cron) -> Note:
    """The next fire times as a note at the expression."""
    times = next_fires(cron, clock.now(), SHOWN)
    if not times:
        return Note(span, "it does not fire any more")
    return Note(span, f"fires next (UTC) at {', '.join(written(time) for time in times)}")


def written(moment: datetime) -> str:
    """A fire time as people write it, with the weekday."""
    return f"{moment:%a %Y-%m-%d %H:%M}"


def first_common_time(one: Cron, other: Cron) -> datetime | None:
    """The first time in the coming year at which both fire."""
    start = clock.now()
    left, right = _soon(one, start), _soon(other, start)
    a, b = next(left, None), next(right, None)
    while a is not None and b is not None:
        if a == b:
            return a
        if a < b:
            a = next(left, None)
        else:
            b = next(right, None)
    return None


def _soon(cron: Cron, start: datetime) -> Iterator[datetime]:
    end = start + _HORIZON
    times = itertools.takewhile(lambda moment: moment < end, cron.fires_after(start))
    return itertools.islice(times, _COMPARED)
