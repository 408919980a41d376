"""When to check, and what was found: the server's side of checking.

A change is checked when nobody has typed for a while.  What is found in a text counts only
while the text is the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator

from ssmlint_lsp.buffers import Buffer, Buffers
from ssmlint_lsp.checker import Checker
from ssmlint_lsp.messages import (
    Check,
    Checked,
    Closed,
    Documents,
    Done,
    FilesChanged,
    How,
    Mend,
    Mended,
    Notice,
    Order,
    Report,
    Setting,
    Text,
)
from ssmlint_lsp.warming import Warming

#: Seconds behind a check after which texts are read that nobody has asked about.
_SETTLING = 0.02

#: Told of each file that something new is known of.
Listener = Callable[[Checked], object]


class Checks:
    """Has the open documents checked, and keeps what is found in every file."""

    def __init__(self, buffers: Buffers, checker: Checker, warming: Warming) -> None:
        self.found: dict[str, Checked] = {}
        """What was found last in each file, by its path."""
        self.documents: tuple[tuple[str, str], ...] = ()
        """Names and paths of the documents that policies may call."""
        self.setting: Setting | None = None
        self._buffers = buffers
        self._checker = checker
        self._warming = warming
        self._settling: asyncio.TimerHandle | None = None
        self._listeners: list[Listener] = []
        self._notify: Callable[[str], object] = lambda _: None
        self._told: dict[str, int] = {}
        """The versions of the open documents that the checker knows."""
        self._number = 0
        """Of the last check that was asked for."""
        self._needed = 0
        """Of the first check that knows of everything that has happened."""
        self._finished = 0
        self._is_over = False
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._mending: dict[int, asyncio.Future[Mended]] = {}

    def start(self, setting: Setting, notify: Callable[[str], object]) -> None:
        """Begin to check, in the running loop; `notify` shows a line to the user."""
        self._notify = notify
        self.setting = setting
        loop = asyncio.get_running_loop()
        self._checker.attach(loop, self._receive, self._everything_told, self._give_up)
        self._checker.tell(setting)
        self.soon(0)

    def stop(self) -> None:
        """Let the checker go."""
        self._checker.stop()

    def listen(self, listener: Listener) -> None:
        """Have a listener told of what is found."""
        self._listeners.append(listener)

    def set(self, setting: Setting) -> None:
        """Check under another setting from now on."""
        self.setting = setting
        self._checker.tell(setting)
        self.soon(0)

    def files_changed(self) -> None:
        """Look at files and configurations again."""
        self._checker.tell(FilesChanged())
        self.soon()

    def closed(self, path: str) -> None:
        """Forget an open document."""
        self._told.pop(path, None)
        self.found.pop(path, None)
        self._checker.tell(Closed(path))
        self.soon()

    @property
    def process(self) -> int:
        """The id of the process that checks."""
        return self._checker.process

    def of(self, buffer: Buffer) -> Checked | None:
        """What was found in a document as it is now, None where that is not known (yet)."""
        found = self.found.get(buffer.path)
        return found if found is not None and found.version == buffer.version else None

    # --- asking for checks ------------------------------------------------------------------

    def soon(self, milliseconds: int | None = None) -> None:
        """Check when nobody has called this for some time; by default that of the setting."""
        if self.setting is None:
            return
        self._needed = self._number + 1
        if milliseconds is None:
            milliseconds = self.setting.options.debounce
        self._cancel_timer()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(milliseconds / 1000, self.now)

    def now(self, *, everything: bool = False) -> int:
        """Check at once; the number of the check."""
        self._cancel_timer()
        if self._settling is not None:
            self._settling.cancel()
        self._number += 1
        self._checker.tell(*self._news(), Check(self._number, everything))
        return self._number

    async def up_to_date(self, buffer: Buffer) -> Checked | None:
        """What is found in a document as it is, when that is known.

        None once it is closed, and where checking is over.
        """
        while self._buffers.get(buffer.uri) is buffer and not self._is_over:
            found = self.of(buffer)
            if found is not None and self._finished >= self._needed:
                return found
            await self._done(self.now())
        return None

    async def everything(self) -> None:
        """Wait until every file of the session has been checked."""
        await self._done(self.now(everything=True))

    async def mend(self, buffer: Buffer, how: How, finding: int = 0) -> Mended:
        """Ask what to change in a document; the answer is about the text as it is now."""
        self._number += 1
        number = self._number
        future: asyncio.Future[Mended] = asyncio.get_running_loop().create_future()
        self._mending[number] = future
        self._checker.tell(*self._news(), Mend(number, buffer.path, buffer.version, how, finding))
        return await future

    async def _done(self, number: int) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((number, future))
        await future

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _news(self) -> Iterator[Order]:
        for buffer in self._buffers:
            if self._told.get(buffer.path) != buffer.version:
                self._told[buffer.path] = buffer.version
                yield Text(buffer.path, buffer.version, buffer.text)

    def _everything_told(self) -> Iterable[Order]:
        """What a checker that was started again has to know."""
        self._told.clear()
        for number, asked in self._mending.items():
            asked.set_result(Mended(number, refusal="the checker has ended"))
        self._mending.clear()
        orders: list[Order] = [self.setting] if self.setting is not None else []
        return [*orders, *self._news(), Check(self._number)]

    # --- hearing of results -----------------------------------------------------------------

    def _receive(self, report: Report) -> None:
        match report:
            case Checked():
                self._take(report)
            case Documents(places):
                self.documents = places
            case Notice(message):
                self._notify(message)
            case Done(number):
                self._release(number)
            case Mended(number):
                asked = self._mending.pop(number, None)
                if asked is not None and not asked.done():
                    asked.set_result(report)

    def _take(self, checked: Checked) -> None:
        buffer = self._buffers.at_path(checked.path)
        if checked.version != (buffer.version if buffer is not None else None):
            return  # somebody has typed on: there will be another one
        if checked.is_complete:
            self.found[checked.path] = checked
        for listener in self._listeners:
            listener(checked)

    def _release(self, number: int) -> None:
        self._finished = max(self._finished, number)
        ready = [future for wanted, future in self._waiting if wanted <= number]
        self._waiting = [item for item in self._waiting if item[0] > number]
        for future in ready:
            if not future.done():
                future.set_result(None)
        if number == self._number:
            # What is found goes out first.
            self._settle_soon()

    def _settle_soon(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
        loop = asyncio.get_running_loop()
        self._settling = loop.call_later(_SETTLING, self._settle)

    def _settle(self) -> None:
        if not self._warming.is_over:
            self._settle_soon()  # it would wait, and all that an editor says with it
            return
        for buffer in self._buffers:
            buffer.settle()

    def _give_up(self) -> None:
        self._is_over = True
        self._notify("ssmlint: checking has failed again and again, and is over; see the log")
        self._release(self._number)
