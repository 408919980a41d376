"""Which parameters can only ever be one word of a shell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.files import read
from ssmlint.model.allowed_words import is_always_a_safe_word
from ssmlint.source import Source

#: Characters at which the shell splits, expands, quotes or ends a command.
UNSAFE = re.compile(r"[^A-Za-z0-9_:/@%+=,.-]")

SAFE_PATTERNS = [
    "^[a-z]+$",
    "^[a-zA-Z0-9_.-]{1,30}$",
    "^i-[a-f0-9]{8,17}$",
    "^(None|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12})$",
    r"^\d+(\.\d+)?$",
    r"^(?:/[\w.-]+)*$",
    "^(true|false)$",
    "^[a-z]+?$",
]
UNSAFE_PATTERNS = [
    "[a-z]+",
    "^[a-z]+",
    "[a-z]+$",
    "^a|b$",
    "^.*$",
    "^[^ ]+$",
    "^[a-z ]+$",
    r"^\S+$",
    r"^[\s]$",
    "^[+-z]$",
    "^[A-z]$",
    "^[!-~]$",
    r"^\.*\$$",
    r"^a\$",
    "^a$b$",
    "^(?i)a$",
    "^a)$",
    "^(a$",
    "^[$",
    "^~$",
    "",
]


def is_safe(declared: str) -> bool:
    text = f"schemaVersion: '2.2'\nparameters:\n  x: {{{declared}}}\nmainSteps: []\n"
    (document,) = read(Source("a.yaml", text)).documents
    return is_always_a_safe_word(document.parameters["x"])


@pytest.mark.parametrize("pattern", SAFE_PATTERNS)
def test_patterns_of_safe_characters(pattern: str) -> None:
    assert is_safe(f"type: String, allowedPattern: '{pattern}'")


@pytest.mark.parametrize("pattern", UNSAFE_PATTERNS)
def test_other_patterns(pattern: str) -> None:
    assert not is_safe(f"type: String, allowedPattern: '{pattern}'")


@given(st.data())
def test_what_they_let_pass_is_safe(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(SAFE_PATTERNS))
    value = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    assert not UNSAFE.search(value.rstrip("\n"))


PARTS = [
    "^",
    "$",
    "|",
    "(",
    ")",
    "[a-z]",
    "[^a]",
    "[+-z]",
    "[",
    "]",
    ".",
    "a",
    " ",
    "\\w",
    "\\s",
    "*",
]


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), st.text("a b*+;^$|z", max_size=4))
def test_any_pattern_that_counts_as_safe_keeps_unsafe_values_out(pattern: str, value: str) -> None:
    if is_safe(f"type: String, allowedPattern: '^{pattern}$'"):
        try:
            found = re.search(f"^(?:{pattern})\\Z", value, re.ASCII)
        except re.error:
            return
        assert not (found and UNSAFE.search(value))


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("type: Integer", True),
        ("type: Boolean", True),
        ("type: String", False),
        ("type: StringList", False),
        ("type: String, allowedValues: [pre-script, /var/log, a=b]", True),
        ("type: String, allowedValues: [yes, very slow]", False),
        ("type: String, allowedValues: [a, '*']", False),
        ("type: String, allowedValues: [a, '']", False),
        ("type: String, allowedValues: []", False),
    ],
)
def test_types_and_values(declared: str, expected: bool) -> None:
    assert is_safe(declared) is expected
