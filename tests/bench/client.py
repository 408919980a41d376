"""A client that keeps the time, for any language server."""

from __future__ import annotations

import itertools
import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: Seconds after which a server that does not answer is given up.
PATIENCE = 60

INITIALIZE = {
    "processId": None,
    "rootUri": None,
    "capabilities": {
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
            "completion": {"completionItem": {"snippetSupport": True}},
        },
    },
}


@dataclass(frozen=True, slots=True)
class Server:
    """How a language server is started."""

    name: str
    command: tuple[str, ...]
    language: str
    options: Any = None


class Client:
    """Speaks to a server and keeps the time; a context."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server = server
        self._folder = folder
        self._numbers = itertools.count(1)
        self._inbox: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()

    def __enter__(self) -> Client:
        self._process = subprocess.Popen(
            self.server.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
        )
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        stream = self._process.stdout
        while header := stream.readline():
            size = 0
            while header.strip():
                name, _, value = header.decode().partition(":")
                size = int(value) if name.lower() == "content-length" else size
                header = stream.readline()
            self._inbox.put((time.perf_counter(), json.loads(stream.read(size))))

    def send(self, method: str, params: Any, number: int | None = None) -> float:
        """Send a message; the time at which it went."""
        assert self._process.stdin is not None
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message | ({} if number is None else {"id": number})).encode()
        went = time.perf_counter()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()
        return went

    def ask(self, method: str, params: Any) -> float:
        """Seconds until a request is answered."""
        number = next(self._numbers)
        went = self.send(method, params, number)
        came, _ = self.wait(lambda message: message.get("id") == number)
        return came - went

    def wait(self, is_it: Callable[[dict[str, Any]], bool]) -> tuple[float, dict[str, Any]]:
        """The next message of some kind, and when it came."""
        while True:
            came, message = self._inbox.get(timeout=PATIENCE)
            if "id" in message and "method" in message:
                self._reply(message)
            elif is_it(message):
                return came, message

    def _reply(self, message: dict[str, Any]) -> None:
        """Answer a request of the server: there are no settings."""
        assert self._process.stdin is not None
        asked = message.get("params", {})
        result = [None for _ in asked["items"]] if "items" in (asked or {}) else None
        body = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    @property
    def memory(self) -> float:
        """Resident memory of the server and what it has started, in MiB."""
        return sum(map(_resident, _family(self._process.pid))) / 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _resident(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
