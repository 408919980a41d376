"""Files that cannot be read still get their one finding, at its place."""

from __future__ import annotations

import pytest

from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.packs import load_pack
from ssmlint.source import decode

RULES = load_pack("builtin", "ssmlint_rules").rules

DOCUMENT = (
    "schemaVersion: '2.2'\nmainSteps:\n- action: aws:runShellScript\n  name: x\n"
    "  inputs: {runCommand: [date]}\n"
)


def found(data: bytes, path: str = "document.yaml") -> list[tuple[str, int]]:
    file = read(decode(data, path))
    lines = file.source.lines
    return [(f.rule.name, lines.line_of(f.span.start) + 1) for f in check_file(file, RULES)]


def test_the_document_itself_is_clean() -> None:
    assert found(DOCUMENT.encode()) == []


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (DOCUMENT + "x: [", ("syntax-error", 6)),
        (DOCUMENT + "\tx: y", ("syntax-error", 6)),
        (DOCUMENT + "x: \0\n", ("syntax-error", 6)),
        (DOCUMENT + "description: *gone\n", ("syntax-error", 6)),
        (DOCUMENT + "description: " + "[" * 50_000, ("too-deep", 6)),
        ("schemaVersion: '2.2'\n" + DOCUMENT, ("duplicate-key", 2)),
        (DOCUMENT + "---\n" + DOCUMENT, ("several-documents", 6)),
    ],
)
def test_one_finding_at_the_right_place(text: str, finding: tuple[str, int]) -> None:
    assert found(text.encode()) == [finding]


def test_bytes_that_are_no_text() -> None:
    data = DOCUMENT.encode() + b"description: caf\xe9\n"
    assert found(data) == [("undecodable-file", 6)]


def test_a_broken_json_document() -> None:
    assert found(b'{"schemaVersion": "2.2", "mainSteps": [}', "d.json") == [("syntax-error", 1)]


def test_a_broken_file_that_is_not_ours_is_passed_over() -> None:
    assert found(b"a: [") == []
    assert found(b"\xff\xff\xff") == []


def test_keys_that_a_merge_brings_in_twice_are_no_duplicates() -> None:
    text = DOCUMENT + "parameters:\n  a: &a {type: String, default: x}\n  b: {<<: *a, default: y}\n"
    assert not [name for name, _ in found(text.encode()) if name == "duplicate-key"]
