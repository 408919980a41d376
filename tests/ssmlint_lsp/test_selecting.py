"""What a selection grows to."""

from __future__ import annotations

import itertools

import pytest

from ssmlint_lsp.selecting import selections
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, as_json, facts_of, literal, offset_of


def grown(text: str, snippet: str, inside: str | None = None) -> list[str]:
    spans = selections(facts_of(text), offset_of(text, snippet, inside))
    return [text[span.start : span.end] for span in spans]


def test_from_a_word_of_the_script_to_the_file() -> None:
    text = literal()
    found = grown(text, '"$mount" ||', "ount")
    assert found[:5] == [
        "mount",
        "$mount",
        '"$mount"',
        'fsfreeze -f "$mount"',
        'fsfreeze -f "$mount" || return 1',
    ]
    assert found[5].startswith("freeze() {")
    assert found[5].endswith("}")
    assert found[6].startswith("#!/bin/bash")
    assert found[7].startswith("|\n")
    assert [part.split("\n")[0] for part in found[8:]] == [
        "- |",
        "runCommand:",
        "timeoutSeconds: '120'",
        "inputs:",
        "action: aws:runShellScript",
        "- action: aws:runShellScript",
        "mainSteps:",
        "schemaVersion: '2.2'",
        "schemaVersion: '2.2'",
    ]


def test_a_reference_is_a_step_of_its_own() -> None:
    found = grown(literal(), "in {{ folder }}", "older")
    assert found[:3] == ["folder", "{{ folder }}", "for mount in {{ folder }} /data; do"]


def test_a_scalar_grows_out_of_its_quotes() -> None:
    assert grown(as_json(), '"dry-run"', "run")[:4] == [
        "run",
        "dry-run",
        '"dry-run"',
        '"default": "dry-run"',
    ]


@pytest.mark.parametrize("form", FORMS)
def test_every_selection_lies_in_the_next(form: str) -> None:
    text = FORMS[form](SCRIPT)
    facts = facts_of(text)
    for offset in range(0, len(text) + 1, 3):
        spans = selections(facts, offset)
        assert (spans[-1].start, spans[-1].end) == (0, len(text))
        for inner, outer in itertools.pairwise(spans):
            assert outer.covers(inner)
            assert inner.start <= offset <= inner.end
