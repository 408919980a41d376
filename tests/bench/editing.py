"""What an editor waits for: the language server beside those for YAML and for bash.

Every server is given the same keystrokes, one after the other, each when the answer to the one
before is there.  Ours is measured without its pause for typing; those of the peers are in their
figures, since they have no setting for that.  "change" is the time to the first diagnostics that
know of it: ours are then those of the quick rules, and what the slower ones found moved along with
the text; "complete" is the time until these have been run as well.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ssmlint import engine
from ssmlint.embedded import scripts_of
from ssmlint.source import LineIndex, decode
from tests.bench.bench import document_of, write
from tests.bench.client import INITIALIZE, Client, Server
from tests.bench.warm import documents

#: What is typed, and deleted again.
TYPED = 'echo "looking at $HOME"\n'

#: Seconds of typing after which no other place is typed at.
ENOUGH = 10

#: Edits after which memory is looked at.
MANY = 1000


@dataclass(slots=True)
class Typing:
    """A document that somebody types in."""

    client: Client
    uri: str
    text: str
    version: int = 1
    first: list[float] = field(default_factory=list)
    """Seconds from a keystroke to the first diagnostics of the text with it."""
    last: list[float] = field(default_factory=list)
    """To the last."""

    def open(self) -> None:
        item = {"uri": self.uri, "languageId": self.client.server.language, "version": 1}
        self.client.send("textDocument/didOpen", {"textDocument": item | {"text": self.text}})
        self.client.wait(self._is_published)

    def type(self, at: int, *, count: bool = True) -> None:
        """Type a line at an offset, key by key, and delete it again."""
        for number, letter in enumerate(TYPED):
            self._change(at + number, at + number, letter, count)
        for number in reversed(range(len(TYPED))):
            self._change(at + number, at + number + 1, "", count)

    def _change(self, start: int, end: int, new: str, count: bool) -> None:
        lines = LineIndex(self.text)
        places = [lines.position_in(offset, "utf-16") for offset in (start, end)]
        where = [{"line": place.line, "character": place.column} for place in places]
        change = {"range": {"start": where[0], "end": where[1]}, "text": new}
        self.text = f"{self.text[:start]}{new}{self.text[end:]}"
        self.version += 1
        document = {"uri": self.uri, "version": self.version}
        params = {"textDocument": document, "contentChanges": [change]}
        went = self.client.send("textDocument/didChange", params)
        came, _ = self.client.wait(self._is_published)
        if count:
            self.first.append(came - went)
        if self.client.server.name == "ssmlint":
            done = {"command": "ssmlint.waitForCheck", "arguments": [self.uri]}
            self.client.ask("workspace/executeCommand", done)
            came = time.perf_counter()
        if count:
            self.last.append(came - went)

    def _is_published(self, message: dict[str, Any]) -> bool:
        params = message.get("params") or {}
        is_ours = message.get("method") == "textDocument/publishDiagnostics"
        return (
            is_ours and params["uri"] == self.uri and params.get("version") in (None, self.version)
        )

    def complete(self, at: int) -> float:
        """Seconds for a completion at an offset."""
        place = LineIndex(self.text).position_in(at, "utf-16")
        position = {"line": place.line, "character": place.column}
        params = {"textDocument": {"uri": self.uri}, "position": position}
        return self.client.ask("textDocument/completion", params)


def servers(peers: Path | None) -> Iterator[Server]:
    """Ours, and the peers that are installed (`make bench` does that)."""
    ours = (sys.executable, "-m", "ssmlint", "lsp")
    yield Server("ssmlint", ours, "yaml", {"debounce": 0})
    modules = peers / "node" / "node_modules" / ".bin" if peers is not None else Path("/nowhere")
    yield Server("yaml-language-server", (str(modules / "yaml-language-server"), "--stdio"), "yaml")
    yield Server(
        "bash-language-server", (str(modules / "bash-language-server"), "start"), "shellscript"
    )


def rows(paths: list[Path], large: Path, peers: Path | None) -> Iterator[str]:
    """Rows of a table of their own."""
    yield "| document | server | initialize | open | change p50 | p95 | complete p50 | p95 | completion | MiB |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for path, server in itertools.product([*paths, large], servers(peers)):
        name = f"{path.name} ({path.stat().st_size // 1000} KB)"
        if shutil.which(server.command[0]) is None:
            yield f"| {name} | {server.name} is not installed | | | | | | | | |"
            continue
        yield f"| {name} | {server.name} | {' | '.join(measured(server, path, server.name == 'ssmlint' and path == paths[0]))} |"


def measured(server: Server, path: Path, is_long: bool) -> Iterator[str]:
    """The figures of one server on one document; memory after many edits of the first."""
    text = path.read_text(encoding="utf-8")
    file = engine.read(decode(text.encode(), path.name))
    script = max(scripts_of(file.documents[0]), key=lambda script: len(script.text))
    places = [script.span(at, at + 1).start for at in _beginnings(script.text)]
    name = path.name
    if server.language == "shellscript":
        text, name = script.text, "script.sh"
        places = _beginnings(text)
    with tempfile.TemporaryDirectory() as folder, Client(server, Path(folder)) as client:
        params = INITIALIZE | {"initializationOptions": server.options}
        yield _ms(client.ask("initialize", params))
        client.send("initialized", {})
        typing = Typing(client, (Path(folder) / name).as_uri(), text)
        began = time.perf_counter()
        typing.open()
        yield _ms(time.perf_counter() - began)
        typing.type(places[0], count=False)
        began = time.perf_counter()
        for place in places:
            if time.perf_counter() - began < ENOUGH:
                typing.type(place)
        yield _ms(statistics.median(typing.first))
        yield _ms(_p95(typing.first))
        yield _ms(statistics.median(typing.last))
        yield _ms(_p95(typing.last))
        yield _ms(statistics.median(typing.complete(place) for place in places * 5))
        if is_long:
            while typing.version < MANY:
                typing.type(places[typing.version % len(places)], count=False)
        yield f"{client.memory:.0f}" + " after 1,000 edits" * is_long


def _beginnings(script: str) -> list[int]:
    """Where lines begin at a quarter, in the middle, and at three quarters of a script."""
    return [script.index("\n", len(script) * part // 4) + 1 for part in (1, 2, 3)]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def main() -> None:
    """Print the table, each row as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="a folder with the peers")
    options = parser.parse_args()
    if options.peers is not None:
        options.peers = options.peers.resolve()
        # bash-language-server asks shellcheck.
        os.environ["PATH"] = f"{options.peers / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        large = Path(write(Path(folder) / "large.yaml", document_of(64_000)))
        for row in rows(documents(), large, options.peers):
            print(row, flush=True)


if __name__ == "__main__":
    main()
