"""`systemctl`, `systemd-run`, `service`, `at`: what outlives the script, and what is asked of it."""

from __future__ import annotations

import re
import signal

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.options import options_of, seconds, split
from ssmlint.dryrun.host.applications import Unit
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering, ReadAll, Wait
from ssmlint.dryrun.places import SEARCH_PATH
from ssmlint.dryrun.world import World

#: Seconds until systemd kills what does not end when it is asked to (`TimeoutStopSec`).
_STOP_SECONDS = 90.0

#: Statuses of systemctl: systemctl(1), "Exit status".
_INACTIVE, _NO_UNIT, _NOT_LOADED = 3, 4, 5

#: `--collect` came with systemd 236 (its NEWS).
_COLLECT_SINCE = 236


# --- units -----------------------------------------------------------------------------------------


def settle(world: World) -> None:
    """Let transient units end with what they have run."""
    units = world.host.units
    for name, unit in list(units.items()):
        if unit.transient and unit.job and world.jobs[unit.job].is_over:
            status = world.jobs[unit.job].status
            unit.active, unit.result = False, "success" if not status else "exit-code"
            del units[name]


def start_unit(world: World, name: str, words: tuple[str, ...], folder: str = "/") -> Unit:
    """Run a command as a transient service."""
    environment = {"PATH": SEARCH_PATH, "LANG": world.host.language}
    job = world.start_unit(name, words, environment, folder)
    unit = Unit(name, transient=True, job=job.name, description=" ".join(words))
    world.host.units[name] = unit
    return unit


def stop_unit(call: Call, unit: Unit) -> Answering:
    """End a unit; returns when everything of it has ended, as systemd does."""
    host, world = call.host, call.world
    if unit.job and not world.jobs[unit.job].is_over:
        session = world.jobs[unit.job].pid
        world.signal(lambda process: process.session == session, signal.SIGTERM)

        def ended() -> bool:
            there = (p for p in world.processes() if p.session == session)
            return world.jobs[unit.job].is_over and not any(p.state != "Z" for p in there)

        late = host.now + _STOP_SECONDS
        if not (yield Wait(ended, late)):
            world.signal(lambda process: process.session == session, signal.SIGKILL)
            yield Wait(ended)
    if unit.transient:
        host.units.pop(unit.name, None)
        host.change(f"stopped {unit.name}")
        return 0
    if unit.active:
        folders = [f for a in host.applications if a.unit == unit.name for f in a.folders]
        yield Wait(lambda: not any(map(host.is_frozen, folders)))
        unit.active, unit.substate = False, "dead"
        host.hold(HoldKind.STOP, unit.name)
    return 0


# --- systemctl ---------------------------------------------------------------------------------------

_LONG = ("--property", "--type", "--state", "--output", "--lines", "--signal", "--kill-whom")


@command("systemctl")
def systemctl(call: Call) -> Answering:
    """The verbs that scripts use."""
    options, words = options_of(call.arguments, "ptonMs", _LONG)
    if "--version" in options:
        call.print(f"systemd {call.host.systemd}")
        return 0
    settle(call.world)
    quiet = bool({"-q", "--quiet"} & options.keys())
    match words:
        case ("is-active", *names):
            return _is_active(call, names, quiet=quiet)
        case ("is-enabled", *names):
            found = [call.host.unit(name) for name in names]
            call.print(*(["enabled" if u else "not-found" for u in found] if not quiet else []))
            return 0 if any(found) else 1
        case ("is-failed", *names):
            call.print(*("inactive" for _ in names))
            return 1
        case ("show", *names):
            return _show(call, names, options)
        case ("status", name, *_):
            return _status(call, name)
        case (("start" | "restart" | "reload-or-restart" | "try-restart") as verb, *names):
            return (yield from _start(call, verb, names))
        case ("stop", *names):
            return (yield from _stop(call, names))
        case ("kill", *names):
            for name in names:
                call.host.daemons = [d for d in call.host.daemons if name not in d[1]]
            return 0
        case (("list-units" | "list-unit-files" | "list-timers"), *patterns):
            _list(call, patterns)
    return 0


def _is_active(call: Call, names: list[str], *, quiet: bool) -> int:
    states = [unit is not None and unit.active for unit in map(call.host.unit, names)]
    if not quiet:
        call.print(*("active" if state else "inactive" for state in states))
    return 0 if any(states) else _INACTIVE


def _show(call: Call, names: list[str], options: dict[str, str]) -> int:
    wanted = (options.get("-p") or options.get("--property") or "ActiveState,SubState").split(",")
    for name in names:
        unit = call.host.unit(name)
        active = unit is not None and unit.active
        values = {
            "ActiveState": "active" if active else "inactive",
            "SubState": unit.substate if unit is not None and active else "dead",
            "LoadState": "loaded" if unit is not None else "not-found",
            "MainPID": str(unit.pid if unit is not None and active else 0),
            "Result": unit.result if unit is not None else "success",
            "Id": unit.name if unit is not None else name,
        }
        for key in wanted:
            value = values.get(key, "")
            call.print(value if "--value" in options else f"{key}={value}")
    return 0


def _status(call: Call, name: str) -> int:
    unit = call.host.unit(name)
    if unit is None:
        return call.fail(f"Unit {name}.service could not be found.", _NO_UNIT)
    state = f"active ({unit.substate})" if unit.active else "inactive (dead)"
    call.print(f"* {unit.name} - {unit.description}", f"     Active: {state}")
    return 0 if unit.active else _INACTIVE


