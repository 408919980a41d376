"""Patterns as the agent (Go's `regexp`, that is RE2) judges them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint_rules.patterns import is_anchored, matches, refusal


@pytest.mark.parametrize(
    ("pattern", "value", "passes"),
    [
        (r"^[a-z]+$", "abc", True),
        (r"^[a-z]+$", "abc1", False),
        (r"[a-z]+", "1a2; reboot", True),  # anywhere in the value
        (r"^$", "", True),
        (r"a.c", "a\nc", False),
        (r"(?s)a.c", "a\nc", True),
        (r"^.$", "é", True),
        (r"^[\w-\/]+$", "a-/", True),  # refused by Python's own engine
        (r"(?!x)", "x", None),
        ("", "anything", True),
    ],
)
def test_a_match_is_looked_for_anywhere(pattern: str, value: str, passes: bool | None) -> None:
    assert matches(pattern, value) is passes


@pytest.mark.parametrize(
    ("pattern", "words", "by_every_engine"),
    [
        (r"^(?!aws)", "look-ahead", False),
        (r"(?<=a)b", "look-behind", False),
        (r"(?>a)", "atomic groups", False),
        (r"(a)\1", "back-references", False),
        (r"a++", "bad repetition operator", False),
        (r"\Z", "invalid escape sequence", False),
        (r"[a-z", "a `[` is never closed", True),
        (r"(a", "a `(` is never closed", True),
        (r"a)", "a `)` closes nothing", True),
        (r"[_-\/]", "invalid character class range", True),
        (r"*a", "no argument for repetition operator", True),
    ],
)
def test_what_is_refused_and_by_whom(pattern: str, words: str, by_every_engine: bool) -> None:
    refused = refusal(pattern)
    assert refused is not None
    assert words in refused.message
    assert refused.by_every_engine is by_every_engine


@pytest.mark.parametrize("pattern", [r"^a$", r"(?i)^x", r"(?P<n>a)", r"\pL", r"[[:alpha:]]", ""])
def test_what_is_taken(pattern: str) -> None:
    assert refusal(pattern) is None


def test_a_pattern_that_is_no_text_is_nobody_s_business() -> None:
    assert refusal("\ud800") is None
    assert matches("\ud800", "a") is None
    assert matches("a", "\ud800") is None


@pytest.mark.parametrize(
    "pattern",
    [r"^a$", r"^(a|b)$", r"(^a$)|(^b$)", r"(?:^a$|^b$)", r"\Aa\z", r"(?i)^a$", r"^[|]$", r"^a\\$"],
)
def test_anchored(pattern: str) -> None:
    assert is_anchored(pattern)


@pytest.mark.parametrize(
    "pattern", [r"a", r"^a", r"a$", r"^a|b$", r"^a\$", r"(^a$|b)", r"[^a$]", "", "("]
)
def test_not_anchored(pattern: str) -> None:
    assert not is_anchored(pattern)


@given(st.text("^$|()[]\\?:ab", max_size=30))
def test_any_text_is_judged(pattern: str) -> None:
    is_anchored(pattern)
    refusal(pattern)


def test_hostile_patterns_cost_nothing() -> None:
    assert is_anchored("^" + "(" * 5000 + ")" * 5000 + "$")
    refusal("(" * 5000 + ")" * 5000)
    assert matches("^(a+)+$", "a" * 5000 + "b") is False
