"""A call of a simulated command in a world in which nothing runs: answered, or gone wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from ssmlint.dryrun.calls import Call, Caller
from ssmlint.dryrun.commands import SIMULATED
from ssmlint.dryrun.faults import Faults, parse_fault
from ssmlint.dryrun.host.building import build_host
from ssmlint.dryrun.host.settings import complete
from ssmlint.dryrun.jobs import Job
from ssmlint.dryrun.needs import Wait
from ssmlint.dryrun.sandbox.processes import Process
from ssmlint.dryrun.world import Exhausted, Limits, Unshown, World


class EmptyWorld(World):
    """A host on which nothing runs; it remembers why the stage was killed."""

    def __init__(self, *faults: str, limits: Limits | None = None) -> None:
        host = build_host(complete({}, ""), [])
        super().__init__(host, Faults(map(parse_fault, faults)), limits or Limits())
        self.killed = ""

    def close(self) -> None:
        """Nothing is open."""

    def run_until(self, done: Callable[[], bool], until: float | None = None) -> bool:
        if not done() and until is not None:
            self.set_clock(until)
        return done()

    def set_clock(self, now: float) -> None:
        self.host.now = now

    def start_script(
        self,
        label: str,
        path: str,
        text: str,
        environment: Mapping[str, str],
        folder: str,
        timeout: float,
    ) -> Job:
        raise Unshown(label)

    def start_unit(
        self, label: str, words: tuple[str, ...], environment: Mapping[str, str], folder: str
    ) -> Job:
        raise Unshown(label)

    def kill_stage(self, why: str) -> None:
        self.killed = why

    def kill_group(self, job: Job) -> None:
        """There is none."""

    def processes(self) -> Iterator[Process]:
        return iter(())

    def signal(self, chosen: Callable[[Process], bool], number: int) -> None:
        """Nobody is there."""

    def exists(self, path: str) -> bool:
        return any(path in filesystem.paths for filesystem in self.host.filesystems)


def call(world: World, line: str) -> Call:
    """A call that has come in from the pre-script."""
    name, *arguments = line.split()
    caller = Caller(f"/usr/bin/{name}", "/", ("", "", ""), 100, 99, 100, 100, "pre-script")
    return Call(world, caller, name, tuple(arguments))


def status(world: World, asked: Call) -> int | None:
    """The exit status of a call; None where it waits for ever and is given up."""
    running = asked.answer()
    try:
        need = next(running)
        while isinstance(need, Wait):
            if not world.run_until(need.ready, need.until) and need.until is None:
                running.close()
                return None
            need = running.send(need.ready())
    except StopIteration as end:
        return int(end.value)
    raise AssertionError(f"needs {need}")


def test_a_call_is_one_line_of_the_trace_with_what_it_has_changed() -> None:
    world = EmptyWorld()
    assert status(world, call(world, "sudo timeout 5 fsfreeze -f /data")) == 0
    (event,) = world.trace
    assert event.what == "sudo timeout 5 fsfreeze -f /data"
    assert (event.command, event.arguments) == ("fsfreeze", "-f /data")
    assert (event.status, event.changes, event.held) == (0, ("froze /data",), ("/data",))


def test_what_waits_ends_at_its_time() -> None:
    world = EmptyWorld()
    assert status(world, call(world, "sleep 90")) == 0
    assert (world.trace[0].time, world.trace[0].ended) == (0, 90)


def test_a_fault_fails_the_call_that_it_names_also_inside_another() -> None:
    world = EmptyWorld("fsfreeze:-f:2=32")
    asked = [call(world, f"sudo fsfreeze {words}") for words in ("-f /data", "-u /data", "-f /")]
    assert [status(world, one) for one in asked] == [0, 0, 32]
    assert asked[2].err == ["fsfreeze: failed on purpose\n"]
    assert [event.what for event in world.trace if event.kind == "fault"] == [
        "fault: fsfreeze -f /: 32"
    ]


@pytest.mark.parametrize(
    ("effect", "killed", "held"),
    [
        ("hang", "", ()),
        ("kill", "killed by the fault", ()),
        ("kill-after", "killed by the fault", ("/data",)),
    ],
)
def test_a_fault_that_gives_no_answer(effect: str, killed: str, held: tuple[str, ...]) -> None:
    world = EmptyWorld(f"fsfreeze={effect}")
    assert status(world, call(world, "fsfreeze -f /data")) is None
    assert (world.killed, world.host.held_now) == (killed, held)
    assert world.trace[0].status is None


def test_a_command_that_is_missing_and_one_that_nobody_knows() -> None:
    world = EmptyWorld("fsfreeze=missing")
    assert status(world, call(world, "fsfreeze -f /data")) == 127
    assert world.notes == {}
    assert status(world, call(world, "zfs snapshot")) == 127
    assert list(world.notes) == ["the simulated host does not have `zfs`"]


def test_calls_are_counted_and_too_many_are_the_end() -> None:
    world = EmptyWorld(limits=Limits(calls=2))
    asked = [call(world, "sleep 1") for _ in range(3)]
    assert [status(world, one) for one in asked[:2]] == [0, 0]
    assert [one.number for one in asked] == [1, 2, 0]
    with pytest.raises(Exhausted, match="more than 2 calls"):
        status(world, asked[2])


def test_what_a_world_can_not_show_goes_up_to_the_cell() -> None:
    world = EmptyWorld()
    with pytest.raises(Unshown, match=r"watchdog\.service"):
        status(world, call(world, "systemd-run --unit watchdog sleep 60"))


def test_importing_the_commands_registers_every_one_that_touches_a_host() -> None:
    assert {
        "fsfreeze",
        "mysql",
        "systemctl",
        "sudo",
        "sleep",
        "iris",
        "mongosh",
    } <= SIMULATED.keys()
