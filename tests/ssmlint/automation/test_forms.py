"""Selectors and times: what is well formed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.automation.durations import is_instant, seconds_of
from ssmlint.automation.jsonpath import flaw_of


@pytest.mark.parametrize(
    "path",
    [
        "$",
        "$.Payload",
        "$.Reservations[0].Instances[0].State.Name",
        "$.Reservations[*].Instances[*].InstanceId",
        "$.Reservations..InstanceId",
        "$..InstanceId",
        "$..[0]",
        "$..*",
        "$['Payload']['a b']",
        '$["Payload"].x',
        "$.Instances[-1].Id",
        "$.Instances[0,1]",
        "$.Instances[1:3]",
        "$.Instances[:2]",
        "$.Instances[?(@.State == 'running')].Id",
        "$.Instances[?(@.Tags[0].Key=='a]b')].Id",
        "$.Parameters.length()",
        "$.['a']",
        "$.a-b.c_d.$e",
        "$.Tags[ 0 ]",
        "$.*",
    ],
)
def test_selectors(path: str) -> None:
    assert flaw_of(path) is None


@pytest.mark.parametrize(
    ("path", "offset", "message"),
    [
        ("Payload.x", 0, "a JSONPath begins with `$`"),
        ("$Payload", 1, "`.` or `[` is expected, not `P`"),
        ("$.", 2, "a name is missing after `.`"),
        ("$.a..", 5, "a name is missing after `.`"),
        ("$.a.[", 4, "`[` is never closed"),
        ("$.a[0", 3, "`[` is never closed"),
        ("$.a[0.b[1]", 3, "`[0.b[1]` is no index, name, or filter"),
        ("$.a]", 3, "`]` closes nothing"),
        ("$.a[b]", 4, "a name in brackets needs quotes: `['b']`"),
        ("$.a b", 3, "`.`, `[` or the end is expected"),
        ("$.a[?(@.x == 'y)]", 3, "a quote is never closed"),
        ("$.a[]", 3, "`[]` is no index, name, or filter"),
    ],
)
def test_no_selectors(path: str, offset: int, message: str) -> None:
    flaw = flaw_of(path)
    assert flaw is not None
    assert (flaw.offset, flaw.message) == (offset, message)
    assert flaw.is_mild is (offset == 0)


@given(st.text(alphabet="$.[]*'\"()?@ab01:, ", max_size=20))
def test_every_text_has_an_answer(text: str) -> None:
    flaw = flaw_of(text)
    assert flaw is None or 0 <= flaw.offset <= len(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT10M", 600),
        ("PT1H30M", 5400),
        ("P1D", 86_400),
        ("P1DT1S", 86_401),
        ("PT0.5S", 0.5),
        ("pt5s", 5),
        ("P2W", 1_209_600),
        ("-PT5S", -5),
        ("PT", None),
        ("P", None),
        ("P1M", None),
        ("P1Y", None),
        ("1M", None),
        ("10", None),
        ("PT5", None),
        ("PT5S ", None),
        ("", None),
    ],
)
def test_durations(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2030-01-01T01:00:00Z", True),
        ("2030-01-01T01:00:00.123Z", True),
        ("2030-01-01T01:00:00+02:00", True),
        ("2030-01-01T01:00Z", True),
        ("2030-01-01T01:00:00", False),
        ("2030-01-01 01:00:00Z", False),
        ("2030-13-01T01:00:00Z", False),
        ("2030-01-01", False),
    ],
)
def test_instants(text: str, is_one: bool) -> None:
    assert is_instant(text) is is_one
