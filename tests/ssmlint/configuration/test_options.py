"""The table of options, and what is made of it, agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ssmlint.configuration import Configurations
from ssmlint.configuration.schema import schema
from ssmlint.configuration.showing import as_text
from ssmlint.configuration.table import OPTIONS, Kind, Option
from ssmlint.errors import UserError
from ssmlint.packs import all_rules
from ssmlint.toml import loads
from tests.command import ssmlint
from tests.tools import options as tool

every_option = pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)


@pytest.fixture(autouse=True)
def in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One in which the examples of all options are good."""
    (tmp_path / "ssmlint.toml").write_text("")
    (tmp_path / "below" / "documents").mkdir(parents=True)
    (tmp_path / "below" / "documents" / "mysql.yaml").write_text("")
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path / "below"


def refused(table: dict[str, Any]) -> bool:
    return not jsonschema.Draft202012Validator(schema()).is_valid(table)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_what_is_generated_is_up_to_date() -> None:
    assert tool.SCHEMA.read_text(encoding="utf-8") == tool.as_schema(), "run `make rules`"
    assert tool.PAGE.read_text(encoding="utf-8") == tool.as_page(), "run `make rules`"


@every_option
def test_examples_are_taken(option: Option, in_a_directory_of_its_own: Path) -> None:
    table = loads(option.example)
    assert set(table) == {option.name}
    assert not refused(table)
    (in_a_directory_of_its_own / "ssmlint.toml").write_text(option.example + "\n")
    configuration = Configurations().of_directory(".")
    assert option.name in configuration.values
    assert configuration.origins[option.name][0].line is not None


@every_option
@pytest.mark.parametrize("value", ["1", "true", "[1]", "{ x = 1 }", "[[]]", "2024-01-01"])
def test_wrong_types_are_refused_by_both(
    option: Option, value: str, in_a_directory_of_its_own: Path
) -> None:
    if option.kind is Kind.FLAG and value == "true":
        pytest.skip("which is right")
    text = f"{option.name} = {value}"
    (in_a_directory_of_its_own / "ssmlint.toml").write_text(text)
    with pytest.raises(UserError) as raised:
        Configurations().of_directory(".")
    assert (raised.value.path, raised.value.line) == ("ssmlint.toml", 1)
    assert refused({name: str if value[:2] == "20" else v for name, v in loads(text).items()})


@every_option
def test_what_is_said_of_an_option(option: Option) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", option.name)
    assert option.summary[0].islower()
    assert not option.summary.endswith(".")
    assert option.text.endswith(".")
    assert all(len(line) <= 120 for line in option.text.splitlines())
    if option.flag is not None:
        assert option.flag in ssmlint("check", "--help").out
    said = ssmlint("config", option.name).out
    assert said.startswith(f"# {option.name}\n")
    assert option.example in said


def test_a_shown_configuration_can_be_read_again(in_a_directory_of_its_own: Path) -> None:
    examples = [option.example for option in OPTIONS if option.name != "extend"]
    flat = [e for e in examples if not e.startswith("[")]
    tables = [e for e in examples if e.startswith("[")]
    path = in_a_directory_of_its_own / "ssmlint.toml"
    path.write_text("\n".join([*flat, *tables]) + "\n")
    first = Configurations().of_directory(".")
    path.write_text("\n".join(as_text(first)))
    again = Configurations().of_directory(".")
    assert again.values == first.values


def test_rules_that_pages_name_exist() -> None:
    names = {name for rule in all_rules() for name in (rule.id, rule.name, rule.family)}
    for option in OPTIONS:
        for word in re.findall(r"`([a-z]+(?:-[a-z]+){1,}|[A-Z]{2,}\d{3})`", option.text):
            assert word in names or word in {o.name for o in OPTIONS}, word


class TestCommand:
    def test_lists_all(self) -> None:
        result = ssmlint("config")
        assert [line.partition(":")[0] for line in result.out.splitlines()] == [
            option.name for option in OPTIONS
        ]

    def test_json(self) -> None:
        (option,) = ssmlint("config", "fail-on", "--output-format", "json").json["options"]
        assert option["choices"] == ["error", "warning", "info"]
        assert option["flag"] == "--fail-on"

    def test_schema(self) -> None:
        assert ssmlint("config", "--schema").json == schema()

    def test_a_name_with_underscores_is_understood(self) -> None:
        assert ssmlint("config", "per_file_ignores").out.startswith("# per-file-ignores\n")

    def test_a_wrong_name(self) -> None:
        result = ssmlint("config", "fail-one")
        assert (result.status, result.out) == (2, "")
        assert "did you mean `fail-on`?" in result.err
