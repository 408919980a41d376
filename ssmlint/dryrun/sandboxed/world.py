"""One sandbox and one simulated host, and the virtual clock that both live by.

The clock stands still while anything runs.  When every process of the sandbox sleeps and no
question is open that could be answered, nothing more will happen at this moment, and the clock
jumps to the next thing that is due.  That everything sleeps is known from two looks at each
process: one that has not been switched between them has slept from the one to the other, so at
the end of the first look all slept at once.  (A process that says it sleeps may be about to and
still run; in between, the kernel is asked to make sure.)
"""

from __future__ import annotations

import os
import shlex
import signal
import time
from collections.abc import Callable, Iterator, Mapping

from ssmlint.dryrun.faults import Faults
from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.jobs import Job, JobKind
from ssmlint.dryrun.sandbox.bubblewrap import SLOTS, Sandbox
from ssmlint.dryrun.sandbox.processes import Process, is_blocked
from ssmlint.dryrun.sandboxed.clients import Client
from ssmlint.dryrun.sandboxed.jobs import SandboxedJob
from ssmlint.dryrun.sandboxed.pipes import Pipes
from ssmlint.dryrun.world import Exhausted, Limits, World

#: How long to look away, in real seconds, while something in the sandbox runs.
_PATIENCE = 0.001
#: Real seconds between looks at memory.
_WATCH = 0.1


