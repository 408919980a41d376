"""SARIF: valid, complete, with columns that editors agree with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from ssmlint import __version__, engine
from ssmlint.external.rules import rule_for
from ssmlint.report import summarize
from ssmlint.rule import Finding, Note, Problem
from ssmlint.settings import Settings
from ssmlint.source import Source, Span, decode
from tests.ssmlint.report.making import finding, printed, rendered, sample, span_of

SCHEMA = "sarif-2.1.0.json"
Reader = Callable[[str, str], Any]


def test_everything(json_of: Reader, snapshot: SnapshotAssertion) -> None:
    output = rendered(*sample(), as_="sarif")
    json_of(SCHEMA, output)
    assert output.replace(f'"{__version__}"', '"VERSION"') == snapshot


def test_nothing_found(json_of: Reader, snapshot: SnapshotAssertion) -> None:
    log = json_of(SCHEMA, printed(as_="sarif"))
    assert log["runs"][0]["results"] == []
    assert log["runs"][0]["invocations"] == [{"executionSuccessful": True, "exitCode": 0}]


def region(source: Source, span: Span | str) -> dict[str, int]:
    (result,) = results(printed(finding(source, span), as_="sarif"))
    found: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    return found


def results(output: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(output)["runs"][0]["results"]
    return found


def test_columns_are_utf_16_code_units() -> None:
    source = Source("a.yaml", "é日😀😀: x\r\nb")
    expected = {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 10}
    assert region(source, "x") == expected


def test_a_line_that_ends_in_a_lone_carriage_return() -> None:
    source = Source("a.yaml", "a\rb\nc")
    log = printed(finding(source, "b"), as_="sarif")
    assert '"newlineSequences": [' in log
    assert region(source, "c")["startLine"] == 3


def uri(path: str) -> dict[str, str]:
    (result,) = results(printed(finding(Source(path, "x"), "x"), as_="sarif"))
    found: dict[str, str] = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return found


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b.yaml", "a/b.yaml"),
        ("./a/../b.yaml", "b.yaml"),
        ("with space.yaml", "with%20space.yaml"),
        ("C:drive.yaml", "C%3Adrive.yaml"),
        ("50%#?.yaml", "50%25%23%3F.yaml"),
        ("日.yaml", "%E6%97%A5.yaml"),
        ("not\udcffutf8.yaml", "not%FFutf8.yaml"),
    ],
)
def test_paths_below_the_root(path: str, expected: str) -> None:
    assert uri(path) == {"uri": expected, "uriBaseId": "%SRCROOT%"}


def test_an_absolute_path_is_the_same_file() -> None:
    assert uri(str(Path("a.yaml").absolute())) == uri("a.yaml")


def test_paths_elsewhere_are_absolute() -> None:
    assert uri("../a b.yaml") == {"uri": (Path.cwd().parent / "a b.yaml").as_uri()}


def test_standard_input_is_no_file() -> None:
    assert uri("<stdin>") == {"uri": "%3Cstdin%3E"}


def test_from_a_folder_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "documents").mkdir()
    monkeypatch.chdir(tmp_path / "documents")
    assert uri("a.yaml") == {"uri": "documents/a.yaml", "uriBaseId": "%SRCROOT%"}
    assert uri("../b.yaml") == {"uri": "b.yaml", "uriBaseId": "%SRCROOT%"}


def message(text: str) -> str:
    source = Source("a", "x")
    (result,) = results(printed(finding(source, "x", text), as_="sarif"))
    found: str = result["message"]["text"]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`{{ command }}` and `${1}`", "`{{ command }}` and `${1}`"),
        ("`[[ -n $x ]]` is fine", "`[[ -n $x ]]` is fine"),
        ("`[a-z](x)` is no link", r"`\[a-z](x)` is no link"),
    ],
)
def test_messages_are_plain_text(text: str, expected: str) -> None:
    assert message(text) == expected


def test_a_trace_is_a_code_flow_through_two_files() -> None:
    findings, _ = sample()
    (flow,) = (r["codeFlows"] for r in results(printed(*findings, as_="sarif")) if "codeFlows" in r)
    (thread,) = flow[0]["threadFlows"]
    uris = [
        step["location"]["physicalLocation"]["artifactLocation"]["uri"]
        for step in thread["locations"]
    ]
    assert uris == ["documents/freeze%20tables.yaml", "C%3A%5Cpolicies%5Cdaily%20%26%20weekly.json"]


def test_a_run_that_failed_is_no_success(json_of: Reader) -> None:
    (invocation,) = json_of(SCHEMA, rendered(*sample(), as_="sarif"))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    texts = [n["message"]["text"] for n in invocation["toolExecutionNotifications"]]
    assert texts == ["gone.yaml: No such file or directory", "shellcheck is not installed"]


def test_every_rule_and_document_of_ours(json_of: Reader, pytestconfig: pytest.Config) -> None:
    findings = []
    for path in sorted(Path(pytestconfig.rootpath, "fixtures").rglob("*.*")):
        if path.suffix in (".yaml", ".json"):
            findings += engine.check(
                decode(path.read_bytes(), str(path)), Settings(select=("ALL",))
            )
    assert findings
    json_of(SCHEMA, rendered(findings, summarize(findings, 1), as_="sarif"))


def test_a_place_in_another_file() -> None:
    other = Source("other.yaml", "😀y")
    found = finding(Source("a", "x"), "x", related=(Note(span_of(other, "y"), "there", other),))
    (result,) = results(printed(found, as_="sarif"))
    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startColumn"] == 3
    assert related["message"] == {"text": "there"}


def test_a_rule_whose_name_is_its_id_has_no_name() -> None:
    source = Source("a", "x")
    rule = rule_for(2086)
    output = printed(Finding(rule, source, Problem(Span(0, 1), "quote it")), as_="sarif")
    (descriptor,) = json.loads(output)["runs"][0]["tool"]["driver"]["rules"]
    assert descriptor["id"] == "shellcheck/SC2086"
    assert "name" not in descriptor
    assert descriptor["helpUri"] == rule.url
    assert descriptor["properties"]["tags"] == ["shellcheck"]
