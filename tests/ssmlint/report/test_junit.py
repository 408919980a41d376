"""JUnit: files are suites, findings are tests that fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from syrupy.assertion import SnapshotAssertion

from ssmlint.rule import Severity
from ssmlint.source import Source
from tests.ssmlint.report.making import finding, printed, rendered, sample

SCHEMA = "junit-10.xsd"
Reader = Callable[[str, str], Any]


def test_everything(xml_of: Reader, snapshot: SnapshotAssertion) -> None:
    output = rendered(*sample(), as_="junit")
    xml_of(SCHEMA, output)
    assert output == snapshot


def test_nothing_found(xml_of: Reader) -> None:
    assert xml_of(SCHEMA, printed(as_="junit")).attrib["tests"] == "0"


def test_the_counts_are_right(xml_of: Reader) -> None:
    suites = xml_of(SCHEMA, rendered(*sample(), as_="junit"))
    for group in (suites, *suites):
        for attribute, path in (
            ("tests", "testcase"),
            ("failures", "failure"),
            ("errors", "error"),
        ):
            assert int(group.attrib[attribute]) == sum(1 for _ in group.iter(path)), attribute


def test_advice_does_not_fail(xml_of: Reader) -> None:
    found = finding(Source("a", "x"), "x", severity=Severity.INFO)
    suites = xml_of(SCHEMA, printed(found, as_="junit"))
    assert suites.attrib["failures"] == "0"
    assert suites.find(".//system-out").text == "a:1:1: info: what is wrong"
