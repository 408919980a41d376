"""Faults: what goes wrong in a cell.

`COMMAND[:ARGUMENTS][:NUMBER]=EFFECT`, as in `fsfreeze:-f:2=fail`: the second call of `fsfreeze`
whose arguments begin with `-f` fails (`*` stands for any text).  Without a number every such call.  A stage in front,
`pre-script/fsfreeze:-f=hang`, counts calls of that stage only.  A word alone, such as
`service-down`, is a host on which something is different (`variants.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.records import dataclass

#: What can be done to a call.
EFFECTS = {
    "fail": "it fails, with status 1",
    "hang": "it never answers; only a signal ends it",
    "kill": "the process group of the script is killed before it begins",
    "kill-after": "the process group of the script is killed when it is done",
    "missing": "the command is not installed",
}

_FORM = re.compile(
    r"(?:(?P<stage>pre-script|post-script|dry-run)/)?(?P<command>[^:=/\s]+)"
    r"(?::(?P<arguments>.*?))??(?::(?P<number>\d+))?=(?P<effect>[a-z-]+|\d+)"
)

_HINT = "write COMMAND[:ARGUMENTS][:NUMBER]=EFFECT, as in `fsfreeze:-f:2=fail`"


@dataclass(eq=False, slots=True)
class Fault:
    """One thing that goes wrong with calls."""

    text: str
    command: str
    arguments: str
    number: int | None
    effect: str
    stage: str = ""
    seen: int = 0
    hits: int = 0
    """How often it has come to pass."""

    @property
    def status(self) -> int:
        """The exit status of a call that fails."""
        return int(self.effect) if self.effect.isdigit() else 1

    def takes(self, name: str, arguments: str, stage: str) -> bool:
        """Whether this call is the one; counts it."""
        if self.effect == "missing" or name != self.command:
            return False
        if not _begins(arguments, self.arguments) or self.stage not in ("", stage):
            return False
        self.seen += 1
        if self.number is not None and self.seen != self.number:
            return False
        self.hits += 1
        return True


def _begins(arguments: str, pattern: str) -> bool:
    """Whether arguments begin like this; a `*` stands for any text."""
    if "*" not in pattern:
        return arguments.startswith(pattern)
    return re.match(".*".join(map(re.escape, pattern.split("*"))), arguments, re.DOTALL) is not None


class Faults:
    """The faults of one cell, on until they are lifted."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.all = tuple(faults)
        self.active = True

    @property
    def missing(self) -> frozenset[str]:
        """Commands that are not installed."""
        return frozenset(fault.command for fault in self.all if fault.effect == "missing")

    @property
    def hit(self) -> bool:
        """Whether every one has come to pass (one that is missing always has)."""
        return all(fault.hits or fault.effect == "missing" for fault in self.all)

    def take(self, name: str, arguments: str, stage: str) -> Fault | None:
        """The fault that this call meets, if any."""
        if not self.active:
            return None
        met = [fault for fault in self.all if fault.takes(name, arguments, stage)]
        return met[0] if met else None


def parse_fault(text: str) -> Fault:
    """Read `COMMAND[:ARGUMENTS][:NUMBER]=EFFECT`; raises `UserError`."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise UserError(f"no fault: `{text}`", hint=_HINT)
    effect = match["effect"]
    if effect not in EFFECTS and not effect.isdigit():
        near = nearest(effect, EFFECTS)
        hint = f"did you mean `{near}`?" if near else f"one of {', '.join(EFFECTS)}, or a status"
        raise UserError(f"unknown effect `{effect}`", hint=hint)
    if effect.isdigit() and not 1 <= int(effect) <= 255:
        raise UserError(f"no exit status of a failure: `{effect}`", hint="1 to 255")
    number = match["number"]
    if number == "0":
        raise UserError("calls are counted from 1", hint=_HINT)
    return Fault(
        text,
        match["command"],
        match["arguments"] or "",
        None if number is None else int(number),
        effect,
        match["stage"] or "",
    )
