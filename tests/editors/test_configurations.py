"""Configuration files for editors: they can be read, and say what the editor's manual asks for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ssmlint import __version__
from ssmlint.cli.lsp import parser
from ssmlint_lsp.options import SECTION, read_options
from tests.programs import require_program

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EDITORS = Path(__file__).parents[2] / "lsp" / "editors"
COMMAND = ["ssmlint", "lsp"]


def toml(name: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((EDITORS / name).read_text(encoding="utf-8"))
    return found


def as_json(name: str) -> Any:
    return json.loads((EDITORS / name).read_text(encoding="utf-8"))


def test_the_command_that_all_of_them_start_is_one() -> None:
    assert parser().read(COMMAND[2:]).tcp is None


def test_helix() -> None:
    found = toml("helix/languages.toml")
    server = found["language-server"]["ssmlint"]
    assert [server["command"], *server["args"]] == COMMAND
    languages = {one["name"]: one["language-servers"] for one in found["language"]}
    assert languages.keys() == {"yaml", "json"}
    assert all(servers[-1] == "ssmlint" and len(servers) > 1 for servers in languages.values())


def test_zed() -> None:
    found = toml("zed/extension.toml")
    cargo = toml("zed/Cargo.toml")
    assert found["version"] == cargo["package"]["version"] == __version__
    assert found["schema_version"] == 1
    assert {"id", "name", "authors", "description", "repository"} <= found.keys()
    server = found["language_servers"]["ssmlint"]
    assert server["language_ids"] == {name: name.lower() for name in server["languages"]}
    assert cargo["lib"]["crate-type"] == ["cdylib"]
    assert "zed_extension_api" in cargo["dependencies"]


def test_jetbrains() -> None:
    found = as_json("jetbrains/ssmlint/template.json")
    assert found["programArgs"]["default"].split() == COMMAND
    mappings = found["fileTypeMappings"]
    assert {mapping["languageId"] for mapping in mappings} == {"yaml", "json"}
    assert_known(as_json("jetbrains/ssmlint/settings.json")[SECTION])


def test_sublime_text() -> None:
    client = as_json("sublime/LSP.sublime-settings")["clients"]["ssmlint"]
    assert client["enabled"] is True
    assert client["command"] == COMMAND
    assert set(client["selector"].split(" | ")) == {"source.yaml", "source.json"}
    assert_known({key.removeprefix(f"{SECTION}."): v for key, v in client["settings"].items()})


def assert_known(settings: dict[str, Any]) -> None:
    assert read_options(settings)[1] == ()


@pytest.mark.parametrize("form", ["check", "load"])
def test_emacs(form: str) -> None:
    emacs = require_program("emacs", package="emacs-nox")
    file = EDITORS / "emacs" / "ssmlint.el"
    if form == "check":
        lisp = f'(with-current-buffer (find-file "{file}") (check-parens) (princ "well"))'
    else:
        lisp = f"""(if (not (require 'eglot nil t)) (princ "without") (load "{file}")
          (with-temp-buffer
            (insert "schemaVersion: '2.2'\\n")
            (princ (if (and (ssmlint-buffer-p) (commandp 'ssmlint)) "well" "ill"))))"""
    result = subprocess.run(
        [emacs, "--batch", "--quick", "--eval", lisp],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if result.stdout == "without":
        pytest.skip("this Emacs has no Eglot: that came with Emacs 29")
    assert result.stdout == "well", result.stderr
