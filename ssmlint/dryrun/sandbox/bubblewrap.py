"""The sandbox: bubblewrap, with no network, no capability, and an empty root.

What is in it: the programs of the toolbox, memory filesystems of limited size, and `/host`,
where the pipes to the simulated host are.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import string
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ssmlint.dryrun.places import AGENT_FOLDER, SEARCH_PATH
from ssmlint.dryrun.sandbox.processes import Process, processes_below
from ssmlint.dryrun.sandbox.toolbox import Toolbox, make_toolbox
from ssmlint.errors import UserError
from ssmlint.records import dataclass

#: Held while a file is written that will be run, and while a process is started.  A process that
#: was forked off has open what any thread has open, until it becomes another program; and the
#: kernel runs no file that somebody has open for writing ("Text file busy", status 126).
STARTING = threading.Lock()

#: Names of the pipe pairs: as many commands can be asking at the same time.
SLOTS = string.ascii_letters[:40]

#: Bytes of each memory filesystem, blocks of 1 KiB of each file, KiB of each process, and
#: processes that there may be at a time.
TMPFS_BYTES = 16 << 20
FILE_BLOCKS = 8 << 10
PROCESS_KIB = 1 << 20
PROCESSES = 250

_HINT = "apt-get install bubblewrap, dnf install bubblewrap, or see docs/dry-run.md"

_PASSWD = (
    "root:x:0:0:root:/root:/bin/bash\nec2-user:x:1000:1000::/home/ec2-user:/bin/bash\n"
    "mysql:x:27:27::/var/lib/mysql:/sbin/nologin\npostgres:x:26:26::/var/lib/pgsql:/bin/bash\n"
    "irisowner:x:51773:51773::/home/irisowner:/bin/bash\n"
)
_OS_RELEASE = (
    'NAME="Amazon Linux"\nVERSION="2023"\nID="amzn"\nID_LIKE="fedora"\nVERSION_ID="2023"\n'
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What one sandbox shows of its host."""

    commands: frozenset[str]
    """The simulated commands that the host has."""
    absent: frozenset[str]
    """Commands that it has not, tools included."""
    shell: str
    """The program behind `sh`."""
    writable: tuple[str, ...]
    """Folders that are filesystems of their own."""
    folders: tuple[str, ...]
    """Folders that just exist."""
    hostname: str = "host"
    epoch: int = 0


def find_bubblewrap() -> str:
    """The path of `bwrap`; raises `UserError` where it is missing or not allowed to work."""
    path = shutil.which("bwrap")
    if path is None:
        raise UserError("bubblewrap is not installed", hint=_HINT)
    probe = subprocess.run(
        [path, *_ISOLATION, "--ro-bind", "/", "/", "--", "/bin/true"],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        **_as_nobody(),
    )
    if probe.returncode != 0:
        reason = probe.stderr.strip().splitlines()[-1:] or [f"exit status {probe.returncode}"]
        raise UserError(
            f"bubblewrap does not work here: {reason[0]}",
            hint="it needs user namespaces (docs/dry-run.md)",
        )
    return path


_ISOLATION = ("--unshare-all", "--unshare-user", "--uid", "0", "--gid", "0", "--cap-drop", "ALL")


