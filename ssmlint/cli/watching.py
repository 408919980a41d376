"""`ssmlint check --watch`: check again whenever a file changes."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator

from ssmlint import discovery
from ssmlint.cli import configured
from ssmlint.cli.streams import ExitStatus, Streams, complain
from ssmlint.configuration.files import FILE_NAMES
from ssmlint.errors import UserError

#: Seconds between two looks at the files.
PAUSE = 0.5

_CLEAR = "\x1b[2J\x1b[H"

#: What is known of each file without reading it; None of one that is not there.
Snapshot = dict[str, tuple[int, int, int] | None]


def add_options(add: Callable[..., object]) -> None:
    """Declare the option of this module; `add` is a parser's `add_argument`."""
    add("--watch", action="store_true", help="check again whenever a file changes, until Ctrl-C")


def require_sense(options: argparse.Namespace) -> None:
    """Raise `UserError` where there is nothing to watch, or where a run changes the files."""
    if options.watch and (options.stdin_filename or "-" in options.paths):
        raise UserError("`--watch` needs files, standard input does not change")
    writes = options.write_baseline or options.prune_baseline or options.add_ignores is not None
    if options.watch and writes:
        raise UserError("`--watch` is for runs that write nothing")


def watch(
    options: argparse.Namespace,
    streams: Streams,
    check: Callable[[], ExitStatus],
    sleep: Callable[[float], object] = time.sleep,
) -> ExitStatus:
    """Check at once and at every change; ends with `KeyboardInterrupt`.

    A mistake in the configuration is said, and waits to be mended.
    """
    while True:
        before = snapshot(options)
        if streams.stdout.isatty():
            streams.stdout.write(_CLEAR)
        try:
            check()
        except UserError as error:
            complain(streams.stderr, error)
        streams.stdout.flush()
        streams.stderr.write("ssmlint: waiting for a change, Ctrl-C ends\n")
        streams.stderr.flush()
        while snapshot(options) == before:
            sleep(PAUSE)


def snapshot(options: argparse.Namespace) -> Snapshot:
    """What the files of a run, and the configurations above them, look like now."""
    return {path: _state(path) for path in _paths(options)}


def _paths(options: argparse.Namespace) -> Iterator[str]:
    tops = options.paths or [os.curdir]
    try:
        leaves_out = configured.configurations(options).leaves_out
        found = [file.path for file in discovery.find(tops, leaves_out)]
    except UserError:
        found = [file.path for file in discovery.find(tops)]
    yield from found
    for top in {os.path.abspath(top) for top in tops}:
        directory = top
        while True:
            yield from (os.path.join(directory, name) for name in FILE_NAMES)
            parent = os.path.dirname(directory)
            if parent == directory:
                break
            directory = parent


def _state(path: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
