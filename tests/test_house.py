"""What the README files, the hook and the build files say is so."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.command import ssmlint
from tests.tools import project, readme
from tests.tools.rules_table import MARKER, README, with_table

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[1]


def test_the_table_of_rules_is_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert MARKER in text
    assert text == with_table(text), "run `make rules`"


@pytest.mark.parametrize(
    "folder", [".", "ssmlint", "rules", "lsp", "lsp/editors", "fixtures", "tests"]
)
def test_every_folder_says_what_belongs_there(folder: str) -> None:
    assert (ROOT / folder / "README.md").read_text(encoding="utf-8").startswith("# ")


def pages() -> list[Path]:
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "."]
    found = [*ROOT.glob("*.md"), *(page for f in folders for page in f.rglob("*.md"))]
    return sorted(page for page in found if "node_modules" not in page.parts)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    local = [link for link in links if link and not link.startswith(("http://", "https://"))]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_the_addresses_are_those_of_the_project() -> None:
    for page in project.pages():
        text = page.read_text(encoding="utf-8")
        assert text == project.brought_up_to_date(text), f"{page.name}: run `make rules`"


def test_the_readme_shows_real_output() -> None:
    text = readme.README.read_text(encoding="utf-8")
    assert text == readme.with_output(text), "run `make rules`"


def test_the_hook_calls_a_command_that_exists() -> None:
    yaml = pytest.importorskip("ruamel.yaml").YAML(typ="safe")
    (hook,) = yaml.load(ROOT / ".pre-commit-hooks.yaml")
    assert hook["id"] == "ssmlint"
    assert hook["language"] == "python"
    program, *arguments = shlex.split(hook["entry"])
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert program in scripts
    result = ssmlint(*arguments, str(ROOT / ".pre-commit-hooks.yaml"))
    assert (result.status, result.out) == (0, "")
    assert result.err == "ssmlint: no SSM document or policy in 1 file\n"


@pytest.mark.parametrize("target", ["demo", "test", "lint", "bench", "docs", "rules", "vsix"])
def test_the_makefile_has_its_targets(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M)
