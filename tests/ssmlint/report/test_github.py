"""Annotations on GitHub: read back as the runner reads them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from syrupy.assertion import SnapshotAssertion

from ssmlint.rule import Finding, Severity
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding, printed, rendered, sample


class Command(NamedTuple):
    """A command as the runner understands it (actions/runner, `ActionCommand.TryParseV2`)."""

    name: str
    properties: dict[str, str]
    data: str


def read(line: str) -> Command:
    match = re.fullmatch(r"::(?P<name>[a-z]+) (?P<pairs>.*?)::(?P<data>.*)", line, re.DOTALL)
    assert match, line
    pairs = dict(pair.split("=", 1) for pair in match["pairs"].split(","))
    return Command(
        match["name"], {k: unescaped(v) for k, v in pairs.items()}, unescaped(match["data"])
    )


def unescaped(text: str) -> str:
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def commands(output: str) -> list[Command]:
    return [read(line) for line in output.split("\n") if line]


def test_everything(snapshot: SnapshotAssertion) -> None:
    assert rendered(*sample(), as_="github") == snapshot


def test_nothing_found() -> None:
    assert printed(as_="github") == ""


def test_texts_with_every_special_character() -> None:
    source = Source("a,b:c%2C.yaml", "x")
    (command,) = commands(printed(finding(source, "x", "100%0A: a, b::c\nd"), as_="github"))
    assert command.properties["file"] == "a,b:c%2C.yaml"
    assert command.data == "a,b:c%2C.yaml:1:1: 100%0A: a, b::c\\nd"


def test_columns_are_code_points_and_the_end_lies_behind() -> None:
    (command,) = commands(printed(finding(Source("a", "😀 xy"), "xy"), as_="github"))
    place = {key: command.properties[key] for key in ("line", "endLine", "col", "endColumn")}
    assert place == {"line": "1", "endLine": "1", "col": "3", "endColumn": "5"}


def test_a_span_of_two_lines_has_no_columns() -> None:
    (command,) = commands(printed(finding(Source("a", "ab\ncd"), Span(1, 4)), as_="github"))
    assert "col" not in command.properties
    assert (command.properties["line"], command.properties["endLine"]) == ("1", "2")


def many(errors: int, warnings: int, infos: int) -> list[Finding]:
    source = Source("a", "x")
    return [
        *(finding(source, "x", "e", Severity.ERROR) for _ in range(errors)),
        *(finding(source, "x", "w", Severity.WARNING) for _ in range(warnings)),
        *(finding(source, "x", "i", Severity.INFO) for _ in range(infos)),
    ]


def test_the_gravest_come_first() -> None:
    found = commands(printed(*reversed(many(2, 2, 2)), as_="github"))
    assert [c.name for c in found] == ["error", "error", "warning", "warning", "notice", "notice"]


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ((10, 10, 10), None),
        ((11, 0, 0), "1 error more"),
        ((10, 13, 9), "3 warnings more"),
        ((0, 11, 10), "1 warning and 1 info more"),
        ((0, 0, 11), "2 infos more"),
        ((300, 20, 20), "290 errors, 10 warnings and 11 infos more"),
    ],
)
def test_what_github_hides_is_said_first(counts: tuple[int, int, int], note: str | None) -> None:
    found = commands(printed(*many(*counts), as_="github"))
    assert len(found) == sum(counts) + (note is not None)
    if note is None:
        assert not any("GitHub" in command.data for command in found)
    else:
        assert found[0].name == "notice"
        assert found[0].data == f"{note} in the log of this step: GitHub shows 10 of a kind"


def test_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    (command,) = commands(printed(finding(Source("a.yaml", "x"), "x"), as_="github"))
    assert command.properties["file"] == "sub/a.yaml"
