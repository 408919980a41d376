"""What shellcheck says as findings: rule, severity, message; and directives in the script."""

from __future__ import annotations

import pytest

from ssmlint.rule import Severity
from tests.ssmlint.external.asking import heard, in_json, in_yaml, literal, places


def test_rule_severity_and_message() -> None:
    script = 'x=(a b)\necho $x `date`\n[[ a == "${x[@]}" ]]\nFoo=1'
    found = {f.rule.id: (f.severity, f.message) for f in heard(literal(script))}
    assert found["shellcheck/SC2128"] == (
        Severity.WARNING,
        "expanding an array without an index only gives the first element",
    )
    assert found["shellcheck/SC2086"][0] is Severity.INFO
    assert found["shellcheck/SC2006"] == (
        Severity.INFO,
        "use $(...) notation instead of legacy backticks `...`",
    )
    assert found["shellcheck/SC2034"] == (
        Severity.WARNING,
        "`Foo` appears unused. Verify use (or export if used externally)",
    )
    assert found["shellcheck/SC2199"][0] is Severity.ERROR


def test_the_address_of_the_page() -> None:
    (finding,) = heard(literal("ls $x*; x=1"), ignore=("shellcheck/SC2034",))
    assert finding.rule.name == "shellcheck/SC2086"
    assert finding.rule.url == "https://www.shellcheck.net/wiki/SC2086"


class TestDirectives:
    def test_for_the_next_command(self) -> None:
        script = "x=$1\n# shellcheck disable=SC2086\necho $x\necho $x"
        assert places(literal(script), 2086) == ["$x"]

    def test_for_the_whole_script_behind_the_interpreter(self) -> None:
        script = "# shellcheck disable=SC2086\nx=$1\necho $x\necho $x"
        assert heard(literal(script)) == []

    def test_for_the_whole_script_on_its_first_line(self) -> None:
        source = in_yaml(
            "'# shellcheck disable=SC2086'\n        - x=$1\n        - echo $x\n        - ls $x"
        )
        assert heard(source) == []

    def test_for_several_codes(self) -> None:
        assert (
            heard(literal("x=$1\n# shellcheck disable=SC2086,SC2006,SC2046\necho $x `date`")) == []
        )

    def test_another_shell(self) -> None:
        item = "'# shellcheck shell=bash'\n        - '[[ $HOME == /* ]] && date'"
        assert heard(in_yaml(item)) == []


class TestShells:
    def test_bash(self) -> None:
        assert heard(in_json("#!/bin/bash", "[[ -d / ]] && date &> /dev/null")) == []
        assert heard(in_json("#!/usr/bin/env bash", "[[ -d / ]] && date")) == []

    @pytest.mark.parametrize("first", ["date", "#!/bin/sh", "#!/bin/dash"])
    def test_sh_is_dash(self, first: str) -> None:
        found = heard(in_json(first, 'x() { local y=1; echo "$y"; }', "x; [[ -d / ]]"))
        assert [f.message for f in found] == ["in dash, [[ ]] is not supported"]


class TestSyntaxErrors:
    def test_one_mistake_is_one_finding(self) -> None:
        (finding,) = heard(literal("if true; echo\nfi\necho $x"))
        assert finding.rule.id == "shellcheck/SC1049"
        assert finding.source.at(finding.span) == "if"
        assert finding.message == "did you forget the 'then' for this 'if'?"
        assert [note.message for note in finding.problem.related] == [
            "couldn't parse this if expression",
            "expected 'then'",
        ]

    def test_one_that_shellcheck_has_no_words_for(self) -> None:
        found = heard(literal("foo() {\n  echo )\n}"))
        assert len(found) == 1
        assert found[0].message

    def test_a_file_that_is_elsewhere_is_no_finding(self) -> None:
        assert heard(literal('. /etc/os-release; . "$HOME/x"; . ./lib.sh')) == []


def test_nothing_said_is_nothing_found() -> None:
    assert heard(literal("date")) == []
    assert heard(in_json("")) == []
