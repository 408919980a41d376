"""`ssmlint check --shellcheck`: how it is asked for, and what is said where it is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.command import ssmlint
from tests.programs import require_program
from tests.ssmlint.external.asking import in_json, literal

DOCUMENT = literal("ls $1")
NOTICE = "shellcheck is not installed, so it has checked nothing: pip install 'ssmlint[shellcheck]'"


@pytest.fixture(autouse=True)
def in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(DOCUMENT.text, encoding="utf-8")


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssmlint.external.find_program", lambda: None)


@pytest.fixture
def present() -> str:
    return require_program("shellcheck", package="shellcheck")


@pytest.mark.usefixtures("present")
class TestPresent:
    @pytest.mark.parametrize(
        "options",
        [
            "--shellcheck a.yaml",
            "a.yaml --shellcheck",
            "--shellcheck=on a.yaml",
            "--shellcheck=require a.yaml",
            "--extend-select shellcheck a.yaml",
            "--extend-select shellcheck/SC2086 a.yaml",
        ],
    )
    def test_asked_for(self, options: str) -> None:
        result = ssmlint("check", "--output-format=json", "--select=SSM301", *options.split())
        assert (result.status, result.found) == (0, ["shellcheck/SC2086"])
        assert result.json["findings"][0]["url"] == "https://www.shellcheck.net/wiki/SC2086"
        assert result.json["notices"] == []

    @pytest.mark.parametrize(
        "options", ["", "--shellcheck=off", "--shellcheck --ignore shellcheck"]
    )
    def test_not_asked_for(self, options: str) -> None:
        result = ssmlint("check", "--select=SSM301", "a.yaml", *options.split())
        assert (result.status, result.out) == (0, "Nothing found in 1 file\n")

    def test_off_beats_what_is_selected(self) -> None:
        result = ssmlint("check", "--select=shellcheck", "--shellcheck=off", "a.yaml")
        assert result.out == "Nothing found in 1 file\n"

    def test_as_text(self) -> None:
        result = ssmlint("check", "--select=shellcheck", "a.yaml")
        assert result.out.startswith(
            "info[shellcheck/SC2086]: double quote to prevent globbing and word splitting\n"
        )
        assert '= fix: write `"$1"` (look at it before you take it)' in result.out
        assert "\n\nFound 1 info in 1 file\n1 fixable with --fix --unsafe-fixes" in result.out

    def test_on_one_line(self) -> None:
        result = ssmlint("check", "--select=shellcheck", "--output-format=concise", "a.yaml")
        assert result.out == (
            "a.yaml:9:14: info shellcheck/SC2086: "
            "double quote to prevent globbing and word splitting\n"
        )

    def test_one_process_for_all_files(self, monkeypatch: pytest.MonkeyPatch) -> None:
        started: list[object] = []
        start = subprocess.Popen

        def popen(command: list[str], **more: object) -> object:
            started.append(command)
            return start(command, **more)  # type: ignore[call-overload]

        monkeypatch.setattr(subprocess, "Popen", popen)
        for number in range(40):
            text = in_json("#!/bin/bash", f"ls $x{number}").text
            Path(f"{number}.json").write_text(text, encoding="utf-8")
        result = ssmlint("check", "--select=shellcheck/SC2086", "--output-format=json")
        assert len(result.found) == 41
        assert len(started) == 1

    def test_a_wrong_word(self) -> None:
        result = ssmlint("check", "--shellcheck=requir", "a.yaml")
        assert result.status == 2
        assert "did you mean `require`?" in result.err

    def test_a_failure_is_no_clean_result(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ssmlint.external.find_program", lambda: "/bin/false/x")
        result = ssmlint("check", "--shellcheck", "--select=SSM301", "a.yaml")
        assert result.status == 2
        assert result.out.startswith(
            "error[SSM000 internal-error]: shellcheck failed, so it has checked no script of "
            "this run: it cannot be started: Not a directory\n"
        )


@pytest.mark.usefixtures("absent")
class TestAbsent:
    def test_one_line_in_the_summary(self) -> None:
        result = ssmlint("check", "--shellcheck", "--select=SSM301", "a.yaml")
        assert (result.status, result.err) == (0, "")
        assert result.out == f"Nothing found in 1 file\nnote: {NOTICE}\n"

    def test_for_programs(self) -> None:
        options = ("--shellcheck", "--select=SSM301", "a.yaml", "--output-format=json")
        assert ssmlint("check", *options).json["notices"] == [NOTICE]

    @pytest.mark.parametrize("option", ["--output-format=concise", "--quiet"])
    def test_where_there_is_no_summary(self, option: str) -> None:
        result = ssmlint("check", "--shellcheck", "--select=SSM301", "a.yaml", option)
        assert (result.status, result.out, result.err) == (0, "", f"ssmlint: {NOTICE}\n")

    def test_required(self) -> None:
        result = ssmlint("check", "--shellcheck=require", "--select=SSM301", "a.yaml")
        assert (result.status, result.err) == (2, f"ssmlint: error: {NOTICE}\n")
        assert result.out == "Nothing found in 1 file\n"

    def test_nothing_is_said_where_it_is_not_asked_for(self) -> None:
        result = ssmlint("check", "--select=SSM301", "a.yaml")
        assert (result.status, result.out, result.err) == (0, "Nothing found in 1 file\n", "")


class TestRulePage:
    @pytest.mark.parametrize("word", ["shellcheck/SC2086", "shellcheck/sc2086", "SC2086"])
    def test_by_name(self, word: str) -> None:
        result = ssmlint("rule", word)
        assert (result.status, result.err) == (0, "")
        assert result.out.startswith("# shellcheck/SC2086\n\n")
        assert "https://www.shellcheck.net/wiki/SC2086" in result.out
        assert "# shellcheck disable=SC2086" in result.out

    def test_as_json(self) -> None:
        (rule,) = ssmlint("rule", "shellcheck/SC1091", "--output-format", "json").json["rules"]
        assert (rule["id"], rule["default"]) == ("shellcheck/SC1091", False)
        assert "says as SC1091" in rule["summary"]
