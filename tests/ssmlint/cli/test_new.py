"""`ssmlint new`: documents to start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.templates import TEMPLATES
from tests.command import ssmlint


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_it_writes_is_clean(name: str) -> None:
    assert ssmlint("new", name).out == f"wrote {name}.yaml\n"
    checked = ssmlint("check", "--output-format", "json", f"{name}.yaml")
    assert (checked.status, checked.found) == (0, [])


def test_without_a_template_it_lists_them() -> None:
    listed = ssmlint("new")
    assert listed.status == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == list(TEMPLATES)


def test_every_template_of_the_package_is_offered() -> None:
    import ssmlint.cli

    folder = Path(ssmlint.cli.__file__).parents[1] / "templates"
    assert {file.stem for file in folder.glob("*.yaml")} == set(TEMPLATES)


def test_a_name_for_the_file() -> None:
    assert ssmlint("new", "iris", "--output", "freeze.yaml").out == "wrote freeze.yaml\n"
    assert Path("freeze.yaml").read_text() == ssmlint("new", "iris", "-o", "-").out


def test_a_file_that_is_there_is_not_replaced_unless_asked() -> None:
    Path("mysql.yaml").write_text("mine")
    refused = ssmlint("new", "mysql")
    assert refused.status == 2
    assert "mysql.yaml: the file is there already" in refused.err
    assert Path("mysql.yaml").read_text() == "mine"
    assert ssmlint("new", "mysql", "--force").status == 0
    assert Path("mysql.yaml").read_text() != "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mysq"], "did you mean `mysql`?"),
        (["mysql", "-o", "no/such/folder/x.yaml"], "No such file or directory"),
    ],
)
def test_mistakes_are_named(arguments: list[str], said: str) -> None:
    result = ssmlint("new", *arguments)
    assert result.status == 2
    assert said in result.err
