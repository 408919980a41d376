"""Real database servers for tests: in a temporary folder, on a Unix socket, without systemd.

No server here listens on the network, shares a folder with another, or outlives its test.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.programs import require_program

GUARD = 60.0
"""Seconds after which anything that waits here counts as hung."""

MARKER = "--answered--"


@dataclass(frozen=True, slots=True)
class Client:
    """A command-line client of a running server: `command` reads SQL, `option` takes it."""

    command: tuple[str, ...]
    option: str
    environment: dict[str, str]

    def run(self, *statements: str) -> subprocess.CompletedProcess[str]:
        """Run a client once, as a script does: it connects, runs `statements`, and ends."""
        arguments = [word for text in statements for word in (self.option, text)]
        return subprocess.run(
            [*self.command, *arguments],
            env=self.environment,
            text=True,
            capture_output=True,
            timeout=GUARD,
            check=False,
        )

    def value(self, statement: str) -> str:
        """What `statement` selects, as text; raises CalledProcessError where it fails."""
        done = self.run(statement)
        done.check_returncode()
        return done.stdout.strip()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A client that stays connected until the block ends."""
        process = subprocess.Popen(
            self.command,
            env=self.environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Session(process)
        finally:
            process.kill()
            process.communicate()


@dataclass(frozen=True, slots=True)
class Session:
    """One connection that stays open between statements."""

    process: subprocess.Popen[str]

    def ask(self, sql: str) -> str:
        """Run `sql` (ending in `;`) and return the lines that it printed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{sql}\nSELECT '{MARKER}';\n")
        self.process.stdin.flush()
        lines: list[str] = []
        guard = threading.Timer(GUARD, self.process.kill)
        guard.start()
        try:
            for line in self.process.stdout:
                if MARKER in line:
                    return "".join(lines)
                lines.append(line)
        finally:
            guard.cancel()
        raise AssertionError(f"the session ended in {sql!r}: {''.join(lines)}")

    def kill(self) -> None:
        """End the client the way a process group is ended on a timeout."""
        self.process.kill()
        self.process.wait(GUARD)


@contextmanager
def mariadb_server() -> Iterator[Client]:
    """A fresh MariaDB; `root` needs no password."""
    install = require_program("mariadb-install-db", package="mariadb-server")
    daemon = require_program("mariadbd", package="mariadb-server")
    program = require_program("mariadb", package="mariadb-client")
    account = _account("mysql")
    with _folder(account) as folder:
        data, socket = folder / "data", folder / "socket"
        options = ["--no-defaults", f"--datadir={data}"]
        users = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        _run([install, *options, *users], account, folder)
        command = [daemon, *options, f"--socket={socket}", "--skip-networking"]
        command += [f"--pid-file={folder}/pid", "--skip-log-bin"]
        batch = ("--no-defaults", "--batch", "--unbuffered", "--skip-column-names")
        connect = (f"--socket={socket}", "--user=root")
        client = Client((program, *batch, *connect), "-e", _environment(folder))
        with _running(command, account, folder, client, stop=signal.SIGTERM):
            yield client


@contextmanager
def postgresql_server() -> Iterator[Client]:
    """A fresh PostgreSQL; `postgres` needs no password."""
    initdb = require_program("initdb", package="postgresql")
    daemon = require_program("postgres", package="postgresql")
    program = require_program("psql", package="postgresql-client")
    account = _account("postgres")
    with _folder(account) as folder:
        data = folder / "data"
        _run([initdb, "-D", str(data), "-U", "postgres", "-A", "trust", "-N"], account, folder)
        command = [daemon, "-D", str(data), "-k", str(folder), "-c", "listen_addresses="]
        quiet = ("-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1")
        connect = ("-h", str(folder), "-U", "postgres", "-d", "postgres")
        client = Client((program, *quiet, *connect), "-c", _environment(folder))
        with _running(command, account, folder, client, stop=signal.SIGINT):
            yield client


def _account(name: str) -> str | None:
    """The account to run a server as: neither of the two wants to run as root."""
    return name if os.geteuid() == 0 else None


def _as(account: str | None, folder: Path) -> dict[str, Any]:
    options: dict[str, Any] = {"env": _environment(folder), "cwd": folder}
    if account is None:
        return options
    return options | {"user": account, "group": account, "extra_groups": []}


def _run(command: Sequence[str], account: str | None, folder: Path) -> None:
    done = subprocess.run(
        command,
        **_as(account, folder),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=GUARD,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@contextmanager
def _folder(account: str | None) -> Iterator[Path]:
    """A temporary folder with a short path, because a socket's may have 107 bytes at most."""
    folder = Path(tempfile.mkdtemp(prefix="db-"))
    try:
        if account is not None:
            entry = pwd.getpwnam(account)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """An environment without the user's own settings, and with temporary files apart.

    A MariaDB that starts removes other servers' temporary tables from a folder they share.
    """
    own = str(folder)
    return {"PATH": os.environ["PATH"], "HOME": own, "TMPDIR": own, "LC_ALL": "C"}


@contextmanager
def _running(
    command: Sequence[str],
    account: str | None,
    folder: Path,
    client: Client,
    *,
    stop: signal.Signals,
) -> Iterator[None]:
    """The server while it runs; `stop` is the signal by which it shuts down without waiting."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command, **_as(account, folder), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_it_answers(client, process, folder / "output")
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(GUARD)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_answers(client: Client, process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + GUARD
    while client.run("SELECT 1").returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the server did not start: {output.read_text()}")
        time.sleep(0.05)
