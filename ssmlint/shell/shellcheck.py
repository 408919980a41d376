"""Runs shellcheck: one process for all scripts of a dialect, its comments as data.

The result depends on the scripts alone: neither a `.shellcheckrc` nor `SHELLCHECK_OPTS` of
the person who runs it plays a part (what to leave out is said to ssmlint), and `source`d
files are not followed, since they are on another host.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from ssmlint.embedded import Script
from ssmlint.records import dataclass

#: What `--shell` takes for each program that runs a script.  `sh` is dash here, the least
#: of the shells that `sh` is on the systems of the agent; shellcheck's own `sh` also calls
#: wrong what all of them have, such as `local`.  A name that is not here it cannot read.
_DIALECTS = {"bash": "bash", "sh": "dash", "dash": "dash", "ash": "dash", "ksh": "ksh"}
#: A directive in the comments before the first command, which `--shell` would override.
_DIRECTIVE = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*?[ \t]*#[ \t]*shellcheck[ \t](?:[^\n]*[ \t])?"
    r"shell=(?P<name>sh|bash|dash|ksh|busybox)\b"
)

#: Characters of a script; no document may be larger (SSM `CreateDocument`, 64 KB).
MAX_SCRIPT = 65_536
_MAX_OUTPUT = 64 << 20
#: Files of one process, to keep the command line short.
_MAX_FILES = 1_000
#: Seconds, a hundred times what is usual: some scripts would keep it busy for hours.
_PATIENCE, _PATIENCE_PER_SCRIPT = 20.0, 1.0

_PROGRAM = "shellcheck"

#: Half a character, which JSON can hold and no file can.
_SURROGATE = re.compile("[\ud800-\udfff]")


class ShellcheckFailed(Exception):
    """shellcheck was started and gave no answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One edit of a fix; offsets into the script."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """One thing that shellcheck says; offsets are code points of the script."""

    code: int
    level: str
    """`error`, `warning`, `info` or `style`."""
    start: int
    end: int
    message: str
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A script to look at; equal ones are looked at once."""

    dialect: str
    """What `--shell` takes."""
    text: str


def dialect_of(script: Script) -> str | None:
    """The dialect in which shellcheck is to read a script, None where it knows none."""
    said = _DIRECTIVE.match(script.text)
    return said["name"] if said else _DIALECTS.get(script.interpreter)


def find_program() -> str | None:
    """The path of shellcheck: beside this Python, where its package puts it, else on the PATH."""
    beside = os.path.dirname(sys.executable)
    return shutil.which(_PROGRAM, path=beside) or shutil.which(_PROGRAM)


class Batch:
    """shellcheck at work on some scripts, from entering the context on.

    Entering raises `ShellcheckFailed` where it cannot be started.  Leaving ends what still
    runs and removes the files.
    """

    def __init__(self, program: str, requests: Iterable[Request]) -> None:
        self._program = program
        self._requests = tuple(dict.fromkeys(requests))
        self._cleanup = contextlib.ExitStack()
        self._workers: list[_Worker] = []
        self._deadline = 0.0

    def __enter__(self) -> Batch:
        patience = _PATIENCE + _PATIENCE_PER_SCRIPT * len(self._requests)
        self._deadline = time.monotonic() + patience
        try:
            self._start()
        except OSError as error:
            self._cleanup.close()
            raise ShellcheckFailed(f"it cannot be started: {error.strerror or error}") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cleanup.close()

    def _start(self) -> None:
        """Write the scripts to files that are named by their numbers, and set to work."""
        if not self._requests:
            return
        folder = self._cleanup.enter_context(tempfile.TemporaryDirectory(prefix="ssmlint-"))
        for number, request in enumerate(self._requests):
            text = _SURROGATE.sub("\ufffd", request.text)
            Path(folder, str(number)).write_bytes(text.encode())
        for dialect, numbers in _batches(self._requests):
            options = ["--norc", "--format=json1", f"--shell={dialect}", "--"]
            files = [os.path.join(folder, str(number)) for number in numbers]
            worker = _Worker([self._program, *options, *files], f"{files[0]}.errors")
            self._cleanup.callback(worker.end)
            self._workers.append(worker)

    def comments(self) -> dict[Request, tuple[Comment, ...]]:
        """What shellcheck says of each script; waits for it.

        Raises `ShellcheckFailed` where it says nothing that can be read, or takes too long.
        """
        found: dict[Request, list[Comment]] = {request: [] for request in self._requests}
        starts: dict[Request, list[int]] = {}
        for worker in self._workers:
            items = worker.result(self._deadline)
            try:
                for item in items:
                    request = self._requests[int(os.path.basename(item["file"]))]
                    if request not in starts:
                        starts[request] = _line_starts(request.text)
                    found[request].append(_comment(item, starts[request], len(request.text)))
            except (LookupError, TypeError, ValueError) as error:
                raise ShellcheckFailed("what it printed is not understood") from error
        return {request: tuple(comments) for request, comments in found.items()}


