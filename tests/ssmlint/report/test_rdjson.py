"""reviewdog's format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from syrupy.assertion import SnapshotAssertion

from ssmlint.rule import Edit, Fix
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding, printed, rendered, sample, span_of

SCHEMA = "rdjson.json"
Reader = Callable[[str, str], Any]


def test_everything(json_of: Reader, snapshot: SnapshotAssertion) -> None:
    output = rendered(*sample(), as_="rdjson")
    json_of(SCHEMA, output)
    assert output == snapshot


def test_nothing_found(json_of: Reader) -> None:
    assert json_of(SCHEMA, printed(as_="rdjson"))["diagnostics"] == []


def test_columns_are_bytes_of_utf_8(json_of: Reader) -> None:
    (found,) = json_of(SCHEMA, printed(finding(Source("a", "é日😀x"), "x"), as_="rdjson"))[
        "diagnostics"
    ]
    assert found["location"]["range"]["start"] == {"line": 1, "column": 10}


def test_the_edits_of_a_fix_are_one_suggestion(json_of: Reader) -> None:
    source = Source("a", "one two three\n")
    edits = (
        Edit(span_of(source, "three"), "3"),
        Edit(Span(0, 0), "0 "),
        Edit(span_of(source, "one"), "1"),
    )
    found = finding(source, "two", fix=Fix("count", edits))
    (diagnostic,) = json_of(SCHEMA, printed(found, as_="rdjson"))["diagnostics"]
    assert diagnostic["suggestions"] == [
        {
            "range": {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 14}},
            "text": "0 1 two 3",
        }
    ]
