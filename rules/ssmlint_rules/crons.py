"""Crontab lines as the cron expressions that AWS takes, as a fix. No rule."""

from __future__ import annotations

import re

from ssmlint.cron import WEEKDAYS, CronError, parse_cron

_WRAPPED = re.compile(r"(?:cron\()?(?P<body>[^()\n]+)\)?")
_NUMBER = re.compile(r"(?<![/#\w])[0-7](?![\w/])")


def meant_cron(text: str) -> str | None:
    """The expression that was most likely meant by one that AWS does not take.

    A line of crontab has five fields and counts the days of the week from 0, and `?` has to
    stand for one of the two days.  None where that does not make an expression.
    """
    match = _WRAPPED.fullmatch(text.strip())
    fields = match["body"].split() if match else []
    if len(fields) == 5:
        fields = [*fields[:4], _weekdays(fields[4]), "*"]
    if len(fields) != 6:
        return None
    day, weekday = fields[2], fields[4]
    if "?" not in (day, weekday):
        if weekday == "*":
            fields[4] = "?"
        elif day == "*":
            fields[2] = "?"
    made = f"cron({' '.join(fields)})"
    return made if made != text and _is_taken(made) else None


def _weekdays(field: str) -> str:
    """Days of the week as names: crontab's 0 and 7 are Sunday."""
    return _NUMBER.sub(lambda match: WEEKDAYS[int(match[0]) % 7], field)


def _is_taken(text: str) -> bool:
    try:
        return not parse_cron(text).doubts
    except CronError:
        return False
