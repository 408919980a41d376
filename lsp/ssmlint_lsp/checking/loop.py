"""The process that checks: orders in, reports out, until the server is gone."""

from __future__ import annotations

import contextlib
import gc
import os
import queue
import sys
import threading
from typing import BinaryIO

from ssmlint.errors import describe_defect
from ssmlint.interruption import Interrupted, interruptible
from ssmlint.packs import all_rules
from ssmlint_lsp.checking.session import Session
from ssmlint_lsp.messages import (
    Check,
    Done,
    Mend,
    Notice,
    Order,
    Report,
    next_order,
    write,
)


def main() -> int:
    """Serve standard input and output; what else is printed goes to standard error."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Loop(own).run(sys.stdin.buffer)
    return 0


class Loop:
    """Takes orders as they come; a check that is not the last one asked for is dropped."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._session = Session(self._send)
        self._wanted: int | None = None

    def run(self, orders: BinaryIO) -> None:
        """Serve until there are no more orders."""
        threading.Thread(target=self._listen, args=(orders,), daemon=True).start()
        # While the server starts: the first check needs them all.
        with contextlib.suppress(Exception):  # what is wrong with a pack is said by the check
            all_rules()
        with _Sweeping() as sweeping:
            while self._take(sweeping):
                if self._wanted is not None and self._orders.empty():
                    self._check(self._wanted)
                    sweeping.has_work()

    def _listen(self, orders: BinaryIO) -> None:
        while (order := next_order(orders)) is not None:
            self._orders.put(order)
        self._orders.put(None)

    def _take(self, sweeping: _Sweeping) -> bool:
        """Take in the next order; False where there will be none."""
        try:
            order = self._orders.get(timeout=sweeping.patience)
        except queue.Empty:
            sweeping.sweep()
            order = self._orders.get()
        if order is None:
            return False
        if isinstance(order, Mend):
            self._send(self._session.mend(order))
            return True
        self._session.take(order)
        if isinstance(order, Check):
            self._wanted = order.number
        return True

    def _check(self, number: int) -> None:
        try:
            with interruptible(lambda: not self._orders.empty()):
                self._session.check()
        except Interrupted:
            return
        except Exception as error:
            # Nothing in a file does that; the server lives on, and the user is told.
            self._send(Notice(f"ssmlint: internal error: {describe_defect(error)}"))
        self._wanted = None
        self._send(Done(number))

    def _send(self, report: Report) -> None:
        write(self._out, report)


class _Sweeping:
    """Collects garbage when nobody is waiting; a context.

    A collection in the midst of a check takes as long as the check itself (measured: the
    slowest of 24 took 190 ms instead of 91).  What a check leaves behind is in cycles.
    """

    #: Seconds without an order after which nobody is taken to be waiting.
    _IDLE = 0.3
    #: Checks after which there is no more waiting for that.
    _MOST = 100
    #: The generations that hold what was made since the last look at them.
    _NEW = 1

    def __init__(self) -> None:
        self._checks = 0
        self._has_swept = False

    def __enter__(self) -> _Sweeping:
        gc.disable()
        # Rules, tables and the like stay: there is no need to look at them each time.
        gc.freeze()
        return self

    def __exit__(self, *_: object) -> None:
        gc.enable()

    @property
    def patience(self) -> float | None:
        """How long to wait for an order before there is time to sweep; None: for ever."""
        return self._IDLE if self._checks else None

    def has_work(self) -> None:
        """A check has left something behind."""
        self._checks += 1
        if self._checks >= self._MOST:
            self._checks = 0
            gc.collect(self._NEW)

    def sweep(self) -> None:
        """Collect everything now."""
        self._checks = 0
        gc.collect()
        if not self._has_swept:
            # What is only loaded or made by the first checks stays as well.
            self._has_swept = True
            gc.freeze()
