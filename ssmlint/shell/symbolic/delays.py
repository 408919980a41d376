"""When something acts: in seconds, as commands are told."""

from __future__ import annotations

import math
import re

from ssmlint.shell.symbolic.values import FieldText

_UNIT = r"(?:ms|s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:ours?)?|d(?:ays?)?)"
#: What may follow `50` in the same span: only another number with its unit.
_TIME = rf"\d+(?:\.\d+)?(?:\s?{_UNIT}(?![a-z])|(?![a-z\d.]))\s?"
_DELAY = re.compile(rf"--on-(?:active|boot|calendar)[= ]?\+?((?:{_TIME})+)")
_AT_DELAY = re.compile(r"now\s*\+\s*(\d+\s*\w+)")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)")
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
            return _seconds_in(found[1])
    return None


def _seconds_in(text: str) -> float | None:
    """Of a time span as systemd.time(7) has it: `90`, `2min`, `1m30s`."""
    total = 0.0
    for number, unit in _PART.findall(text):
        factor = _SECONDS.get(unit.rstrip("s") if len(unit) > 1 and unit != "ms" else unit)
        if factor is None:
            return None
        total += float(number) * factor
    return total


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
