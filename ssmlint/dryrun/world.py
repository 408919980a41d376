"""One sandbox and one simulated host, and the virtual clock that both live by.

The clock stands still while anything runs.  When every process of the sandbox sleeps and no
question is open that could be answered, nothing more will happen at this moment, and the clock
jumps to the next thing that is due.  That everything sleeps is known from two looks at each
process: one that has not been switched between them has slept from the one to the other, so at
the end of the first look all slept at once.  (A process that says it sleeps may be about to and
still run; in between, the kernel is asked to make sure.)
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import shlex
import signal
import time
from collections.abc import Callable

from ssmlint.dryrun.calls import Call, Caller, answering, simulated
from ssmlint.dryrun.clients import Client
from ssmlint.dryrun.faults import Faults
from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.jobs import Job, JobKind
from ssmlint.dryrun.model import Event
from ssmlint.dryrun.needs import Answering, Wait, never
from ssmlint.dryrun.sandbox.bubblewrap import SLOTS, Sandbox
from ssmlint.dryrun.sandbox.processes import Process, is_blocked
from ssmlint.records import dataclass

#: What the clock of the host shows at the start of a cell: 2026-01-15 03:00:00 UTC.
EPOCH = 1768446000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a cell may cost."""

    real_seconds: float = 20.0
    output_bytes: int = 4 << 20
    kilobytes: int = 1 << 20
    calls: int = 20_000


class Exhausted(Exception):
    """The cell has come to one of its limits."""


class Unshown(Exception):
    """The engine can not show what the script does here."""


#: How long to look away, in real seconds, while something in the sandbox runs.
_PATIENCE = 0.001
#: Bytes of a line of the runner's; its own are much shorter.
_LONGEST_REPORT = 4096
#: Virtual seconds until a fault kills.
_MOMENT = 0.1
#: Real seconds between looks at memory.
_WATCH = 0.1