def _start(call: Call, verb: str, names: list[str]) -> Answering:
    status = 0
    for name in names:
        unit = call.host.unit(name)
        if unit is None:
            status = call.fail(
                f"Failed to {verb} {name}.service: Unit {name}.service not found.", _NOT_LOADED
            )
            continue
        if verb == "restart" and unit.active:
            yield from stop_unit(call, unit)
        if not unit.active:
            unit.active, unit.substate = True, "running"
            call.host.release(unit.name)
    return status


def _stop(call: Call, names: list[str]) -> Answering:
    status = 0
    for name in names:
        unit = call.host.unit(name)
        if unit is None:
            full = name if "." in name else f"{name}.service"
            text = f"Failed to stop {full}: Unit {full} not loaded."
            status = call.fail(text, _NOT_LOADED)
        elif unit.name.endswith(".timer"):
            call.host.units.pop(unit.name)
            call.host.change(f"disarmed {unit.name}")
        else:
            yield from stop_unit(call, unit)
    return status


def _list(call: Call, patterns: list[str]) -> None:
    import fnmatch

    for unit in call.host.units.values():
        if not patterns or any(fnmatch.fnmatch(unit.name, pattern) for pattern in patterns):
            state = "active" if unit.active else "inactive"
            call.print(f"{unit.name} loaded {state} {unit.substate} {unit.description}")


@command("service")
def service(call: Call) -> Answering:
    """`service name verb`, which calls systemctl."""
    if len(call.arguments) < 2:
        return 0
    name, verb = call.arguments[:2]
    return (yield from call.run(("systemctl", verb, name)))


# --- systemd-run -----------------------------------------------------------------------------------

_RUN_LONG = (
    *("--unit", "--on-active", "--property", "--timer-property", "--setenv", "--uid", "--gid"),
    *("--slice", "--description", "--service-type", "--working-directory"),
)


@command("systemd-run")
def systemd_run(call: Call) -> Answering:
    """A transient service, or with `--on-active` a timer that starts one."""
    options, words = split(call.arguments, "upEH", _RUN_LONG)
    world, host = call.world, call.host
    settle(world)
    if {"-G", "--collect"} & options.keys() and host.systemd < _COLLECT_SINCE:
        return call.fail("systemd-run: unrecognized option '--collect'")
    if "--version" in options:
        call.print(f"systemd {host.systemd}")
        return 0
    if not words:
        return call.fail("Command line to execute required.")
    name = re.sub(r"\.(service|timer)$", "", options.get("--unit", options.get("-u", "")))
    name = name or f"run-r{call.number:08x}"
    delay = options.get("--on-active")
    kind = "service" if delay is None else "timer"
    if host.unit(f"{name}.{kind}") is not None or host.unit(f"{name}.service") is not None:
        text = f"Unit {name}.{kind} was already loaded or has a fragment file."
        return call.fail(f"Failed to start transient {kind} unit: {text}")
    if delay is not None:
        return _arm(call, name, delay, words)
    if "--scope" in options:
        # In the caller's own session and group, under another unit's name only.
        return (yield from call.run(words))
    unit = start_unit(world, f"{name}.service", words)
    host.change(f"started {unit.name}")
    if "--wait" in options:
        yield Wait(lambda: world.jobs[unit.job].is_over)
        return world.jobs[unit.job].status or 0
    return 0


def _arm(call: Call, name: str, delay: str, words: tuple[str, ...]) -> int:
    time = seconds(delay)
    if time is None:
        return call.fail(f"Failed to parse timer value: {delay}")
    arm(call.world, name, time, words)
    return 0


def arm(world: World, name: str, delay: float, words: tuple[str, ...], folder: str = "/") -> None:
    """Start a service after a delay unless its timer is stopped before."""
    host = world.host
    timer = Unit(f"{name}.timer", substate="waiting", transient=True)
    host.units[timer.name] = timer
    host.change(f"armed {timer.name}, in {delay:g} s")

    def fire() -> None:
        if host.units.get(timer.name) is not timer:
            return
        del host.units[timer.name]
        start_unit(world, f"{name}.service", words, folder)
        world.happened(f"{timer.name} starts {name}.service", kind="host", source="service")

    host.at(host.now + delay, fire)


# --- at ----------------------------------------------------------------------------------------------

_IN = re.compile(r"now\s*\+\s*(\d+)\s*([a-z]+)")


@command("at", "batch")
def at(call: Call) -> Answering:
    """`at now + 2 minutes` with the commands on standard input."""
    options, words = options_of(call.arguments, "fqt")
    del options
    match = _IN.search(" ".join(words))
    delay = seconds(f"{match[1]}{match[2]}") if match else 0.0
    if delay is None or (match is None and words[:1] != ("now",)):
        return call.fail("Garbled time")
    script = (yield ReadAll()) or ""
    arm(call.world, f"at-{call.number}", delay, ("/bin/sh", "-c", script), call.caller.folder)
    return call.fail(f"job {call.number} at Thu Jan 15 2026", 0)


@command("atrm", "atq")
def at_queue(call: Call) -> int:
    """Lists or removes the jobs of `at`."""
    names = [name for name in call.host.units if re.fullmatch(r"at-\d+\.timer", name)]
    if call.name == "atq":
        call.print(*(name[3:-6] for name in names))
        return 0
    for word in call.arguments:
        if call.host.units.pop(f"at-{word}.timer", None) is None:
            return call.fail(f"Cannot find jobid {word}")
        call.host.change(f"disarmed at-{word}.timer")
    return 0
