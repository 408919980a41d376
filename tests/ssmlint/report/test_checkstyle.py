"""Checkstyle's format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from syrupy.assertion import SnapshotAssertion

from ssmlint import __version__
from ssmlint.source import Source
from tests.ssmlint.report.making import finding, printed, rendered, sample

SCHEMA = "checkstyle.xsd"
Reader = Callable[[str, str], Any]


def test_everything(xml_of: Reader, snapshot: SnapshotAssertion) -> None:
    output = rendered(*sample(), as_="checkstyle")
    xml_of(SCHEMA, output)
    assert output.replace(f'"{__version__}"', '"VERSION"') == snapshot


def test_nothing_found(xml_of: Reader) -> None:
    assert len(xml_of(SCHEMA, printed(as_="checkstyle"))) == 0


def test_columns_are_utf_16_code_units_and_a_tab_is_one(xml_of: Reader) -> None:
    found = finding(Source("a", "\t日😀x"), "x")
    error = xml_of(SCHEMA, printed(found, as_="checkstyle")).find("file/error")
    assert error.attrib["column"] == "5"
