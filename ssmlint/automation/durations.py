"""ISO 8601 durations and points in time, as `aws:sleep` takes them (java.time, inferred)."""

from __future__ import annotations

import re

_DURATION = re.compile(
    r"(?P<minus>-)?P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}

_INSTANT = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"T(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)"
)


def seconds_of(text: str) -> float | None:
    """Seconds that a duration lasts, None for what is none; years and months are none."""
    match = _DURATION.fullmatch(text)
    if match is None or not any(match[unit] for unit in _SECONDS):
        return None
    total = sum(float(match[unit] or 0) * seconds for unit, seconds in _SECONDS.items())
    return -total if match["minus"] else total


def is_instant(text: str) -> bool:
    """Whether a text is a point in time with its offset from UTC."""
    return _INSTANT.fullmatch(text) is not None
