"""The JSON format, which others build on: see docs/json-output.md."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion

from ssmlint.rule import Edit, Fix, Note, Safety, Severity
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding, printed, span_of

SOURCE = Source("a.yaml", "first: 1\r\n日本: 😀 x\r\n")
OTHER = Source("b.json", "{}")


def everything() -> str:
    related = (Note(Span(0, 5), "the first"), Note(Span(0, 1), "elsewhere", OTHER))
    fix = Fix("mend it", (Edit(Span(0, 0), "new"), Edit(span_of(SOURCE, "x"), "")), Safety.UNSAFE)
    found = finding(SOURCE, "x", "`x` is wrong", Severity.WARNING, related, related[:1], fix)
    return printed(found, finding(SOURCE, "first", "é"), as_="json", files=2)


def test_every_member(snapshot: SnapshotAssertion) -> None:
    assert everything() == snapshot


def test_columns_are_code_points_from_1_and_offsets_from_0() -> None:
    (first, _) = json.loads(everything())["findings"]
    assert first["start"] == {"line": 2, "column": 7, "offset": 16}
    assert first["end"] == {"line": 2, "column": 8, "offset": 17}


def test_it_is_ascii_whatever_is_in_the_file() -> None:
    assert everything().isascii()


def test_nothing_found() -> None:
    assert json.loads(printed(as_="json", files=3)) == {
        "version": 1,
        "findings": [],
        "summary": {
            "files": 3,
            "errors": 0,
            "warnings": 0,
            "infos": 0,
            "fixed": 0,
            "fixable": 0,
            "fixable_unsafely": 0,
        },
        "notices": [],
    }


@pytest.fixture(scope="module")
def schema(pytestconfig: pytest.Config) -> Any:
    """The schema that docs/json-output.md shows."""
    page = Path(pytestconfig.rootpath, "docs", "json-output.md").read_text(encoding="utf-8")
    match = re.search(r"```json schema\n(.*?)```", page, re.DOTALL)
    assert match
    return json.loads(match[1])


@pytest.mark.parametrize("output", [everything, lambda: printed(as_="json")])
def test_the_documented_schema_describes_it(schema: Any, output: Any) -> None:
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(json.loads(output()))
