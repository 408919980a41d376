"""What the pages about editors say is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ssmlint.configuration.table import OPTIONS
from ssmlint_lsp.features.code_actions import FIX_ALL
from ssmlint_lsp.features.debugging import COMMAND
from ssmlint_lsp.options import DEBOUNCE, read_options
from tests.editors.test_vscode import settings
from tests.programs import find_program

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "docs" / "editors.md"
PAGES = sorted((ROOT / "docs" / "editors").glob("*.md"))
EXTENSION = ROOT / "lsp" / "editors" / "vscode" / "README.md"


def rows(page: Path) -> dict[str, str]:
    """First and second cell of the table of settings."""
    text = page.read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \|\s*`?([^|`]*?)`?\s*\|", text, re.M))


def fences(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def test_the_index_names_every_page_and_every_folder() -> None:
    text = INDEX.read_text(encoding="utf-8")
    assert {f"editors/{page.name}" for page in PAGES} == set(re.findall(r"editors/\w+\.md", text))
    folders = {path.stem for path in (ROOT / "lsp" / "editors").iterdir() if path.is_dir()}
    assert folders == {page.stem for page in PAGES}


def test_the_settings_are_those_of_the_server() -> None:
    shown = rows(INDEX)
    known = settings()
    assert shown.keys() == known.keys() - {"enable", "path", "args", "trace.server"}
    assert shown["debounce"] == str(DEBOUNCE)
    assert read_options(dict.fromkeys(shown))[1] == ()


def test_the_page_of_the_extension_has_its_settings_with_their_defaults() -> None:
    shown = rows(EXTENSION)
    assert shown.keys() == {f"ssmlint.{name}" for name in settings()}
    for name, setting in settings().items():
        default = setting["default"]
        text = default if isinstance(default, str) else json.dumps(default)
        assert shown[f"ssmlint.{name}"] == text


def options_in(value: Any) -> set[str]:
    """The names below every `options` of a piece of configuration."""
    if not isinstance(value, dict):
        return set()
    own = {key for name, inner in value.items() if name.endswith("options") for key in inner}
    return own.union(*(options_in(inner) for inner in value.values()))


@pytest.mark.parametrize("page", [INDEX, *PAGES], ids=lambda page: str(page.stem))
def test_what_is_shown_can_be_read(page: Path) -> None:
    known = {option.name for option in OPTIONS}
    pieces = [json.loads(text) for text in fences(page, "json")]
    pieces += [tomllib.loads(text) for text in fences(page, "toml")]
    for piece in pieces:
        assert options_in(piece) <= known


def test_helix_is_shown_the_file() -> None:
    file = ROOT / "lsp" / "editors" / "helix" / "languages.toml"
    shown = fences(ROOT / "docs" / "editors" / "helix.md", "toml")[0]
    assert tomllib.loads(shown) == tomllib.loads(file.read_text(encoding="utf-8"))


def test_names_of_the_server_are_spelt_as_it_does() -> None:
    texts = [page.read_text(encoding="utf-8") for page in [INDEX, *PAGES]]
    found = {name for text in texts for name in re.findall(r"source\.fixAll[\w.]*", text)}
    assert found == {FIX_ALL}
    assert COMMAND in texts[0]
    client = (EXTENSION.parent / "src" / "client.ts").read_text(encoding="utf-8")
    assert f'"{COMMAND}"' in client


def test_a_server_without_a_client_ends_at_once_and_quietly() -> None:
    program = find_program("ssmlint")
    assert program is not None
    result = subprocess.run(
        [program, "lsp"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60
    )
    assert (result.stdout, result.stderr) == (b"", b"")