def _batches(requests: tuple[Request, ...]) -> Iterator[tuple[str, list[int]]]:
    """The dialect of each process, and the numbers of its scripts."""
    for dialect in dict.fromkeys(request.dialect for request in requests):
        mine = [n for n, request in enumerate(requests) if request.dialect == dialect]
        for first in range(0, len(mine), _MAX_FILES):
            yield dialect, mine[first : first + _MAX_FILES]


class _Worker:
    """One process and what it has printed so far."""

    def __init__(self, command: list[str], errors: str) -> None:
        environment = {k: v for k, v in os.environ.items() if k != "SHELLCHECK_OPTS"}
        self._errors = Path(errors)
        with self._errors.open("wb") as stream:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stream,
                env=environment,
            )
        self._output = bytearray()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while len(self._output) <= _MAX_OUTPUT:
            piece = os.read(stream.fileno(), 1 << 16)
            if not piece:
                return
            self._output += piece
        self._process.kill()

    def result(self, deadline: float) -> list[dict[str, Any]]:
        """The comments as JSON, when the process has ended."""
        self._reader.join(max(0.0, deadline - time.monotonic()))
        if self._reader.is_alive():
            raise ShellcheckFailed("it takes too long")
        if len(self._output) > _MAX_OUTPUT:
            raise ShellcheckFailed("it has too much to say")
        status = self._process.wait()
        # 0: nothing found, 1: something found (shellcheck(1), "Return values").
        if status not in (0, 1):
            raise ShellcheckFailed(f"it ended with status {status}{self._said()}")
        try:
            return list(json.loads(self._output)["comments"])
        except (ValueError, LookupError, TypeError) as error:
            raise ShellcheckFailed("what it printed is no `json1`") from error

    def _said(self) -> str:
        text = self._errors.read_bytes()[:1_000].decode("utf-8", "replace").strip()
        return f": {text.splitlines()[0]}" if text else ""

    def end(self) -> None:
        """Stop the process, if it still runs, and free what it holds."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        if self._process.stdout is not None:
            self._process.stdout.close()


def _line_starts(text: str) -> list[int]:
    """Where the lines begin; shellcheck ends them at line feeds and nowhere else."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _comment(item: dict[str, Any], starts: list[int], size: int) -> Comment:
    fixes = (item.get("fix") or {}).get("replacements", ())
    start, end = _range(item, starts, size)
    return Comment(
        code=int(item["code"]),
        level=str(item["level"]),
        start=start,
        end=end,
        message=str(item["message"]),
        replacements=tuple(
            Replacement(*_range(fix, starts, size), str(fix["replacement"])) for fix in fixes
        ),
    )


def _range(item: dict[str, Any], starts: list[int], size: int) -> tuple[int, int]:
    """Lines and columns count from 1, columns in code points; a tab is one (`json1`)."""
    start = _offset(int(item["line"]), int(item["column"]), starts, size)
    return start, max(start, _offset(int(item["endLine"]), int(item["endColumn"]), starts, size))


def _offset(line: int, column: int, starts: list[int], size: int) -> int:
    beginning = starts[min(max(line, 1), len(starts)) - 1]
    return min(beginning + max(column, 1) - 1, size)
