"""The process that checks: orders in, reports out, until the server is gone."""

from __future__ import annotations

import os
import queue
import sys
import threading
from typing import BinaryIO

from ssmlint.errors import describe_defect
from ssmlint.interruption import Interrupted, interruptible
from ssmlint_lsp.checking.messages import (
    Check,
    Done,
    Mend,
    Notice,
    Order,
    Report,
    next_order,
    write,
)
from ssmlint_lsp.checking.session import Session


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
        while self._take():
            if self._wanted is not None and self._orders.empty():
                self._check(self._wanted)

    def _listen(self, orders: BinaryIO) -> None:
        while (order := next_order(orders)) is not None:
            self._orders.put(order)
        self._orders.put(None)

    def _take(self) -> bool:
        """Take in the next order; False where there will be none."""
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
