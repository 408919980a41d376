"""The pipes to one asking process, and where its answer has got to."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable
from typing import Any

from ssmlint.dryrun.calls import Call, Caller
from ssmlint.dryrun.jobs import Job, JobKind
from ssmlint.dryrun.needs import Answering, Become, Child, Flush, Need, ReadAll, ReadLine, Wait
from ssmlint.dryrun.sandboxed.pipes import Pipes
from ssmlint.dryrun.world import World

#: Texts before the number of arguments in a request.
_HEAD = 6
#: Bytes of one request; more is no command line that the kernel would take.
_LONGEST = 4 << 20


class Client:
    """One slot: a pair of pipes that one process at a time uses."""

    def __init__(self, world: World, pipes: Pipes, slot: str) -> None:
        self._world = world
        self._pipes = pipes
        self._slot = slot
        self._questions = -1
        self._answers = os.open(pipes.folder / "answers" / slot, os.O_RDWR | os.O_NONBLOCK)
        self._reset()

    def _reset(self) -> None:
        self._text = b""
        self._call: Call | None = None
        self._answering: Answering | None = None
        self._need: Need | None = None
        self._child = 0

    def open(self) -> None:
        """Wait for a process to ask."""
        path = self._pipes.folder / "questions" / self._slot
        self._questions = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self._pipes.listen(self._questions, self._hear)

    def close(self) -> None:
        """Close the pipes."""
        self._drop()
        for descriptor in (self._questions, self._answers):
            os.close(descriptor)

    # --- what is waited for ------------------------------------------------------------------

    @property
    def until(self) -> float | None:
        """The virtual time at which this client goes on at the latest."""
        return self._need.until if isinstance(self._need, (Wait, Child)) else None

    def is_due(self) -> bool:
        """Whether what it waits for has come."""
        match self._need:
            case Wait(ready=ready, until=until):
                late = until is not None and self._world.host.now >= until
                return late or ready()
            case Child(until=until):
                return until is not None and self._world.host.now >= until
        return False

    def go_on(self) -> None:
        """Resume a wait that has come to its end."""
        match self._need:
            case Wait(ready=ready):
                self._step(ready())
            case Child():
                self._end_child()
                self._step(None)

    def _end_child(self) -> None:
        child = self._child
        self._world.signal(lambda process: process.group == child, signal.SIGTERM)

    # --- hearing -----------------------------------------------------------------------------

    def _hear(self) -> None:
        try:
            text = os.read(self._questions, 65536)
        except BlockingIOError:
            return
        if not text:
            self._gone()
            return
        self._text += text
        if len(self._text) > _LONGEST:
            self._gone()
            return
        if self._call is None:
            self._read_request()
        else:
            self._read_messages()

    def _gone(self) -> None:
        """The process has ended: what it held open ends with it."""
        self._drop()
        self._pipes.listen_no_more(self._questions)
        os.close(self._questions)
        with contextlib.suppress(BlockingIOError):
            while os.read(self._answers, 65536):
                pass
        self._reset()
        self.open()
        self._pipes.give_tickets(self._slot)

    def _drop(self) -> None:
        if self._answering is not None:
            host = self._world.host
            if self._call is not None:
                host.source = self._call.caller.source
            self._answering.close()
            self._answering = None
        self._need = None

    def _read_request(self) -> None:
        parts = self._text.split(b"\0")
        if len(parts) <= _HEAD + 1:
            return
        try:
            count = int(parts[_HEAD])
        except ValueError:
            self._text = b""
            return
        if len(parts) < _HEAD + 1 + count + 1:
            return
        texts = [part.decode(errors="replace") for part in parts]
        self._text = b"\0".join(parts[_HEAD + 1 + count :])
        try:
            caller = _caller(texts[:_HEAD], self._world.jobs.values())
        except (ValueError, IndexError):
            # Not our own shim; whoever it is gets no answer.
            return
        arguments = tuple(texts[_HEAD + 1 : _HEAD + 1 + count])
        name = caller.path.rpartition("/")[2]
        if name == "unknown" and arguments:
            name, arguments = arguments[0], arguments[1:]
        self._call = Call(self._world, caller, name, arguments)
        self._answering = self._call.answer()
        self._step(None)

    def _read_messages(self) -> None:
        *messages, self._text = self._text.split(b"\0")
        for message in messages:
            text = message.decode(errors="replace")
            match self._need:
                case ReadLine() | ReadAll() if text.startswith("line"):
                    self._step(text[4:])
                case ReadLine() | ReadAll() if text == "end-of-input":
                    self._step(None)
                case Flush() if text == "printed":
                    self._step(None)
                case Child() if text.startswith("child"):
                    self._child = int(text[5:])
                case Child() if text.startswith("ended"):
                    self._step(int(text[5:]))

    # --- answering ---------------------------------------------------------------------------

    def _step(self, answer: Any) -> None:
        """Give the command what it needed, and see what it needs next."""
        assert self._answering is not None
        assert self._call is not None
        self._world.host.source = self._call.caller.source
        self._need = None
        try:
            self._need = self._answering.send(answer)
        except StopIteration as end:
            self._answering = None
            self._end(int(end.value or 0))
            return
        match self._need:
            case ReadLine():
                self._send("read-line")
            case ReadAll():
                self._send("read-all")
            case Flush():
                self._send_output("print")
            case Become(words=words):
                self._send_words(words)
                self._send("become")
            case Child(words=words):
                self._send_words(words)
                self._send("child")

    def _end(self, status: int) -> None:
        assert self._call is not None
        status &= 255
        if self._call.out or self._call.err:
            self._send_output(f"print-and-end {status}")
        else:
            self._send(f"end {status}")

    def _send_output(self, what: str) -> None:
        assert self._call is not None
        output = self._pipes.folder / "output"
        for number, texts in (("1", self._call.out), ("2", self._call.err)):
            text = "".join(texts).encode(errors="surrogateescape")
            (output / f"{self._slot}.{number}").write_bytes(text)
        if what == "print":
            self._call.out.clear()
            self._call.err.clear()
        self._send(what)

    def _send_words(self, words: tuple[str, ...]) -> None:
        text = "".join(f"{word}\0" for word in words)
        path = self._pipes.folder / "output" / f"{self._slot}.words"
        path.write_bytes(text.encode(errors="surrogateescape"))

    def _send(self, line: str) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._answers, f"{line}\n".encode())


def _caller(request: list[str], jobs: Iterable[Job]) -> Caller:
    """Who asks, from the head of a request; raises `ValueError` where it is no such head."""
    path, folder, lc_all, lc_messages, lang, stat = request
    fields = stat.rpartition(") ")[2].split()
    pid = int(stat.split(" ", 1)[0])
    parent, group, session = (int(field) for field in fields[1:4])
    source = _source(group, session, jobs)
    return Caller(path, folder, (lc_all, lc_messages, lang), pid, parent, group, session, source)


def _source(group: int, session: int, jobs: Iterable[Job]) -> str:
    for job in jobs:
        if job.pid in (group, session) and job.kind is JobKind.UNIT:
            return job.label
        # One that has asked before its start was reported is the newest.
        if (job.pid == group or not job.pid) and not job.is_over:
            return job.label
    return "background"
