"""One line per finding."""

from __future__ import annotations

from ssmlint.rule import Severity
from ssmlint.source import Source
from tests.ssmlint.report.making import finding, printed

SOURCE = Source("a b.yaml", "first: 1\nécole: 日本 x\n")


def test_a_line() -> None:
    found = finding(SOURCE, "x", "`x` is wrong", Severity.WARNING)
    assert printed(found, as_="concise") == (
        "a b.yaml:2:11: warning SSM901 some-warning: `x` is wrong\n"
    )


def test_no_summary() -> None:
    assert printed(as_="concise") == ""


def test_a_message_of_two_lines_is_one() -> None:
    found = finding(SOURCE, "x", "one\ntwo")
    assert printed(found, as_="concise").count("\n") == 1
