"""Processes that work beside each other: as many as are asked for, and none is left behind."""

from __future__ import annotations

import concurrent.futures
import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar

from ssmlint.errors import UserError

Task = TypeVar("Task")
Answer = TypeVar("Answer")

#: `fork` takes what is loaded along, which spares each process a third of a second; on macOS
#: it is not safe (https://docs.python.org/3/library/multiprocessing.html), on Windows not there.
METHOD = "fork" if sys.platform.startswith("linux") else "spawn"

#: Seconds for a process to put its things away before it is killed.
_PATIENCE = 2.0


def each(
    work: Callable[[Task], Answer],
    tasks: Iterable[Task],
    jobs: int,
    prepare: Callable[..., object],
    prepared_with: tuple[Any, ...],
    method: str = METHOD,
) -> Iterator[Answer]:
    """What some work makes of each task, in their order, done by so many processes.

    Each process calls `prepare` first.  Raises what the work raises, and `UserError` where a
    process dies; no process is left when this ends, however it ends.
    """
    executor = concurrent.futures.ProcessPoolExecutor(
        jobs, multiprocessing.get_context(method), _begin, (prepare, prepared_with)
    )
    try:
        futures = [executor.submit(_one, work, task) for task in tasks]
        for future in futures:
            yield future.result()
    except BrokenProcessPool as error:
        hint = "`--jobs 1` checks all files in one process, and shows which one it is about"
        text = "a process that checked files has died; did it run out of memory?"
        raise UserError(text, hint=hint) from error
    except BaseException:
        _end_all()
        raise
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _end_all() -> None:
    """Stop what still works; what it would say is not waited for."""
    processes = multiprocessing.active_children()
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(_PATIENCE)
        if process.is_alive():
            process.kill()


class _Ended(BaseException):
    """Somebody wants this process to end."""


_is_at_work = False


def _begin(prepare: Callable[..., object], prepared_with: tuple[Any, ...]) -> None:
    # Ctrl-C reaches every process of the terminal; the one that was started says what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_follow_the_parent, daemon=True).start()
    prepare(*prepared_with)


def _one(work: Callable[[Task], Answer], task: Task) -> Answer:
    global _is_at_work
    _is_at_work = True
    try:
        return work(task)
    except _Ended:
        # Whatever is raised further would be an answer, and the next task would follow.
        os._exit(0)
    finally:
        _is_at_work = False


def _end(*_: object) -> None:
    # As an exception, so that the work puts its programs and files away.
    if _is_at_work:
        raise _Ended
    os._exit(0)


def _follow_the_parent() -> None:
    """End when the process that was started ends, also where it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        with contextlib.suppress(OSError):
            wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
