"""Findings by file."""

from __future__ import annotations

from syrupy.assertion import SnapshotAssertion

from ssmlint.report import Look
from tests.ssmlint.report.making import printed, rendered, sample


def test_everything(snapshot: SnapshotAssertion) -> None:
    assert rendered(*sample(), as_="grouped") == snapshot


def test_on_a_terminal(snapshot: SnapshotAssertion) -> None:
    look = Look(color=True, links=True)
    assert rendered(*sample(), as_="grouped", look=look).replace("\x1b", "ESC") == snapshot


def test_nothing_found() -> None:
    assert printed(as_="grouped") == "Nothing found in 1 file\n"
    assert printed(as_="grouped", look=Look(quiet=True)) == ""
