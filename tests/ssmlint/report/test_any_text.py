"""Whatever stands in a file, a path or a message, what is printed can be read back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.report import FORMATS, STATISTICS, Look, Summary, load, summarize
from ssmlint.report.cells import safe
from ssmlint.report.markup import _IMPOSSIBLE, shown
from ssmlint.rule import Edit, Finding, Fix, Note
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding
from tests.ssmlint.report.test_github import commands

Reader = Callable[[str, str], Any]

#: A few texts are enough where every one holds what may go wrong.
few = settings(deadline=None, max_examples=40)

#: Every code point, surrogates included, and often those that mean something somewhere.
ANY = st.text(
    st.one_of(
        st.sampled_from(
            "\n\r\t\0\x1b\x85\u2028\u202e\ufeff\ufffe\ud800\udcff%:,&<>\"'[]{}()\\é日😀"
        ),
        st.characters(exclude_categories=()),
    ),
    max_size=30,
)


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Finding], Summary]:
    """A few findings in one file, related to another."""
    source, other = Source(draw(ANY), draw(ANY)), Source(draw(ANY), draw(ANY))
    found = draw(st.lists(findings_in(source, other), max_size=3))
    found.sort(key=lambda item: item.sort_key)
    summary = summarize(found, 1, (draw(ANY),))
    paths, failures = (source.path, other.path), (draw(ANY),)
    return found, dataclasses.replace(summary, paths=paths, failures=failures)


@st.composite
def findings_in(draw: st.DrawFn, source: Source, other: Source) -> Finding:
    notes = (Note(draw(spans(source)), draw(ANY)), Note(draw(spans(other)), draw(ANY), other))
    fix = Fix(draw(ANY), (Edit(draw(spans(source)), draw(ANY)),))
    return finding(source, draw(spans(source)), draw(ANY), related=notes, trace=notes, fix=fix)


@st.composite
def spans(draw: st.DrawFn, source: Source) -> Span:
    ends = st.integers(0, len(source.text))
    return Span(*sorted((draw(ends), draw(ends))))


def printed(run: tuple[list[Finding], Summary], name: str, statistics: bool = False) -> str:
    look = Look(color=False)
    return "".join(load(name, statistics=statistics)(*run, look))


def as_xml_keeps_it(text: str) -> str:
    return _IMPOSSIBLE.sub(lambda match: shown(match[0]), text)


def as_json_keeps_it(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


@few
@given(runs())
def test_sarif(json_of: Reader, run: tuple[list[Finding], Summary]) -> None:
    log = json_of("sarif-2.1.0.json", printed(run, "sarif"))
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
    ]
    assert all(uri.isascii() and uri.isprintable() and " " not in uri for uri in uris)


@few
@given(runs())
def test_github(run: tuple[list[Finding], Summary]) -> None:
    found = commands(printed(run, "github"))
    assert len(found) == len(run[0])
    for command in found:
        assert set(command.properties) <= {"title", "file", "line", "endLine", "col", "endColumn"}


@few
@given(runs())
def test_gitlab(run: tuple[list[Finding], Summary]) -> None:
    found = json.loads(printed(run, "gitlab"))
    assert [v["description"] for v in found] == [as_json_keeps_it(f.message) for f in run[0]]


@few
@given(runs())
def test_junit(xml_of: Reader, run: tuple[list[Finding], Summary]) -> None:
    suites = xml_of("junit-10.xsd", printed(run, "junit"))
    found = [failure.attrib["message"] for failure in suites.iter("failure")]
    assert found == [as_xml_keeps_it(f.message) for f in run[0]]


@few
@given(runs())
def test_checkstyle(xml_of: Reader, run: tuple[list[Finding], Summary]) -> None:
    root = xml_of("checkstyle.xsd", printed(run, "checkstyle"))
    assert [e.attrib["message"] for e in root.iter("error")] == [
        as_xml_keeps_it(f.message) for f in run[0]
    ]
    assert {file.attrib["name"] for file in root} == {as_xml_keeps_it(p) for p in run[1].paths}


@few
@given(runs())
def test_rdjson(json_of: Reader, run: tuple[list[Finding], Summary]) -> None:
    found = json_of("rdjson.json", printed(run, "rdjson"))["diagnostics"]
    assert [d["message"] for d in found] == [as_json_keeps_it(f.message) for f in run[0]]


@few
@given(runs())
def test_json_and_json_lines(run: tuple[list[Finding], Summary]) -> None:
    found = json.loads(printed(run, "json"))["findings"]
    assert [json.loads(line) for line in printed(run, "json-lines").split("\n")[:-1]] == found
    assert [f["message"] for f in found] == [as_json_keeps_it(f.message) for f in run[0]]


@few
@given(runs())
@pytest.mark.parametrize("name", ["text", "concise", "grouped"])
def test_for_people(name: str, run: tuple[list[Finding], Summary]) -> None:
    findings = run[0]
    output = printed((findings, summarize(findings, 1)), name)
    assert safe(output.replace("\n", "")) == output.replace("\n", "")


@pytest.mark.parametrize(
    ("name", "statistics"), [*((n, False) for n in FORMATS), *((n, True) for n in STATISTICS)]
)
def test_hundreds_of_findings(name: str, statistics: bool) -> None:
    source = Source("a.yaml", "key: value 😀\n" * 500)
    found = [finding(source, Span(i, i + 3)) for i in range(0, len(source.text), 13)]
    assert printed((found, summarize(found, 1)), name, statistics).endswith("\n")


MACHINE_FORMATS = [name for name in FORMATS if name not in ("text", "concise", "grouped", "github")]


@few
@given(runs())
@pytest.mark.parametrize("name", MACHINE_FORMATS)
def test_no_locale_can_spoil_it(name: str, run: tuple[list[Finding], Summary]) -> None:
    assert printed(run, name).isascii()
