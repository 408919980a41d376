"""Counts by rule."""

from __future__ import annotations

import json

from syrupy.assertion import SnapshotAssertion

from ssmlint.report import Look, load, summarize
from tests.ssmlint.report.making import sample


def counted(as_: str, quiet: bool = False) -> str:
    findings, summary = sample()
    return "".join(load(as_, statistics=True)(findings, summary, Look(quiet=quiet)))


def test_text(snapshot: SnapshotAssertion) -> None:
    assert counted("text") == snapshot


def test_json(snapshot: SnapshotAssertion) -> None:
    assert counted("json") == snapshot
    assert sum(row["count"] for row in json.loads(counted("json"))["statistics"]) == 7


def test_nothing_found() -> None:
    summary = summarize([], 2)
    assert (
        "".join(load("text", statistics=True)([], summary, Look())) == "Nothing found in 2 files\n"
    )
