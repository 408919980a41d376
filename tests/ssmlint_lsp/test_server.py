"""The server from its start to its end, over real pipes."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import pytest
from lsprotocol.types import ClientCapabilities, InitializeParams
from pygls.lsp.client import LanguageClient as BaseLanguageClient

from ssmlint import __version__
from tests.command import ssmlint
from tests.ssmlint_lsp.editor import COMMAND, PATIENCE, capabilities, session
from tests.ssmlint_lsp.test_buffers import DOCUMENT


async def test_client_and_server_get_to_know_each_other(tmp_path: Path) -> None:
    async with session(tmp_path) as editor:
        info = editor.answer.server_info
        assert info is not None
        assert (info.name, info.version) == ("ssmlint", __version__)
        assert __version__ in await editor.run("ssmlint.printDebugInformation")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_edits_arrive_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        assert editor.encoding == encoding
        opened = editor.open(tmp_path / "a.yaml", DOCUMENT.replace("says", "😀 says\x0c\u2028"))
        at = opened.text.index("hello")
        editor.edit(opened, at, at + 5, "good\r\nday 日本")
        editor.edit(opened, len(opened.text), len(opened.text), "# 😀")
        assert await editor.text_of_server(opened) == opened.text


async def test_who_leaves_without_a_word_has_an_error() -> None:
    process = await asyncio.create_subprocess_exec(
        *COMMAND, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    await asyncio.wait_for(process.communicate(b""), PATIENCE)
    assert process.returncode == 1


async def test_a_port_serves_one_client() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "--tcp", address, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    said = await asyncio.wait_for(process.stderr.readline(), PATIENCE)
    assert said.decode() == f"ssmlint: waiting for a client on {address}\n"
    client = BaseLanguageClient("test", "1")
    for _ in range(100):
        try:
            await client.start_tcp(*address.split(":"))  # type: ignore[arg-type]
            break
        except OSError:
            await asyncio.sleep(0.1)
    params = InitializeParams(capabilities=ClientCapabilities())
    answer = await asyncio.wait_for(client.initialize_async(params), PATIENCE)
    assert answer.server_info is not None
    assert answer.server_info.name == "ssmlint"
    await asyncio.wait_for(client.shutdown_async(None), PATIENCE)
    client.exit(None)
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    await client.stop()  # type: ignore[no-untyped-call]


def test_without_pygls_the_command_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    result = ssmlint("lsp")
    assert result.status == 2
    assert result.err == (
        "ssmlint: error: the language server needs `pygls`, which is not installed\n"
        "  hint: pip install 'ssmlint[lsp]'\n"
    )


@pytest.mark.parametrize("word", ["8765", "localhost:", "localhost:http", ":70000"])
def test_a_port_must_be_one(word: str) -> None:
    result = ssmlint("lsp", "--tcp", word)
    assert result.status == 2
    assert f"`--tcp {word}` is no HOST:PORT" in result.err
