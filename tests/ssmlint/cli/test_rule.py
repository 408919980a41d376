"""`ssmlint rule`."""

from __future__ import annotations

import pytest

from ssmlint.packs import all_rules
from tests.command import ssmlint


@pytest.mark.parametrize("word", ["SSM301", "ssm301", "duplicate-step-name"])
def test_a_page_by_id_or_name(word: str) -> None:
    result = ssmlint("rule", word)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(
        "# duplicate-step-name (SSM301)\n\nerror, on by default\n\n## What"
    )
    assert "## Why is this bad?" in result.out


def test_the_rule_of_the_engine_has_a_page_too() -> None:
    assert "crashed" in ssmlint("rule", "internal-error").out


@pytest.mark.parametrize("arguments", [(), ("--all",)])
def test_all_rules_one_line_each(arguments: tuple[str, ...]) -> None:
    lines = ssmlint("rule", *arguments).out.splitlines()
    assert [line.split()[0] for line in lines] == ["SSM000", *(rule.id for rule in all_rules())]


def test_json_of_one_rule() -> None:
    result = ssmlint("rule", "duplicate-step-name", "--output-format", "json").json
    (rule,) = result.pop("rules")
    assert result == {"version": 1}
    assert rule.pop("page").startswith("## What it does")
    assert rule.pop("summary").startswith("Reports a step whose name")
    assert rule == {
        "id": "SSM301",
        "name": "duplicate-step-name",
        "severity": "error",
        "default": True,
    }


def test_json_of_all_rules() -> None:
    rules = ssmlint("rule", "--all", "--output-format", "json").json["rules"]
    assert len(rules) == 1 + len(all_rules())


def test_a_name_like_no_other_is_not_answered_with_all_names() -> None:
    result = ssmlint("rule", "zzzz")
    assert result.status == 2
    assert result.err.endswith("hint: `ssmlint rule --all` lists the rules\n")
