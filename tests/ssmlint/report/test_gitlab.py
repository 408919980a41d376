"""GitLab's code quality report."""

from __future__ import annotations

import json
from typing import Any

from syrupy.assertion import SnapshotAssertion

from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding, printed, rendered, sample


def violations(output: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(output)
    return found


def test_everything(snapshot: SnapshotAssertion) -> None:
    assert rendered(*sample(), as_="gitlab") == snapshot


def test_nothing_found() -> None:
    assert printed(as_="gitlab") == "[]\n"


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    sources = [Source(path, "x\nx\n") for path in ("a", "b")]
    findings = [finding(source, Span(at, at + 1)) for source in sources for at in (0, 2)]
    found = violations(printed(*findings, as_="gitlab"))
    assert len({violation["fingerprint"] for violation in found}) == 4


def test_a_span_that_ends_with_its_line_ends_in_that_line() -> None:
    (found,) = violations(printed(finding(Source("a", "x\ny\n"), Span(0, 2)), as_="gitlab"))
    assert found["location"]["lines"] == {"begin": 1, "end": 1}
