"""Commands that take or tell time: virtual, so that it costs none."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from ssmlint.dryrun.calls import SIMULATED, Call, command
from ssmlint.dryrun.commands.options import seconds, split
from ssmlint.dryrun.needs import Answering, Become, Child, Need, Wait
from ssmlint.dryrun.world import EPOCH

#: The status of timeout(1) for a command that it has ended.
_TIMED_OUT = 124


@command("sleep", "usleep")
def sleep(call: Call) -> Answering:
    """`sleep 1m 30`: the sum."""
    if not call.arguments:
        return call.fail("sleep: missing operand")
    total = 0.0
    for word in call.arguments:
        if word == "infinity":
            total = float("1e9")
            continue
        time = seconds(word)
        if time is None:
            return call.fail(f"sleep: invalid time interval '{word}'")
        total += time / (1e6 if call.name == "usleep" else 1)
    until = call.host.now + total
    yield Wait(lambda: call.host.now >= until, until)
    return 0


@command("timeout")
def timeout(call: Call) -> Answering:
    """`timeout [options] 20 command`: 124 if the time is up."""
    options, rest = split(call.arguments, "ks", ("--kill-after", "--signal"))
    limit = seconds(rest[0]) if rest else None
    if limit is None or len(rest) < 2:
        return call.fail("timeout: missing operand", 125)
    until = call.host.now + limit if limit else None
    if rest[1].rpartition("/")[2] not in SIMULATED:
        status = yield Child(rest[1:], until)
        return _TIMED_OUT if status is None else status
    status = yield from within(call.run(rest[1:]), until)
    if status is None:
        return 137 if options.get("-s", options.get("--signal")) in ("9", "KILL") else _TIMED_OUT
    return status


def within(running: Answering, until: float | None) -> Generator[Need, Any, int | None]:
    """A command that is ended at a virtual time; None if it was."""
    answer: Any = None
    try:
        while True:
            need = running.send(answer)
            if until is None or not isinstance(need, (Wait, Child)):
                answer = yield need
                continue
            early = need.until is not None and need.until < until
            if early:
                answer = yield need
                continue
            if isinstance(need, Wait):
                answer = yield Wait(need.ready, until)
                if not answer:
                    return None
            else:
                answer = yield Child(need.words, until)
                if answer is None:
                    return None
    except StopIteration as end:
        return int(end.value or 0)
    finally:
        running.close()


@command("date")
def date(call: Call) -> Answering:
    """The machine's own `date`, of the virtual time."""
    given = any(word.startswith(("-d", "--date", "-r", "--ref", "-s")) for word in call.arguments)
    now = () if given else ("-d", f"@{EPOCH + call.host.now:.3f}")
    yield Become(("/host/real/date", *now, *call.arguments))
    return 0
