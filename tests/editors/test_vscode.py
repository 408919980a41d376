"""The extension for Visual Studio Code: npm tests it, and its settings are those of the server."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ssmlint import __version__
from ssmlint.configuration.table import OPTIONS
from ssmlint_lsp.options import DEBOUNCE, SECTION, read_options
from tests.programs import do_without, find_program, require_program

EXTENSION = Path(__file__).parents[2] / "lsp" / "editors" / "vscode"

#: Settings that are about the extension, not about the server.
OF_EXTENSION = {"enable", "path", "args", "trace.server"}

#: Seconds; a guard against hangs.
PATIENCE = 600


@pytest.fixture
def npm() -> str:
    require_program("node", package="nodejs")
    path = require_program("npm", package="npm")
    if not (EXTENSION / "node_modules" / "made").exists():
        do_without("what the extension needs is not installed: make vscode")
    return path


def run(npm: str, script: str, folder: Path = EXTENSION) -> str:
    """What a script of package.json prints; it must end well."""
    program = find_program("ssmlint")
    assert program is not None
    result = subprocess.run(
        [npm, "run", "--silent", script],
        cwd=folder,
        env={**os.environ, "SSMLINT": program},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert result.returncode == 0, result.stdout[-8000:]
    return result.stdout


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    return found


def settings() -> dict[str, Any]:
    properties = manifest()["contributes"]["configuration"]["properties"]
    return {key.removeprefix(f"{SECTION}."): value for key, value in properties.items()}


def test_types_and_form(npm: str) -> None:
    run(npm, "lint")


def test_the_extension_starts_the_server_and_shows_what_it_finds(npm: str) -> None:
    """With an editor that is a stand-in; among others with the real server."""
    assert "# fail 0" in run(npm, "test").replace("ℹ", "#")


def test_it_is_packaged(npm: str) -> None:
    run(npm, "package")
    with zipfile.ZipFile(EXTENSION / "ssmlint.vsix") as package:
        names = {name.removeprefix("extension/") for name in package.namelist()}
        bundle = package.read("extension/dist/extension.js").decode()
    assert names == {
        "[Content_Types].xml",
        "extension.vsixmanifest",
        "package.json",
        "README.md",
        "LICENSE.txt",
        "dist/extension.js",
    }
    assert 'require("vscode")' in bundle
    assert str(EXTENSION) not in bundle


def test_the_lock_says_nothing_of_a_machine() -> None:
    lock = json.loads((EXTENSION / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert {name for name, package in packages.items() if "integrity" not in package} == set()
    assert {name for name, package in packages.items() if "resolved" in package} == set()


def test_it_has_the_version_of_ssmlint() -> None:
    assert manifest()["version"] == __version__


def test_the_server_knows_every_setting_that_it_is_sent() -> None:
    defaults = {
        key: value["default"] for key, value in settings().items() if key not in OF_EXTENSION
    }
    options, problems = read_options(defaults)
    assert problems == ()
    assert options == read_options(None)[0]
    assert defaults["debounce"] == DEBOUNCE


def test_every_setting_of_the_server_is_one_of_the_extension() -> None:
    # A name that is in neither list would be reported by the server as unknown.
    source = (EXTENSION / "src" / "settings.ts").read_text(encoding="utf-8")
    sent = source.split("const OF_SERVER = [")[1].split("]")[0]
    names = {word.strip().strip('"') for word in sent.split(",")}
    assert names == settings().keys() - OF_EXTENSION
    _, problems = read_options({"no such setting": 1, **dict.fromkeys(names)})
    assert len(problems) == 1


def test_the_options_that_it_completes_are_options_of_the_configuration() -> None:
    known = {option.name: option.summary for option in OPTIONS}
    shown = settings()["options"]["properties"]
    assert {name: option["description"] for name, option in shown.items()} == {
        name: known[name] for name in shown
    }


def test_settings_that_start_programs_are_no_business_of_an_untrusted_workspace() -> None:
    trust = manifest()["capabilities"]["untrustedWorkspaces"]
    assert set(trust["restrictedConfigurations"]) == {"ssmlint.path", "ssmlint.args"}
    for name in ("path", "args"):
        assert settings()[name]["scope"] == "machine-overridable"


def test_every_command_is_there() -> None:
    source = (EXTENSION / "src" / "extension.ts").read_text(encoding="utf-8")
    for command in manifest()["contributes"]["commands"]:
        assert f'registerCommand("{command["command"]}"' in source
