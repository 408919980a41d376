"""How the files of a run are divided among processes."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence

from ssmlint.files import File

#: Characters of text that one process takes about a second for; with less, to start others
#: takes longer than it saves.
WORTH = 500_000

#: Tasks for each process, so that none waits long for the last one, and the size of a task
#: in characters, so that the first answers come soon.
_TASKS, _LARGEST = 6, 100_000


def processes(files: Sequence[File], wanted: int | None) -> int:
    """How many processes are to check some files; `wanted` is None where nobody has said it."""
    if wanted is None:
        wanted = available() if sum(map(_size, files)) >= WORTH else 1
    return min(wanted, len(files))


def available() -> int:
    """How many processes this one may keep busy at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def portions(files: Sequence[File], jobs: int) -> Iterator[Sequence[File]]:
    """The files in their order, in pieces of about the same size for so many processes."""
    limit = min(sum(map(_size, files)) // (jobs * _TASKS), _LARGEST)
    sums = itertools.accumulate(map(_size, files), initial=0)
    pieces = itertools.groupby(zip(sums, files, strict=False), lambda item: item[0] // (limit + 1))
    for _, members in pieces:
        yield [file for _, file in members]


def _size(file: File) -> int:
    return len(file.source.text) + 1
