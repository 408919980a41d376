"""A finding that was written down is the same finding when it is read."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.external.rules import rule_for
from ssmlint.files import Contents
from ssmlint.rule import (
    INTERNAL_ERROR,
    Edit,
    Finding,
    Fix,
    Note,
    Problem,
    Rule,
    Safety,
    Severity,
)
from ssmlint.runs.encoding import (
    Found,
    NotEncodable,
    Unreadable,
    decoded,
    encoded,
    rules_by_id,
)
from ssmlint.source import Source, Span


def _silent(_: Source) -> Iterator[Problem]:
    yield from ()


RULE = Rule("SSM990", "of-the-test", Severity.INFO, Source, _silent, "")
RULES = (RULE, INTERNAL_ERROR, rule_for(2086))

#: Of different sizes, so that no span fits another one by chance.
OWN, OTHER, THIRD = (Source(f"{size}.yaml", "x" * size) for size in (7, 20, 40))
CONTENTS = Contents(True, False, ("a",), True, ("b", "c"), True)

texts = st.text(st.characters(), max_size=12)


def spans(source: Source) -> st.SearchStrategy[Span]:
    ends = st.integers(0, len(source.text))
    return st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair)))


def notes() -> st.SearchStrategy[Note]:
    here = st.builds(Note, spans(OWN), texts, st.sampled_from([None, OWN]))
    there = (st.builds(Note, spans(s), texts, st.just(s)) for s in (OTHER, THIRD))
    return st.one_of(here, *there)


edits = st.builds(Edit, spans(OWN), texts)
fixes = st.builds(Fix, texts, st.lists(edits, max_size=3).map(tuple), st.sampled_from(Safety))
many_notes = st.lists(notes(), max_size=3).map(tuple)
problems = st.builds(
    Problem,
    spans(OWN),
    texts,
    many_notes,
    many_notes,
    st.none() | fixes,
    st.none() | st.sampled_from(Severity),
)
findings = st.builds(Finding, st.sampled_from(RULES), st.just(OWN), problems)
all_found = st.builds(
    Found, st.lists(findings, max_size=3).map(tuple), st.lists(findings, max_size=2).map(tuple)
)


@given(all_found)
def test_there_and_back(found: Found) -> None:
    data = encoded(CONTENTS, found, OWN, (OTHER, THIRD))
    assert decoded(data, rules_by_id([RULE]), OWN, (OTHER, THIRD)) == (CONTENTS, found)


def test_what_a_file_holds_alone() -> None:
    data = encoded(CONTENTS, None, OWN, ())
    assert decoded(data, rules_by_id([RULE]), OWN, ()) == (CONTENTS, None)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (Finding, {"rule", "source", "problem"}),
        (Problem, {"span", "message", "related", "trace", "fix", "severity"}),
        (Note, {"span", "message", "source"}),
        (Fix, {"title", "edits", "safety"}),
        (Edit, {"span", "text"}),
        (Contents, {"is_ours", "is_broken", "documents", "has_policies", "calls", "calls_api"}),
    ],
)
def test_every_member_is_written(kind: type, members: set[str]) -> None:
    """Who adds one has to write it down as well, and to change the version of the cache."""
    assert {field.name for field in dataclasses.fields(kind)} == members


def test_a_note_in_a_file_that_is_not_known() -> None:
    note = Note(Span(0, 1), "elsewhere", THIRD)
    finding = Finding(RULE, OWN, Problem(Span(0, 1), "here", (note,)))
    with pytest.raises(NotEncodable):
        encoded(CONTENTS, Found((finding,), ()), OWN, (OTHER,))


FINDING = ["SSM990", [0, 1], "message", [], [], None, None]
HOLDS = [True, False, [], False, [], False]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        {"findings": [], "hidden": []},
        {"contents": [], "findings": [], "hidden": []},
        {"contents": HOLDS, "findings": [FINDING], "hidden": None},
        {"contents": HOLDS, "findings": [["SSM991", *FINDING[1:]]], "hidden": []},
        {"contents": HOLDS, "findings": [["SSM990", [0, 8], *FINDING[2:]]], "hidden": []},
        {"contents": HOLDS, "findings": [["SSM990", [-1, 1], *FINDING[2:]]], "hidden": []},
        {"contents": HOLDS, "findings": [["SSM990", [2, 1], *FINDING[2:]]], "hidden": []},
        {"contents": HOLDS, "findings": [[*FINDING[:6], "grave"]], "hidden": []},
        {
            "contents": HOLDS,
            "findings": [[*FINDING[:3], [[[0, 1], "", 1]], *FINDING[4:]]],
            "hidden": [],
        },
    ],
)
def test_what_nobody_has_written(data: object) -> None:
    if not isinstance(data, bytes):
        data = json.dumps(data).encode()
    with pytest.raises(Unreadable):
        decoded(data, rules_by_id([RULE]), OWN, ())


def test_the_form_that_these_are_broken_from() -> None:
    data = json.dumps({"contents": HOLDS, "findings": [FINDING], "hidden": []}).encode()
    _, found = decoded(data, rules_by_id([RULE]), OWN, ())
    assert found == Found((Finding(RULE, OWN, Problem(Span(0, 1), "message")),), ())
