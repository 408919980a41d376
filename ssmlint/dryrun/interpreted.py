"""Without a sandbox: a bash interpreter as a Python package (bashkit) runs what it can.

It starts no process and sees no file of the machine.  One thing happens after the other in it, so
everything that runs beside the script can not be shown; a script that needs that is not run.
"""

from __future__ import annotations

import importlib
import shlex
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ssmlint.dryrun.calls import Call, Caller
from ssmlint.dryrun.commands import SIMULATED
from ssmlint.dryrun.faults import Faults
from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.jobs import Job, JobKind
from ssmlint.dryrun.model import Event
from ssmlint.dryrun.needs import Answering, Flush, ReadAll, ReadLine, Wait
from ssmlint.dryrun.sandbox.processes import Process
from ssmlint.dryrun.world import EPOCH, Exhausted, Limits, Unshown, World
from ssmlint.errors import UserError

if TYPE_CHECKING:
    # Not everybody has it installed.
    from bashkit import Bash, BuiltinContext, BuiltinResult, FileSystem

#: What a run in this engine can not show.
LIMITS = (
    "run in bashkit, an interpreter of bash: it may read a script otherwise than bash does",
    "nothing runs beside the script: no background job, no session that outlives its command",
    "child shells do not see exported functions, and `sh` is the same shell as `bash`",
    "a killed script ends at its next command; process groups are not shown",
    "`SECONDS` and `EPOCHSECONDS` show the machine's time",
)

#: What the interpreter does itself, in its own file system.
_OWN = frozenset(
    {"touch", "rmdir", "mv", "cp", "ln", "tee", "chmod", "truncate", "install", "stat"}
)

_FOLDERS = ("/run", "/tmp", "/var/tmp", "/var/log", "/var/lib", "/etc", "/root", "/dev/shm")

_HINT = "pip install 'ssmlint[dry-run]', or better, install bubblewrap (docs/dry-run.md)"


def require_bashkit() -> None:
    """Raises `UserError` where it is not installed."""
    try:
        importlib.import_module("bashkit")
    except ImportError:
        raise UserError("neither bubblewrap nor bashkit is installed", hint=_HINT) from None


class InterpretedJob(Job):
    """A script that has run to its end already."""

    def __init__(self, label: str, kind: JobKind, output: str, status: int, killed: str) -> None:
        super().__init__(label, kind, label)
        self.pid = -1
        self.status = status
        self.killed = killed
        self._output = output

    @property
    def is_silent(self) -> bool:
        """Nobody is left to print anything."""
        return True

    @property
    def output(self) -> str:
        """What it has printed, errors after the rest."""
        return self._output

    def close(self) -> None:
        """There is nothing to close."""


