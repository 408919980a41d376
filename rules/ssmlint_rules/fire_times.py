"""When the schedules of a policy fire, for rules that show it. No rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from ssmlint import clock
from ssmlint.cron import Cron, CronError, next_fires, parse_cron
from ssmlint.model.policy import Schedule
from ssmlint.rule import Note
from ssmlint.source import Span
from ssmlint.tree import Scalar

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


def daily_pattern(schedule: Schedule) -> Cron | None:
    """When a schedule fires: its cron expression, or its interval where the time is given.

    An interval divides a day, so it fires at the same times on every day.
    """
    if schedule.cron_node is not None:
        return schedule.cron
    rule, hours = schedule.create_rule, schedule.interval_hours
    times = rule.get_sequence("Times") if rule is not None else None
    if times is None or len(times) != 1 or hours is None or not 1 <= hours <= 24:
        return None
    first = times.items[0]
    if not isinstance(first, Scalar) or first.text.count(":") != 1:
        return None
    hour, minute = first.text.split(":")
    if not (hour + minute).isdigit() or not hour.isascii() or 24 % hours:
        return None
    all_hours = ",".join(str((int(hour) + step) % 24) for step in range(0, 24, hours))
    try:
        return parse_cron(f"cron({int(minute)} {all_hours} * * ? *)")
    except CronError:
        return None


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
