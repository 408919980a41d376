"""`iris` and `irissession`: 5 is yes or done, 3 is no or refused.

Backup.General of InterSystems' documentation: ExternalFreeze's tenth argument is the time, in
seconds, after which the write daemon goes on by itself (300 if it is left out).
"""

from __future__ import annotations

import re

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.host.applications import Iris, IrisInstance, IrisState
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering, ReadAll

_YES, _NO = 5, 3
_WD_SUSPEND_LIMIT = 300.0
#: The place of that argument.
_LIMIT_AT = 9


@command("iris", "irissession", "iris-main", "ccontrol", "csession")
def iris(call: Call) -> Answering:
    """`iris qlist|qall|list`, `iris session NAME -U NS ROUTINE`, `irissession NAME ...`."""
    server = call.host.find(Iris)
    if server is None or server.container not in ("", call.container):
        return call.fail(f"{call.name}: command not found", 127)
    words = call.arguments
    if call.name in ("irissession", "csession"):
        words = ("session", *words)
    match words:
        case ("qlist", *_):
            for one in server.instances:
                up = one.state is not IrisState.DOWN
                state = "running, since Thu Jan 15 02:00:00 2026" if up else "down, last used"
                folder = "/usr/irissys^2024.1.0.267.2"
                call.print(f"{one.name}^{folder}^{state}^iris.cpf^1972^52773^0^ok^IRIS^^^")
        case ("qall", *_):
            call.print("     Instance Name   Version ID        Port   Directory")
            call.print("     -------------   ----------        ----   ---------")
            for one in server.instances:
                state = "dn" if one.state is IrisState.DOWN else "up"
                call.print(f"{state}   {one.name:<16}2024.1.0.267.2    1972   /usr/irissys")
        case ("list" | "all", *_):
            for one in server.instances:
                call.print(f"Configuration '{one.name}'", f"\tstatus: {one.state.value}")
        case ("session", name, *rest):
            instance = server.instance(name)
            if instance is None:
                return call.fail(f"IRIS instance '{name}' not found", 1)
            script = rest[-1] if rest and "Class(" in rest[-1] else (yield ReadAll()) or ""
            return _session(call, instance, script)
    return 0


def _session(call: Call, instance: IrisInstance, script: str) -> int:
    if instance.state is IrisState.DOWN:
        return call.fail(f"IRIS instance '{instance.name}' is not running", 1)
    if instance.mute:
        return call.fail("<ACCESS DENIED>", 1)
    what = f"iris {instance.name}"
    if "IsWDSuspended" in script:
        return _YES if instance.state is IrisState.FROZEN else _NO
    if "ExternalFreeze" in script:
        if instance.refuses or instance.state is IrisState.FROZEN:
            return _NO
        instance.state = IrisState.FROZEN
        call.host.hold(HoldKind.LOCK, what, "iris")
        _resume_later(call, instance, _limit(script))
        return _YES
    if "ExternalThaw" in script:
        if instance.stays or instance.state is not IrisState.FROZEN:
            return _NO
        instance.state = IrisState.RUNNING
        call.host.release(what)
        return _YES
    return _YES if "ExternalSetHistory" in script else 0


def _limit(script: str) -> float:
    match = re.search(r"ExternalFreeze\((.*)\)", script, re.DOTALL)
    arguments = re.findall(r'(?:"[^"]*"|[^,])*(?:,|$)', match[1]) if match else []
    text = arguments[_LIMIT_AT].strip(", ") if len(arguments) > _LIMIT_AT else ""
    return float(text) if re.fullmatch(r"\d+", text) else _WD_SUSPEND_LIMIT


def _resume_later(call: Call, instance: IrisInstance, seconds: float) -> None:
    host, world = call.host, call.world
    due = host.now + seconds
    instance.resumes = due

    def resume() -> None:
        if instance.state is IrisState.FROZEN and instance.resumes == due:
            instance.state = IrisState.RUNNING
            host.source = "service"
            host.release(f"iris {instance.name}", "the write daemon, by itself")
            text = f"the write daemon of {instance.name} goes on by itself"
            world.happened(text, kind="host", source="service")

    host.at(due, resume)