class InterpretedWorld(World):
    """The simulated host around one interpreter."""

    def __init__(self, host: Host, faults: Faults, limits: Limits) -> None:
        super().__init__(host, faults, limits)
        self._killed = ""
        self._deadline: float | None = None
        self._failure: Exception | None = None
        self._label = ""
        """Of the job that runs."""
        self._files_of_call: FileSystem | None = None
        self._bash = self._interpreter()

    def _interpreter(self) -> Bash:
        require_bashkit()
        from bashkit import Bash

        absent = self.host.absent | self.faults.missing
        names = [name for name in (*SIMULATED, *_PLAIN) if name not in _OWN | absent]
        made = Bash(
            custom_builtins={name: self._builtin(name) for name in names},
            timeout_seconds=self.limits.real_seconds,
            max_commands=200_000,
            max_loop_iterations=200_000,
            username="root",
            hostname=self.host.name,
        )
        folders = {f for a in self.host.applications for f in a.folders}
        paths = {path for f in self.host.filesystems for path in f.paths}
        for folder in (*_FOLDERS, *sorted(folders | paths - {"/"})):
            made.mkdir(folder, recursive=True)
        return made

    def close(self) -> None:
        """There is nothing to close."""

    # --- time ----------------------------------------------------------------------------

    def set_clock(self, now: float) -> None:
        """Set the virtual clock."""
        self.host.now = now

    def run_until(self, done: Callable[[], bool], until: float | None = None) -> bool:
        """Let timers fire until `done`, or until a virtual time; whether it is done."""
        while not done():
            if until is not None and self.host.now >= until:
                return False
            times = [t for t in (self.host.next_time(), until) if t is not None]
            if not times:
                return False
            self.set_clock(max(self.host.now, min(times)))
            while (due := self.host.due()) is not None:
                due.what()
        return True

    # --- scripts ---------------------------------------------------------------------------

    def start_script(
        self,
        label: str,
        path: str,
        text: str,
        environment: Mapping[str, str],
        folder: str,
        timeout: float,
    ) -> Job:
        """Run a script, to its end or until its time is over."""
        self._deadline = self.host.now + timeout
        self._bash.mkdir(str(Path(path).parent), recursive=True)
        self._bash.write_file(path, text)
        return self._execute(label, JobKind.SCRIPT, f"bash {path}", environment, folder)

    def start_unit(
        self, label: str, words: tuple[str, ...], environment: Mapping[str, str], folder: str
    ) -> Job:
        """Run a unit; only where no script runs beside it."""
        if self.stage:
            raise Unshown(f"`{label}` would run beside the script")
        self._deadline = None
        line = " ".join(map(shlex.quote, words))
        job = self.jobs[label] = self._execute(label, JobKind.UNIT, line, environment, folder)
        return job

    def _execute(
        self, label: str, kind: JobKind, line: str, environment: Mapping[str, str], folder: str
    ) -> Job:
        self._failure, self._killed = None, ""
        self._label = label
        for name, value in environment.items():
            self._bash.set_env(name, value)
        began = time.monotonic()
        result = self._bash.execute_sync(f"cd {folder} && {line}")
        self._bash.clear_cancel()
        if self._failure is not None:
            raise self._failure
        if time.monotonic() - began >= self.limits.real_seconds:
            raise Exhausted(f"it did not end within {self.limits.real_seconds:g} real seconds")
        status = 137 if self._killed else int(result.exit_code) & 255
        output = (result.stdout + result.stderr)[:24_000]
        return InterpretedJob(label, kind, output, status, self._killed)

    def kill_stage(self, why: str) -> None:
        """End the script at its next command."""
        self._killed = self._killed or why
        self._bash.cancel()

    def kill_group(self, job: Job) -> None:
        """What has run to its end can not be killed."""

    def processes(self) -> Iterator[Process]:
        """There are none."""
        return iter(())

    def signal(self, chosen: Callable[[Process], bool], number: int) -> None:
        """Nobody is there who could be sent one."""

    def exists(self, path: str) -> bool:
        """Whether a path exists for the script."""
        if any(path in f.paths for f in self.host.filesystems):
            return True
        return bool(self._files.exists(path))

    @property
    def _files(self) -> FileSystem:
        """The files of the script; inside of a call only the call's own handle may be used."""
        return self._bash.fs() if self._files_of_call is None else self._files_of_call

    # --- calls -----------------------------------------------------------------------------

    def _builtin(self, name: str) -> Callable[[BuiltinContext], BuiltinResult]:
        from bashkit import BuiltinResult

        def answer(context: BuiltinContext) -> BuiltinResult:
            try:
                out, err, status = self._answer(name, context)
            except BaseException as defect:
                # It would be a failed command to the interpreter, and a wrong result.
                self._failure = self._failure or Unshown(f"`{name}` failed: {defect}"[:200])
                raise
            return BuiltinResult(stdout=out, stderr=err, exit_code=status)

        return answer

    def _answer(self, name: str, context: BuiltinContext) -> tuple[str, str, int]:
        if self._killed or self._failure is not None:
            return "", "", 137
        env = dict(context.env)
        locale = (env.get("LC_ALL", ""), env.get("LC_MESSAGES", ""), env.get("LANG", ""))
        caller = Caller(name, context.cwd, locale, 100, 99, 100, 100, self._label)
        call = Call(self, caller, name, tuple(context.argv))
        self._files_of_call = context.fs
        lines = (context.stdin or "").splitlines()
        try:
            if name in _PLAIN:
                return self._plain(call)
            status = self._drive(call.answer(), call, lines)
        except (Exhausted, Unshown) as failure:
            self._failure = failure
            self._bash.cancel()
            return "", "", 137
        finally:
            self._files_of_call = None
        return "".join(call.out), "".join(call.err), status & 255

    def _drive(self, running: Answering, call: Call, lines: list[str]) -> int:
        """Give a command what it needs, until it returns."""
        answer: Any = None
        try:
            while True:
                need = running.send(answer)
                self.host.source = call.caller.source
                match need:
                    case Wait(ready=ready, until=until):
                        limit = _first(until, self._deadline)
                        answer = self.run_until(ready, limit)
                        if self._killed or self._is_late(until, answer=bool(answer)):
                            running.close()
                            return 137
                    case ReadLine():
                        answer = lines.pop(0) if lines else None
                    case ReadAll():
                        answer, lines = "\n".join(lines), []
                    case Flush():
                        answer = None
                    case _:
                        running.close()
                        raise Unshown(f"`{call.name}` starts another program")
        except StopIteration as end:
            return int(end.value or 0)

    def _is_late(self, until: float | None, *, answer: bool) -> bool:
        """Whether the agent's time is up, or nothing will ever end the wait."""
        if answer or (until is not None and self.host.now >= until):
            return False
        if self._deadline is not None:
            self.set_clock(max(self.host.now, self._deadline))
        self.kill_stage("the agent's time was over")
        return True

    def _plain(self, call: Call) -> tuple[str, str, int]:
        """The few programs whose options the interpreter does not know."""
        event = Event(self.host.now, call.caller.source, f"{call.name} {' '.join(call.arguments)}")
        event.command, event.arguments = call.name, " ".join(call.arguments)
        event.status, event.ended, event.held = 0, self.host.now, self.host.held_now
        self.trace.append(event)
        fault = self.faults.take(call.name, event.arguments, call.caller.source)
        if fault is not None:
            self.happened(f"fault: {event.what}: {fault.effect}", kind="fault")
            if not fault.effect.startswith(("fail", "1", "2")):
                self.kill_stage(f"the fault `{fault.effect}`")
            event.status = fault.status
            return "", f"{call.name}: failed on purpose\n", fault.status
        status, out, err = _PLAIN[call.name](self, call)
        event.status = status
        return out, err, status

    def make_folders(self, call: Call) -> tuple[int, str, str]:
        """`mkdir [-p] [-m mode] path...`."""
        words = list(call.arguments)
        if "-m" in words:
            at = words.index("-m")
            del words[at : at + 2]
        parents = any(word in ("-p", "--parents") for word in words)
        for path in (word for word in words if not word.startswith("-")):
            if self._files.exists(path) and not parents:
                return 1, "", f"mkdir: cannot create directory '{path}': File exists\n"
            self._files.mkdir(path, recursive=True)
        return 0, "", ""

    def remove(self, call: Call) -> tuple[int, str, str]:
        """`rm [-rf] path...`."""
        forced = any(word.startswith("-") and "f" in word for word in call.arguments)
        for path in (word for word in call.arguments if not word.startswith("-")):
            if self._files.exists(path):
                self._files.remove(path, recursive=True)
            elif not forced:
                return 1, "", f"rm: cannot remove '{path}': No such file or directory\n"
        return 0, "", ""

    def date(self, call: Call) -> tuple[int, str, str]:
        """`date [-u] [+format]`."""
        form = next((word[1:] for word in call.arguments if word.startswith("+")), "%c")
        moment = time.gmtime(EPOCH + self.host.now)
        text = form.replace("%s", str(int(EPOCH + self.host.now)))
        return 0, time.strftime(text, moment) + "\n", ""


_PLAIN = {
    "mkdir": InterpretedWorld.make_folders,
    "rm": InterpretedWorld.remove,
    "date": InterpretedWorld.date,
}


def _first(one: float | None, other: float | None) -> float | None:
    times = [time for time in (one, other) if time is not None]
    return min(times) if times else None
