"""When something acts: in seconds, as commands are told."""

from __future__ import annotations

import math
import re

from ssmlint.shell.symbolic.values import FieldText

_DELAY = re.compile(r"--on-(?:active|boot|calendar)[= ]?\+?(\d+(?:\.\d+)?)\s*([a-z]*)")
_AT_DELAY = re.compile(r"now\s*\+\s*(\d+)\s*(\w+)")
_SECONDS = {
    "": 1.0,
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "m": 60.0,
    "min": 60.0,
    "minute": 60.0,
    "h": 3600.0,
    "hour": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "ms": 0.001,
}


#: Seconds after which nobody waits any more for a session whose client only sleeps.  Data
#: Lifecycle Manager gives a stage at most 120 (`ExecutionTimeout`); that this is far longer
#: than a stage, its snapshots and a watchdog take is inferred.
LONGEST_HOLD = 600.0


def delay_of(line: str) -> float | None:
    """Seconds after which `systemd-run --on-active=...` or `at now + ...` acts."""
    for pattern in (_DELAY, _AT_DELAY):
        found = pattern.search(line)
        if found:
            unit = found[2].rstrip("s") if len(found[2]) > 1 and found[2] != "ms" else found[2]
            factor = _SECONDS.get(unit)
            return None if factor is None else float(found[1]) * factor
    return None


def seconds_of(fields: list[FieldText]) -> float | None:
    """How long `sleep` sleeps, None where it is not known."""
    total = 0.0
    for field in fields:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", field.text)
        if match is None:
            return None
        total += float(match[1]) * _SECONDS[match[2]]
    return total


def hold_of(fields: list[FieldText]) -> float | None:
    """How long `sleep` keeps a pipe open: seconds, infinity too, None where it is not known."""
    endless = any(re.fullmatch(r"inf(?:inity)?", field.text) for field in fields)
    return math.inf if endless else seconds_of(fields)
