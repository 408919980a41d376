"""Processes that work beside each other, and what becomes of them when something goes wrong."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssmlint.errors import UserError
from ssmlint.runs import pool

METHODS = ["spawn", *(["fork"] if sys.platform.startswith("linux") else [])]

#: Seconds before a test is given up; nothing here should take more than a moment.
GUARD = 60

_offset = 0


def set_offset(offset: int) -> None:
    global _offset
    _offset = offset


def double(number: int) -> int:
    # The first tasks end last.
    time.sleep(0.05 if number < 2 else 0.0)
    return 2 * number + _offset


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def fail(number: int) -> int:
    raise LookupError(number)


def sleep(folder: str) -> None:
    """Say that this process is at work, and in the end that it has put its things away."""
    path = Path(folder, str(os.getpid()))
    path.write_text("")
    try:
        time.sleep(10 * GUARD)
    finally:
        path.write_text("put away")


@pytest.fixture(autouse=True)
def nobody_left() -> Iterator[None]:
    yield
    # Told to end, they do so in their own time; the deadline is for one that never does.
    deadline = time.monotonic() + 60
    while multiprocessing.active_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("method", METHODS)
def test_answers_come_in_the_order_of_the_tasks(method: str) -> None:
    answers = pool.each(double, range(8), 2, set_offset, (1,), method)
    assert list(answers) == [1, 3, 5, 7, 9, 11, 13, 15]


def test_a_process_that_is_killed_is_an_error_and_no_hang() -> None:
    with pytest.raises(UserError, match="has died") as caught:
        list(pool.each(die, range(4), 2, set_offset, (0,)))
    assert "--jobs 1" in caught.value.hint


def test_so_is_one_that_cannot_get_ready() -> None:
    with pytest.raises(UserError, match="has died"):
        list(pool.each(double, range(4), 2, die, (0,)))


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(LookupError):
        list(pool.each(fail, range(4), 2, set_offset, (0,)))


def test_nobody_waits_for_answers_that_are_not_wanted(tmp_path: Path) -> None:
    answers = pool.each(sleep, [str(tmp_path)] * 3, 2, set_offset, (0,))
    with pytest.raises(RuntimeError):
        interrupt(answers, tmp_path)


def interrupt(answers: Iterator[None], folder: Path) -> None:
    """What happens where a signal comes while an answer is waited for."""

    def give_up(*_: object) -> None:
        if len(list(folder.iterdir())) == 2:
            raise RuntimeError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        list(answers)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert {path.read_text() for path in folder.iterdir()} == {"put away"}


PROGRAM = """
import sys
from ssmlint.runs import pool
from tests.ssmlint.runs.test_pool import set_offset, sleep
list(pool.each(sleep, [sys.argv[1]] * 3, 2, set_offset, (0,)))
"""


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program whose two processes are at work, as a shell would start it."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    yield process
    process.kill()
    process.communicate()


def wait_for(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + GUARD
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def all_put_away(folder: Path) -> bool:
    return {path.read_text() for path in folder.iterdir()} == {"put away"}


def test_ctrl_c_ends_all(busy: subprocess.Popen[bytes], tmp_path: Path) -> None:
    os.killpg(busy.pid, signal.SIGINT)
    stderr = busy.communicate(timeout=GUARD)[1].decode()
    assert stderr.count("Traceback") <= 1, "of the program that was started, not of its processes"
    assert all_put_away(tmp_path)


def test_processes_do_not_outlive_the_one_that_was_started(
    busy: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    busy.kill()
    wait_for(lambda: all_put_away(tmp_path))