class World:
    """The event loop of one cell."""

    script_timeout: float | None = None
    """Seconds that the agent gives the script that it starts next."""

    def __init__(self, host: Host, sandbox: Sandbox, faults: Faults, limits: Limits) -> None:
        self.host = host
        self.sandbox = sandbox
        self.faults = faults
        self.limits = limits
        self.stage = ""
        """The stage that runs now; empty between stages."""
        self.trace: list[Event] = []
        self.notes: dict[str, None] = {}
        self.jobs: dict[str, Job] = {}
        self.clients: dict[str, Client] = {}
        self._commands = simulated()
        self._began = time.monotonic()
        self._looked = self._began
        self._calls = 0
        self._poll = selectors.DefaultSelector()
        folder = sandbox.folder
        read, both = os.O_RDONLY | os.O_NONBLOCK, os.O_RDWR | os.O_NONBLOCK
        self._tickets = os.open(folder / "tickets", both)
        self._orders = os.open(folder / "orders", both)
        self._reports = os.open(folder / "reports", read)
        self._clock = os.open(folder / "clock", os.O_WRONLY)
        self._report_text = b""
        self._poll.register(self._reports, selectors.EVENT_READ, self._hear_reports)
        for slot in SLOTS:
            self.clients[slot] = client = Client(self, slot, folder)
            client.open()
        os.write(self._tickets, SLOTS.encode())
        self.is_ready = False

    def close(self) -> None:
        """Close everything but the sandbox."""
        for client in self.clients.values():
            client.close()
        for job in self.jobs.values():
            job.close()
        self._poll.close()
        for descriptor in (self._tickets, self._orders, self._reports, self._clock):
            os.close(descriptor)

    # --- the loop --------------------------------------------------------------------------

    def run_until(self, done: Callable[[], bool], until: float | None = None) -> bool:
        """Let things happen until `done`, or until a virtual time; whether it is done.

        Raises `Exhausted` when a limit is reached or the sandbox has ended.
        """
        while not done():
            if until is not None and self.host.now >= until:
                return False
            if self._hear(0) or self._wake():
                continue
            if not self._everything_sleeps():
                self._hear(_PATIENCE)
                self._watch_limits()
                continue
            if not self._jump(until):
                return False
        return True

    def register(self, descriptor: int, heard: Callable[[], None]) -> None:
        """Call `heard` whenever the descriptor can be read."""
        self._poll.register(descriptor, selectors.EVENT_READ, heard)

    def unregister(self, descriptor: int) -> None:
        """Undo `register`."""
        self._poll.unregister(descriptor)

    def _hear(self, timeout: float) -> bool:
        heard = False
        for key, _ in self._poll.select(timeout):
            heard = True
            key.data()
        return heard

    def _wake(self) -> bool:
        """Go on with a client that has what it waits for."""
        for client in self.clients.values():
            if client.is_due():
                client.go_on()
                return True
        return False

    def _jump(self, until: float | None) -> bool:
        """Set the clock to the next thing that is due; False where nothing is."""
        times = [client.until for client in self.clients.values() if client.until is not None]
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
        """Set the virtual clock."""
        self.host.now = now
        os.pwrite(self._clock, f"{int(now):12}\n".encode(), 0)

    def _everything_sleeps(self) -> bool:
        if not self.is_ready:
            return False
        first = self._sleepers()
        if first is None or not all(map(is_blocked, first)):
            return False
        second = self._sleepers()
        return first == second and not self._poll.select(0)

    def _sleepers(self) -> dict[int, int] | None:
        """Each process with its count of switches; None as soon as one does not sleep."""
        found: dict[int, int] = {}
        for process in self.sandbox.processes():
            if process.state not in "SZT":
                return None
            found[process.outer] = process.switches
        return found

    def _watch_limits(self) -> None:
        now = time.monotonic()
        if now - self._began > self.limits.real_seconds:
            raise Exhausted(f"it did not end within {self.limits.real_seconds:g} real seconds")
        if not self.sandbox.is_alive:
            complaint = self.sandbox.complaint()
            raise Exhausted(f"the sandbox has ended{': ' + complaint if complaint else ''}")
        if now - self._looked > _WATCH:
            self._looked = now
            if sum(p.kilobytes for p in self.sandbox.processes()) > self.limits.kilobytes:
                raise Exhausted(f"it used more than {self.limits.kilobytes >> 10} MiB of memory")

    # --- calls -----------------------------------------------------------------------------

    def begin(self, call: Call) -> Answering:
        """The answer to a call that has come in."""
        self._calls += 1
        if self._calls > self.limits.calls:
            raise Exhausted(f"it made more than {self.limits.calls} calls")
        call.number = self._calls
        words = (call.name, *call.arguments)
        event = Event(self.host.now, call.caller.source, shown(words))
        self.trace.append(event)
        call.event = event
        try:
            status = yield from self.dispatch(call, words)
        except GeneratorExit:
            self._finish(event, call, None)
            raise
        self._finish(event, call, status)
        return status

    def _finish(self, event: Event, call: Call, status: int | None) -> None:
        event.status = status
        event.ended = self.host.now
        event.output = "".join((*call.out, *call.err))[:400]
        event.changes = tuple(self.host.changes)
        self.host.changes.clear()
        event.held = self.host.held_now

    def dispatch(self, call: Call, words: tuple[str, ...]) -> Answering:
        """Answer one command line, which may stand inside another's."""
        call.name, call.arguments = words[0].rpartition("/")[2], words[1:]
        self.host.source = call.caller.source
        arguments = " ".join(call.arguments)
        if call.event is not None:
            call.event.command, call.event.arguments = call.name, arguments
        fault = self.faults.take(call.name, arguments, call.caller.source)
        if fault is not None and fault.effect != "kill-after":
            return (yield from self._go_wrong(call, fault.effect, fault.status))
        found = self._commands.get(call.name)
        if found is None or call.name in self.host.absent | self.faults.missing:
            return self._not_found(call)
        self.host.source = call.caller.source
        status = yield from answering(found(call))
        if fault is not None:
            yield from self._go_wrong(call, "kill", 0)
        return status

    def _not_found(self, call: Call) -> int:
        known = call.name in self._commands or call.name in self.faults.missing
        if not known:
            self.note(f"the simulated host does not have `{call.name}`")
        return call.fail(f"{call.name}: command not found", 127)

    def _go_wrong(self, call: Call, effect: str, status: int) -> Answering:
        words = shown((call.name, *call.arguments))
        self.happened(f"fault: {words}: {effect}", kind="fault")
        if effect == "kill":
            # A moment later, so that what runs beside it gets where it is going.
            yield Wait(lambda: False, self.host.now + _MOMENT)
            self.kill_stage("killed by the fault")
            yield never()
        elif effect == "hang":
            yield never()
        return call.fail(f"{call.name}: failed on purpose", status)

    def caller(self, request: list[str]) -> Caller:
        """Who asks, from the head of a request."""
        path, folder, lc_all, lc_messages, lang, stat = request
        fields = stat.rpartition(") ")[2].split()
        pid = int(stat.split(" ", 1)[0])
        parent, group, session = (int(field) for field in fields[1:4])
        source = self._source(group, session)
        return Caller(
            path, folder, (lc_all, lc_messages, lang), pid, parent, group, session, source
        )

    def _source(self, group: int, session: int) -> str:
        for job in self.jobs.values():
            if job.pid in (group, session) and job.kind is JobKind.UNIT:
                return job.label
            # One that has asked before its start was reported is the newest.
            if (job.pid == group or not job.pid) and not job.is_over:
                return job.label
        return "background"

    # --- happenings ------------------------------------------------------------------------

    def happened(self, what: str, *, kind: str, source: str = "host") -> Event:
        """Note something that is not a call."""
        changes = tuple(self.host.changes)
        self.host.changes.clear()
        now = self.host.now
        event = Event(now, source, what, kind, ended=now, changes=changes, held=self.host.held_now)
        self.trace.append(event)
        return event

    def note(self, text: str) -> None:
        """Note something that the report has to say of this cell."""
        self.notes.setdefault(text)

    # --- jobs --------------------------------------------------------------------------------

    def start_job(self, kind: JobKind, label: str, script: str) -> Job:
        """Have the runner start something; `script` is read by a bash, and ends with `exec`."""
        job = Job(f"job{len(self.jobs)}", kind, label, self)
        self.jobs[job.name] = job
        self.sandbox.write(f"jobs/{job.name}", script.encode())
        for number in "12":
            self.sandbox.make_pipe(f"jobs/{job.name}.{number}")
        job.open(self.sandbox.folder)
        self._put(self._orders, f"{kind.value} {job.name}\n")
        return job

    def start_script(
        self, label: str, path: str, text: str, environment: dict[str, str], folder: str
    ) -> Job:
        """Have the agent's `sh` run a script, which is written to `path` before."""
        self.sandbox.write_script(path, text)
        line = _line((*_clean(environment), "/bin/sh", "-c", path))
        lines = f"cd {shlex.quote(folder)} || exit 1\nexec {line}\n"
        return self.start_job(JobKind.SCRIPT, label, lines)

    def start_unit(
        self, label: str, words: tuple[str, ...], environment: dict[str, str], folder: str
    ) -> Job:
        """Run a command in a session of its own."""
        line = _line(("/host/real/setsid", *_clean(environment), *words))
        return self.start_job(JobKind.UNIT, label, f"cd {shlex.quote(folder)}\nexec {line}\n")

    def _put(self, descriptor: int, text: str) -> None:
        try:
            os.write(descriptor, text.encode())
        except BlockingIOError:
            raise Exhausted("something filled the pipes of the sandbox") from None

    def _hear_reports(self) -> None:
        text = b""
        with contextlib.suppress(BlockingIOError):
            text = os.read(self._reports, 65536)
        if not text:
            raise Exhausted("the script has ended every process around it, the agent's too")
        *lines, self._report_text = (self._report_text + text).split(b"\n")
        if len(self._report_text) > _LONGEST_REPORT:
            raise Exhausted("something wrote to the pipes of the sandbox")
        for line in lines:
            match re.sub(rb"[^\x20-\x7e]", b"?", line).decode().split():
                case ["ready"]:
                    self.is_ready = True
                case ["started", name, pid] if name in self.jobs and pid.isdigit():
                    self.jobs[name].pid = int(pid)
                case ["ended", name, status] if name in self.jobs and status.isdigit():
                    self.jobs[name].end(int(status))

    def kill_stage(self, why: str) -> None:
        """Kill the process group of the scripts that run, as the agent does it."""
        for job in self.jobs.values():
            if job.kind is JobKind.SCRIPT and not job.is_over:
                job.killed = job.killed or why
                self.kill_group(job)

    def kill_group(self, job: Job) -> None:
        """Kill the process group of a script, whoever is in it."""
        self.signal(lambda process: process.group == job.pid, signal.SIGKILL)

    def exists(self, path: str) -> bool:
        """Whether a path exists for the script: in the sandbox, or on the simulated host."""
        if any(path in filesystem.paths for filesystem in self.host.filesystems):
            return True
        root = self.sandbox.root()
        if root is None:
            return False
        return os.path.lexists(root + path)

    def signal(self, chosen: Callable[[Process], bool], number: int) -> int:
        """Send a signal to processes of the sandbox; how many they are."""
        found = [process for process in self.sandbox.processes() if chosen(process)]
        self.sandbox.signal(found, number)
        return len(found)

    # --- clients ------------------------------------------------------------------------------

    def give_back_ticket(self, slot: str) -> None:
        """Let somebody else have the slot."""
        self._put(self._tickets, slot)


def _clean(environment: dict[str, str]) -> tuple[str, ...]:
    """The words in front of a command that give it this environment and no other."""
    pairs = {**environment, "BASH_ENV": "/host/bash_env"}
    return ("/host/real/env", "-i", *(f"{name}={value}" for name, value in pairs.items()))


def _line(words: tuple[str, ...]) -> str:
    return " ".join(map(shlex.quote, words))


def shown(words: tuple[str, ...]) -> str:
    """A command line on one line, with quotes where they are needed."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    if word and re.fullmatch(r"[\w@%+=:,./\[\]-]+", word):
        return word
    text = re.sub(r"\s+", " ", word)
    return f"'{text}'" if "'" not in text else f'"{text}"'
