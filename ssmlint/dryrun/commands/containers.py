"""`docker` and `podman`: what a container holds is reached through it only."""

from __future__ import annotations

from ssmlint.dryrun.calls import SIMULATED, Call, command
from ssmlint.dryrun.commands.options import split
from ssmlint.dryrun.commands.users import inside
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering

_EXEC = ("--user", "--workdir", "--env", "--env-file", "--detach-keys")


@command("docker", "podman", "nerdctl")
def docker(call: Call) -> Answering:
    """`docker exec|ps|pause|unpause|stop|start|inspect`."""
    _, words = split(call.arguments, "Hlc", ("--host", "--context"))
    if words[:1] == ("container",):
        words = words[1:]
    match words:
        case ("exec", *rest):
            _, command_line = split(tuple(rest), "uwe", _EXEC)
            return (yield from _exec(call, command_line))
        case ("ps", *rest):
            for one in call.host.containers:
                if one.running or {"-a", "--all"} & set(rest):
                    call.print(one.id if "-q" in rest else one.name)
        case ("pause" | "unpause" | "stop" | "start" | "kill" as verb, *names):
            return _change(call, verb, [n for n in names if not n.startswith("-")])
        case ("inspect", *rest):
            found = call.host.container(rest[-1]) if rest else None
            if found is None:
                return call.fail(f"Error: No such object: {rest[-1] if rest else ''}")
            call.print("true" if found.running else "false")
    return 0


def _exec(call: Call, words: tuple[str, ...]) -> Answering:
    name = words[0] if words else ""
    one = call.host.container(name)
    if one is None:
        return call.fail(f"Error response from daemon: No such container: {name}")
    if not one.running or one.paused:
        state = "paused" if one.paused else "not running"
        return call.fail(f"Error response from daemon: container {name} is {state}")
    if words[1].rpartition("/")[2] not in SIMULATED:
        call.world.note(f"`docker exec {name} {words[1]}` runs here, not in a container of its own")
    return (yield from inside(call, words[1:], container=one.name))


def _change(call: Call, verb: str, names: list[str]) -> int:
    host = call.host
    for name in names:
        one = host.container(name)
        if one is None:
            return call.fail(f"Error response from daemon: No such container: {name}")
        what = f"container {one.name}"
        match verb:
            case "pause" | "stop" | "kill":
                one.paused, one.running = verb == "pause", verb == "pause"
                host.hold(HoldKind.STOP, what)
            case "unpause" | "start":
                one.paused, one.running = False, True
                host.release(what)
        call.print(name)
    return 0
