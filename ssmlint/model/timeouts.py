"""Timeouts of scripts, read as the agent reads them.

Source: `ValidateExecutionTimeout` and `extractIntFromString` in aws/amazon-ssm-agent,
`agent/plugins/pluginutil/pluginutil.go`.
"""

from __future__ import annotations

import math
import re

from ssmlint.tree import ScalarValue

LEAST_SECONDS = 5
MOST_SECONDS = 172_800
#: What the agent takes in place of a value that it does not.
DEFAULT_SECONDS = 3600

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_WITH_UNIT = re.compile(
    r"(?P<number>\d{1,6}) *(?P<unit>s(ec(ond)?s?)?|m(in(ute)?s?)?|h(ours?|rs?)?)", re.IGNORECASE
)
_UNITS = {"s": 1, "m": 60, "h": 3600}
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def seconds(value: ScalarValue) -> int | None:
    """The timeout that a value stands for, None where the agent takes its default instead."""
    number = _number(value)
    return number if number is not None and LEAST_SECONDS <= number <= MOST_SECONDS else None


def meant_seconds(value: ScalarValue) -> int | None:
    """The timeout that was most likely meant by a value that the agent does not take."""
    match = _WITH_UNIT.fullmatch(value.strip()) if isinstance(value, str) else None
    number = int(match["number"]) * _UNITS[match["unit"][0].lower()] if match else _number(value)
    if number is None or number < LEAST_SECONDS:
        return None
    return min(number, MOST_SECONDS)


def _number(value: ScalarValue) -> int | None:
    match value:
        case bool() | None:
            return None
        case int():
            return value
        case float():
            return int(value) if math.isfinite(value) else None
    if _INTEGER.fullmatch(value):
        return int(value)
    if _FLOAT.fullmatch(value):
        number = float(value)
        return int(number) if math.isfinite(number) else None
    return None
