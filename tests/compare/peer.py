"""AWS's language server for Automation documents (npm `aws-ssm-document-language-service`).

Spoken to over stdio as an editor does, one document after the other.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PACKAGE = "aws-ssm-document-language-service"
VERSION = "1.0.0"

#: Seconds in which the server has to answer; it takes less than one.
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One diagnostic."""

    line: int
    """From 1."""
    message: str


class Server:
    """The running server."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[bytes] = process.stdin
        self._out: IO[bytes] = process.stdout
        self._number = 0

    def start(self) -> None:
        """Shake hands."""
        options = {"provideFormatter": False}
        self._ask("initialize", {"capabilities": {}, "initializationOptions": options})
        self._send({"method": "initialized", "params": {}})

    def diagnostics(self, path: str, text: str) -> list[Said]:
        """What the server says of a document."""
        uri = f"file:///{path}"
        language = "ssm-json" if path.endswith(".json") else "ssm-yaml"
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": item}})
        found = self._ask("ssm/validate", uri)
        closing = {"textDocument": {"uri": uri}}
        self._send({"method": "textDocument/didClose", "params": closing})
        return [Said(one["range"]["start"]["line"] + 1, one["message"]) for one in found]

    def _ask(self, method: str, params: Any) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._in.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while (line := self._out.readline().strip()) != b"" or not length:
            if not line:
                raise RuntimeError("the server has ended")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        found: dict[str, Any] = json.loads(self._out.read(length))
        return found


@contextmanager
def running(folder: Path, node: str) -> Iterator[Server]:
    """The server of the package that is installed below `folder`, while the block runs."""
    program = folder / "node_modules" / PACKAGE / "dist" / "server.js"
    process = subprocess.Popen(
        [node, str(program), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        server = Server(process)
        server.start()
        yield server
    finally:
        process.kill()
        process.wait(PATIENCE)
