"""The process that checks, as the server sees it."""

from __future__ import annotations

import asyncio
import subprocess
import threading
from collections.abc import Callable, Iterable

from ssmlint_lsp.messages import Order, Report, next_report, write
from ssmlint_lsp.processes import same_program

#: Orders that the process is told again when it has to be started again.
Recall = Callable[[], Iterable[Order]]

_MAIN = "ssmlint_lsp.checking.loop"

#: How often it may end by itself before it is left alone.
_MOST_ENDS = 5


class Checker:
    """Starts the process, tells it things, and hands on what it reports.

    It is started at once, so that it is ready by the time that an editor has opened
    something.  What it sends is handed to `receive` in the server's loop, once there is one
    (`attach`).  A process that ends by itself is started again and told what `recall` says.
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._receive: Callable[[Report], object] = lambda _: None
        self._recall: Recall = tuple
        self._give_up: Callable[[], object] = lambda: None
        self._ends = 0
        self._is_over = False
        self._process = _start()

    def attach(
        self,
        loop: asyncio.AbstractEventLoop,
        receive: Callable[[Report], object],
        recall: Recall,
        give_up: Callable[[], object],
    ) -> None:
        """Hand reports on from now on, in a loop; `give_up` is called when there will be none."""
        self._loop, self._receive, self._recall, self._give_up = loop, receive, recall, give_up
        self._listen()

    @property
    def process(self) -> int:
        """The id of the process."""
        return self._process.pid

    def tell(self, *orders: Order) -> None:
        """Send orders; they are lost where the process has just ended, which `recall` mends."""
        stream = self._process.stdin
        assert stream is not None
        try:
            for order in orders:
                write(stream, order)
        except (OSError, ValueError):
            pass  # it has ended, which its other pipe tells, too

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._is_over = True
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        threading.Thread(target=self._hand_on, args=(self._process,), daemon=True).start()

    def _hand_on(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        assert self._loop is not None
        try:
            while (report := next_report(process.stdout)) is not None:
                self._loop.call_soon_threadsafe(self._receive, report)
            self._loop.call_soon_threadsafe(self._has_ended)
        except RuntimeError:
            pass  # the loop is closed: the server has ended

    def _has_ended(self) -> None:
        if self._is_over:
            return
        self._process.wait()
        self._ends += 1
        if self._ends > _MOST_ENDS:
            self._is_over = True
            self._give_up()
            return
        self._process = _start()
        self._listen()
        self.tell(*self._recall())


def _start() -> subprocess.Popen[bytes]:
    command = same_program(f"from {_MAIN} import main; sys.exit(main())")
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