@functools.lru_cache(maxsize=1)
def _as_nobody() -> dict[str, Any]:
    """Whom bubblewrap runs as: root would keep rights to files even without capabilities."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def workshop(elsewhere: Iterable[str] = ()) -> Iterator[Toolbox]:
    """The toolbox in a temporary folder, which is gone afterwards.

    `elsewhere` are absolute paths at which simulated commands stand besides `/usr/bin`.
    """
    with tempfile.TemporaryDirectory(prefix="ssmlint-dry-run-", dir=_memory()) as name:
        folder = Path(name)
        # Bubblewrap may run as somebody else (see `_as_nobody`); nothing in here is secret
        # but the scripts, which lie in the cells' folders.
        folder.chmod(0o711)
        yield make_toolbox(folder, elsewhere)


def _memory() -> str | None:
    """A folder in memory from which programs can be run: a disk costs each cell much time."""
    memory = "/dev/shm"
    with contextlib.suppress(OSError):
        can_run = not os.statvfs(memory).f_flag & os.ST_NOEXEC
        if can_run and os.access(memory, os.W_OK | os.X_OK):
            return memory
    return None


class Sandbox:
    """One running sandbox."""

    def __init__(self, bwrap: str, toolbox: Toolbox, furniture: Furniture) -> None:
        self._bwrap = bwrap
        self._toolbox = toolbox
        self._furniture = furniture
        self.folder = Path(tempfile.mkdtemp(prefix="cell-", dir=toolbox.folder))
        self._process: subprocess.Popen[bytes] | None = None
        self._root: str | None = None
        self._make_host()
        self._make_programs()

    # --- making --------------------------------------------------------------------------

    def _make_host(self) -> None:
        for name in ("answers", "questions", "output", "jobs", "etc", "agent"):
            (self.folder / name).mkdir()
        for name in ("tickets", "orders", "reports"):
            self.make_pipe(name)
        for slot in SLOTS:
            self.make_pipe(f"answers/{slot}")
            self.make_pipe(f"questions/{slot}")
        (self.folder / "clock").write_text(f"{0:12}\n")
        # A folder to mount the programs on.
        (self.folder / "real").mkdir()
        epoch = f"__epoch={self._furniture.epoch}\n"
        with STARTING:
            for name in ("shim", "runner", "unknown"):
                shutil.copy(self._toolbox.host / name, self.folder / name)
        text = (self._toolbox.host / "bash_env").read_text()
        (self.folder / "bash_env").write_text(epoch + text)
        (self.folder / "etc/passwd").write_text(_PASSWD)
        (self.folder / "etc/os-release").write_text(_OS_RELEASE)
        (self.folder / "etc/hostname").write_text(f"{self._furniture.hostname}\n")

    def make_pipe(self, name: str) -> None:
        """Make a named pipe that both sides can open."""
        path = self.folder / name
        os.mkfifo(path, 0o600)
        self._give(path)

    def write(self, name: str, text: bytes) -> None:
        """Write a file that the sandbox can read."""
        (self.folder / name).write_bytes(text)

    def write_script(self, path: str, text: str) -> None:
        """Write a script of the agent's, at a path below its folder."""
        target = self.folder / "agent" / path.removeprefix(f"{AGENT_FOLDER}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        with STARTING:
            target.write_bytes(text.encode(errors="surrogateescape"))
        target.chmod(0o755)

    def _give(self, path: Path) -> None:
        identity = _as_nobody()
        if identity:
            os.chown(path, identity["user"], identity["group"])

    def _make_programs(self) -> None:
        here = self._furniture
        key = ",".join((here.shell, *sorted(here.absent)))
        made = self._toolbox.folders_of_programs.get(key)
        if made is not None:
            self._programs = made
            return
        bin_folder = self._programs = Path(
            tempfile.mkdtemp(prefix="bin-", dir=self._toolbox.folder)
        )
        bin_folder.chmod(0o755)
        for name in (self._toolbox.tools - here.commands) - here.absent:
            (bin_folder / name).symlink_to(f"/host/real/{name}")
        for name in here.commands - here.absent:
            (bin_folder / name).symlink_to("/host/shim")
        (bin_folder / "sh").symlink_to(f"/host/real/{here.shell}")
        self._toolbox.folders_of_programs[key] = bin_folder

    def start(self) -> None:
        """Start it; nothing runs in it yet but its runner."""
        self._give(self.folder)
        # `Popen` comes back when the process is another program.
        with STARTING:
            self._process = subprocess.Popen(
                [self._bwrap, *self._arguments()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                close_fds=True,
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin"},
                **_as_nobody(),
            )

    def _arguments(self) -> Iterator[str]:
        here = self._furniture
        yield from _ISOLATION
        yield from ("--die-with-parent", "--new-session", "--hostname", here.hostname, "--clearenv")
        yield from ("--size", str(TMPFS_BYTES), "--tmpfs", "/")
        for path in sorted(self._toolbox.tree.iterdir()):
            if path.is_symlink():
                yield from ("--symlink", os.readlink(path), f"/{path.name}")
            else:
                yield from ("--ro-bind", str(path), f"/{path.name}")
        yield from ("--ro-bind", str(self._programs), "/usr/bin")
        yield from ("--symlink", "usr/bin", "/bin", "--symlink", "usr/bin", "/sbin")
        yield from ("--ro-bind", str(self.folder), "/host")
        yield from ("--ro-bind", str(self._toolbox.host / "real"), "/host/real")
        yield from ("--ro-bind", str(self.folder / "etc"), "/etc")
        yield from ("--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev")
        for folder in _outer_first({"/run", "/tmp", "/var", "/root", "/home", *here.writable}):
            yield from ("--size", str(TMPFS_BYTES), "--tmpfs", folder)
        for folder in ("/var/tmp", "/var/log", "/var/lib", *here.folders):
            yield from ("--dir", folder)
        yield from ("--ro-bind", str(self.folder / "agent"), AGENT_FOLDER)
        yield from ("--chdir", "/", "--setenv", "PATH", SEARCH_PATH, "--")
        limits = (FILE_BLOCKS, PROCESS_KIB, PROCESSES)
        yield from ("/host/real/bash", "-p", "/host/runner", *map(str, limits))

    # --- watching -----------------------------------------------------------------------

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process is not None and self._process.poll() is None

    def complaint(self) -> str:
        """What bubblewrap has said when it ended."""
        if self._process is None or self._process.stderr is None or self.is_alive:
            return ""
        return self._process.stderr.read().decode(errors="replace").strip()

    def processes(self) -> Iterator[Process]:
        """Everything that runs in it; looked up one by one, as they are asked for."""
        if self._process is not None:
            yield from processes_below(self._process.pid)

    def root(self) -> str | None:
        """The sandbox's root as a path of the machine, if the kernel lets us see it."""
        if self._root is None:
            inner = [process for process in self.processes() if process.pid == 2]
            if inner:
                self._root = f"/proc/{inner[0].outer}/root"
        return self._root

    def signal(self, chosen: Iterable[Process], number: int) -> None:
        """Send a signal to some of its processes."""
        for process in chosen:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process.outer, number)

    def close(self) -> None:
        """End everything in it and remove its folder."""
        if self._process is not None:
            # The first process of its namespace takes all others with it.
            for process in list(self.processes()):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(process.outer, signal.SIGKILL)
            self._process.kill()
            self._process.wait()
            if self._process.stderr is not None:
                self._process.stderr.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _outer_first(folders: Iterable[str]) -> list[str]:
    return sorted(folder for folder in set(folders) if folder != "/")
