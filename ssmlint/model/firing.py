"""When a schedule fires, whichever way it says so."""

from __future__ import annotations

import re

from ssmlint.cron import Cron, parse_cron
from ssmlint.model.policy import Schedule
from ssmlint.tree import Scalar

#: `CreateRule.Times` of the API model.
_TIME = re.compile(r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9])")


def firing(schedule: Schedule) -> Cron | None:
    """The cron expression of a schedule, or one for its interval where the time is given.

    An interval of hours divides a day (1, 2, 3, 4, 6, 8, 12 or 24), so it fires at the same
    times on every day.  None where no time is given, or one that cannot be read.
    """
    if schedule.cron_node is not None:
        return schedule.cron
    rule, hours = schedule.create_rule, schedule.interval_hours
    times = rule.get_sequence("Times") if rule is not None else None
    if times is None or len(times) != 1 or hours is None or not 1 <= hours <= 24 or 24 % hours:
        return None
    first = times.items[0]
    match = _TIME.fullmatch(first.text) if isinstance(first, Scalar) else None
    if match is None:
        return None
    start = int(match["hour"])
    all_hours = ",".join(str((start + step) % 24) for step in range(0, 24, hours))
    return parse_cron(f"cron({int(match['minute'])} {all_hours} * * ? *)")