class SandboxedWorld(World):
    """The event loop of one cell around one sandbox, which has been started."""

    def __init__(self, host: Host, sandbox: Sandbox, faults: Faults, limits: Limits) -> None:
        super().__init__(host, faults, limits)
        self._sandbox = sandbox
        self._is_ready = False
        self._began = self._looked = time.monotonic()
        self._pipes = Pipes(sandbox.folder, self._hear_report)
        self._clients = [Client(self, self._pipes, slot) for slot in SLOTS]
        for client in self._clients:
            client.open()
        self._pipes.give_tickets(SLOTS)

    def close(self) -> None:
        """Close everything but the sandbox."""
        for client in self._clients:
            client.close()
        for job in self.jobs.values():
            job.close()
        self._pipes.close()

    # --- the loop --------------------------------------------------------------------------

    def run_until(self, done: Callable[[], bool], until: float | None = None) -> bool:
        """Let things happen until `done`, or until a virtual time; whether it is done.

        Raises `Exhausted` when a limit is reached or the sandbox has ended.
        """
        while not done():
            if until is not None and self.host.now >= until:
                return False
            if self._pipes.hear(0) or self._wake():
                continue
            if not self._everything_sleeps():
                self._pipes.hear(_PATIENCE)
                self._watch_limits()
                continue
            if not self._jump(until):
                return False
        return True

    def _wake(self) -> bool:
        """Go on with a client that has what it waits for."""
        for client in self._clients:
            if client.is_due():
                client.go_on()
                return True
        return False

    def _jump(self, until: float | None) -> bool:
        """Set the clock to the next thing that is due; False where nothing is."""
        times = [client.until for client in self._clients if client.until is not None]
        timer = self.host.next_time()
        if timer is not None:
            times.append(timer)
        if until is not None:
            times.append(until)
        if not times:
            return False
        self.set_clock(max(self.host.now, min(times)))
        while (due := self.host.due()) is not None:
            due.what()
        return True

    def set_clock(self, now: float) -> None:
        """Set the virtual clock, for the shells of the sandbox, too."""
        self.host.now = now
        self._pipes.show_time(now)

    def _everything_sleeps(self) -> bool:
        if not self._is_ready:
            return False
        first = self._sleepers()
        if first is None or not all(map(is_blocked, first)):
            return False
        second = self._sleepers()
        return first == second and self._pipes.are_empty()

    def _sleepers(self) -> dict[int, int] | None:
        """Each process with its count of switches; None as soon as one does not sleep."""
        found: dict[int, int] = {}
        for process in self.processes():
            if process.state not in "SZT":
                return None
            found[process.outer] = process.switches
        return found

    def _watch_limits(self) -> None:
        now = time.monotonic()
        if now - self._began > self.limits.real_seconds:
            raise Exhausted(f"it did not end within {self.limits.real_seconds:g} real seconds")
        if not self._sandbox.is_alive:
            complaint = self._sandbox.complaint()
            raise Exhausted(f"the sandbox has ended{': ' + complaint if complaint else ''}")
        if now - self._looked > _WATCH:
            self._looked = now
            if sum(p.kilobytes for p in self.processes()) > self.limits.kilobytes:
                raise Exhausted(f"it used more than {self.limits.kilobytes >> 10} MiB of memory")

    # --- what runs ---------------------------------------------------------------------------

    def start_script(
        self,
        label: str,
        path: str,
        text: str,
        environment: Mapping[str, str],
        folder: str,
        timeout: float,
    ) -> Job:
        """Have the agent's `sh` run a script; the agent itself ends it when its time is over."""
        self._sandbox.write_script(path, text)
        line = _line((*_clean(environment), "/bin/sh", "-c", path))
        lines = f"cd {shlex.quote(folder)} || exit 1\nexec {line}\n"
        return self._start(JobKind.SCRIPT, label, lines)

    def start_unit(
        self, label: str, words: tuple[str, ...], environment: Mapping[str, str], folder: str
    ) -> Job:
        """Run a command in a session of its own."""
        line = _line(("/host/real/setsid", *_clean(environment), *words))
        return self._start(JobKind.UNIT, label, f"cd {shlex.quote(folder)}\nexec {line}\n")

    def _start(self, kind: JobKind, label: str, script: str) -> Job:
        """Have the runner start something; `script` is read by a bash, and ends with `exec`."""
        name, limit = f"job{len(self.jobs)}", self.limits.output_bytes
        job = self.jobs[name] = SandboxedJob(name, kind, label, self._pipes, limit)
        self._sandbox.write(f"jobs/{name}", script.encode())
        for number in "12":
            self._sandbox.make_pipe(f"jobs/{name}.{number}")
        job.open()
        self._pipes.order(kind, name)
        return job

    def _hear_report(self, words: list[str]) -> None:
        match words:
            case ["ready"]:
                self._is_ready = True
            case ["started", name, pid] if name in self.jobs and pid.isdigit():
                self.jobs[name].pid = int(pid)
            case ["ended", name, status] if name in self.jobs and status.isdigit():
                self.jobs[name].status = int(status)

    def kill_stage(self, why: str) -> None:
        """Kill the process group of the script that runs, as the agent does it."""
        for job in self.jobs.values():
            if job.kind is JobKind.SCRIPT and not job.is_over:
                job.killed = job.killed or why
                self.kill_group(job)

    def kill_group(self, job: Job) -> None:
        """Kill the process group of a script, whoever is in it."""
        self.signal(lambda process: process.group == job.pid, signal.SIGKILL)

    def processes(self) -> Iterator[Process]:
        """Everything that runs in the sandbox; looked up one by one."""
        return self._sandbox.processes()

    def signal(self, chosen: Callable[[Process], bool], number: int) -> None:
        """Send a signal to processes of the sandbox."""
        self._sandbox.signal([process for process in self.processes() if chosen(process)], number)

    def exists(self, path: str) -> bool:
        """Whether a path exists for the script: in the sandbox, or on the simulated host."""
        if any(path in filesystem.paths for filesystem in self.host.filesystems):
            return True
        root = self._sandbox.root()
        if root is None:
            return False
        return os.path.lexists(root + path)


def _clean(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The words in front of a command that give it this environment and no other."""
    pairs = {**environment, "BASH_ENV": "/host/bash_env"}
    return ("/host/real/env", "-i", *(f"{name}={value}" for name, value in pairs.items()))


def _line(words: tuple[str, ...]) -> str:
    return " ".join(map(shlex.quote, words))
