"""The plugin for Neovim, in the Neovim of this machine, with the real server."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.editors.documents import BAD, RULE
from tests.programs import find_program, require_program

PLUGIN = Path(__file__).parents[2] / "lsp" / "editors" / "neovim"

#: What the editor runs: open a file, wait for what is found in it, say so.
SESSION = """
local function found()
  return vim.tbl_filter(function(one) return one.code == '%(rule)s' end, vim.diagnostic.get(0))
end
local function wait() vim.wait(60000, function() return #found() > 0 end, 50) end
local file = '%(file)s'
%(steps)s
local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
local said = { root = clients[1] and clients[1].config.root_dir, servers = #clients, found = found() }
io.stdout:write(vim.fn.json_encode(said))
vim.cmd('quitall!')
"""

SETUP = "require('ssmlint').setup({ settings = { ssmlint = { debounce = 10 } } })"
ENABLE = "vim.lsp.enable('ssmlint')"
OPEN = "vim.cmd('edit ' .. file) wait()"


@pytest.fixture
def nvim() -> str:
    return require_program("nvim", package="neovim")


def version(nvim: str) -> tuple[int, int]:
    shown = subprocess.run([nvim, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.match(r"NVIM v(\d+)\.(\d+)", shown)
    assert found is not None
    return int(found[1]), int(found[2])


def session(nvim: str, folder: Path, *steps: str) -> dict[str, Any]:
    """Do something with a bad document of a repository in Neovim; what Neovim says then."""
    (folder / ".git").mkdir()
    document = folder / "documents" / "document.yaml"
    document.parent.mkdir()
    document.write_text(BAD, encoding="utf-8")
    script = folder / "session.lua"
    words = {"rule": RULE, "file": document, "steps": "\n".join(steps)}
    script.write_text(SESSION % words, encoding="utf-8")
    program = find_program("ssmlint")
    assert program is not None
    path = os.pathsep.join((str(Path(program).parent), os.environ["PATH"]))
    homes = {
        f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    options = f"set runtimepath^={PLUGIN} | filetype on"
    # After the start, as for a user who types.
    after = f"lua vim.schedule(function() vim.cmd('luafile {script}') end)"
    result = subprocess.run(
        [nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "--cmd", options, "-c", after],
        env={**os.environ, **homes, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert result.stdout.startswith("{"), result.stderr
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def assert_works(said: dict[str, Any], folder: Path) -> None:
    assert said["servers"] == 1
    assert said["root"] == str(folder)
    (found,) = said["found"]
    # Neovim counts bytes: the character before the variable has four.
    assert (found["lnum"], found["col"], found["end_col"]) == (9, 21, 34)
    assert found["source"] == "ssmlint"


def test_setup_starts_the_server_for_the_repository(nvim: str, tmp_path: Path) -> None:
    assert_works(session(nvim, tmp_path, SETUP, OPEN), tmp_path)


def test_so_does_enabling_the_configuration(nvim: str, tmp_path: Path) -> None:
    if version(nvim) < (0, 11):
        pytest.skip("`vim.lsp.enable` came with Neovim 0.11")
    assert_works(session(nvim, tmp_path, ENABLE, OPEN), tmp_path)


def test_a_buffer_that_was_open_before_is_served_too(nvim: str, tmp_path: Path) -> None:
    steps = ("vim.cmd('edit ' .. file)", SETUP, "wait()")
    assert_works(session(nvim, tmp_path, *steps), tmp_path)


def test_a_buffer_that_is_no_file_is_none_of_its_business(nvim: str, tmp_path: Path) -> None:
    steps = (SETUP, "vim.cmd('new')", "vim.bo.buftype = 'nofile'", "vim.bo.filetype = 'yaml'")
    assert session(nvim, tmp_path, *steps)["servers"] == 0


def test_a_program_that_is_missing_is_told_of(nvim: str, tmp_path: Path) -> None:
    if version(nvim) >= (0, 11):
        pytest.skip("from Neovim 0.11 on, Neovim tells of it")
    note = "local told; vim.notify = function(text) told = text end"
    setup = "require('ssmlint').setup({ cmd = { 'no-such-program' } })"
    check = "assert(told == 'ssmlint: `no-such-program` is not on the PATH')"
    assert session(nvim, tmp_path, note, setup, check)["servers"] == 0
