"""`--output-format`, `--output-file`, `--statistics`; terminals, progress."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ssmlint.cli import main
from ssmlint.cli.progress import Progress
from ssmlint.report import FORMATS
from tests.command import ssmlint

TWICE = """\
schemaVersion: '2.2'
description: names that are taken
mainSteps:
  - {action: aws:runShellScript, name: a, inputs: {runCommand: [date]}}
  - {action: aws:runShellScript, name: a, inputs: {runCommand: [date]}}
"""
SELECT = ("--select", "SSM301")


@pytest.fixture(autouse=True)
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TWICE, encoding="utf-8")
    return "a.yaml"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class TestFormats:
    @pytest.mark.parametrize("name", FORMATS)
    def test_each_reports_the_same_finding(self, name: str) -> None:
        result = ssmlint("check", *SELECT, "--output-format", name)
        assert (result.status, result.err) == (1, "")
        assert "a.yaml" in result.out
        assert "duplicate-step-name" in result.out

    @pytest.mark.parametrize("name", FORMATS)
    def test_each_says_it_when_there_is_nothing(self, name: str) -> None:
        result = ssmlint("check", "--select", "SSM302", "--output-format", name)
        assert result.status == 0

    def test_an_unknown_one(self) -> None:
        result = ssmlint("check", "--output-format", "sarf")
        assert result.status == 2
        assert "did you mean `sarif`?" in result.err

    def test_the_exit_status_is_in_the_report(self) -> None:
        result = ssmlint("check", "a.yaml", "gone.yaml", *SELECT, "--output-format", "sarif")
        (invocation,) = result.json["runs"][0]["invocations"]
        assert invocation["exitCode"] == result.status == 2
        (notification,) = invocation["toolExecutionNotifications"]
        assert notification["message"]["text"] == "gone.yaml: No such file or directory"

    def test_rules_have_their_pages(self) -> None:
        (found,) = ssmlint("check", *SELECT, "--output-format", "json").json["findings"]
        assert found["url"].endswith("/rules/duplicate-step-name.html")


class TestOutputFile:
    def test_the_report_goes_there_and_nowhere_else(self) -> None:
        shown = ssmlint("check", *SELECT).out
        result = ssmlint("check", *SELECT, "--output-file", "report.txt")
        assert (result.status, result.out, result.err) == (1, "", "")
        assert Path("report.txt").read_text(encoding="utf-8") == shown

    def test_no_colors_even_where_they_are_forced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        ssmlint("check", *SELECT, "--output-file", "report.txt")
        assert "\x1b" not in Path("report.txt").read_text(encoding="utf-8")

    def test_it_is_utf_8_whatever_stands_in_it(self) -> None:
        Path("日本 😀.yaml").write_text(TWICE, encoding="utf-8")
        ssmlint("check", "日本 😀.yaml", *SELECT, "--output-file", "out")
        assert "日本 😀.yaml:5" in Path("out").read_text(encoding="utf-8")

    @pytest.mark.parametrize("path", ["no/such/folder", ".", "nul\0"])
    def test_it_cannot_be_written(self, path: str) -> None:
        result = ssmlint("check", *SELECT, "--output-file", path)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith("ssmlint: error: cannot write `")


class TestStatistics:
    def test_counts_in_place_of_findings(self) -> None:
        result = ssmlint("check", *SELECT, "--statistics")
        assert result.status == 1
        assert result.out == "1  error    SSM301 duplicate-step-name\n\nFound 1 error in 1 file\n"

    def test_as_json(self) -> None:
        result = ssmlint("check", *SELECT, "--statistics", "--output-format", "json")
        (row,) = json.loads(result.out)["statistics"]
        assert (row["rule"], row["count"]) == ("SSM301", 1)

    def test_not_in_other_formats(self) -> None:
        result = ssmlint("check", "--statistics", "--output-format", "sarif")
        assert result.status == 2
        assert result.err == (
            "ssmlint: error: `--statistics` cannot be printed as `sarif`\n"
            "  hint: take `--output-format` `text` or `json`\n"
        )


class TestTerminals:
    LINK = "\x1b]8;;"

    def out(self, terminal: io.StringIO) -> str:
        main(["check", *SELECT], io.BytesIO(), terminal, io.StringIO())
        return terminal.getvalue()

    def test_rules_are_links_on_terminals(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "xterm")
        assert self.LINK in self.out(Terminal())

    def test_and_nowhere_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert self.LINK not in self.out(io.StringIO())

    @pytest.mark.parametrize("kind", ["dumb", "linux"])
    def test_nor_where_they_would_be_shown(
        self, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TERM", kind)
        assert self.LINK not in self.out(Terminal())


class TestProgress:
    @pytest.fixture(autouse=True)
    def _patient(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setattr("ssmlint.cli.progress._PATIENCE", 0.0)
        monkeypatch.setattr("ssmlint.cli.progress._PAUSE", 0.0)

    def test_it_is_shown_and_taken_away(self) -> None:
        terminal = Terminal()
        assert main(["check", *SELECT], io.BytesIO(), io.StringIO(), terminal) == 1
        assert terminal.getvalue() == (
            f"\r\x1b[Kreading 1\r\x1b[Kchecking [{'#' * 30}] 1/1\r\x1b[K"
        )

    def test_errors_get_a_line_of_their_own(self) -> None:
        terminal = Terminal()
        main(["check", "a.yaml", "gone.yaml", *SELECT], io.BytesIO(), io.StringIO(), terminal)
        assert "reading 1\r\x1b[Kssmlint: error: gone.yaml: No such file" in terminal.getvalue()

    def test_none_where_it_is_no_terminal(self) -> None:
        assert ssmlint("check", *SELECT).err == ""

    @pytest.mark.parametrize("arguments", [("-q",), ("--quiet",)])
    def test_none_where_people_want_it_quiet(self, arguments: tuple[str, ...]) -> None:
        terminal = Terminal()
        main(["check", *SELECT, *arguments], io.BytesIO(), io.StringIO(), terminal)
        assert terminal.getvalue() == ""

    def test_a_short_run_shows_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ssmlint.cli.progress._PATIENCE", 1000.0)
        terminal = Terminal()
        main(["check", *SELECT], io.BytesIO(), io.StringIO(), terminal)
        assert terminal.getvalue() == ""

    def test_an_interrupt_leaves_a_clean_line(self) -> None:
        terminal = Terminal()

        def interrupted() -> None:
            with Progress(terminal) as progress:
                progress.of(3)(None)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert terminal.getvalue().endswith("1/3\r\x1b[K")

    def test_the_bar_grows(self) -> None:
        terminal = Terminal()
        one_more = Progress(terminal).of(4)
        for _ in range(4):
            one_more(None)
        bars = [part.count("#") for part in terminal.getvalue().split("\r\x1b[K")[1:]]
        assert bars == [7, 15, 22, 30]
