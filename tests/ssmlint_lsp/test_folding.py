"""What can be folded away."""

from __future__ import annotations

from ssmlint_lsp.folding import folds
from tests.ssmlint_lsp.writing import as_json, crlf, facts_of, literal


def folded(text: str) -> list[str]:
    """The folds as lines from 1."""
    found = folds(facts_of(text))
    return [f"{f.first + 1}-{f.last + 1}{' comment' * f.is_comment}" for f in found]


def test_a_document_folds_by_key_item_function_and_loop() -> None:
    expected = [
        "3-11", "4-7", "8-11", "12-30", "13-30", "15-30", "17-30", "18-30",
        "19-20 comment", "22-25", "27-28",
    ]  # fmt: skip
    assert folded(literal()) == expected
    assert folded(crlf()) == expected


def test_json_keeps_the_closing_brackets_in_sight() -> None:
    text = as_json()
    lines = text.splitlines()
    for fold in folds(facts_of(text)):
        assert lines[fold.first].rstrip()[-1] in "[{"
        assert lines[fold.last + 1].strip()[0] in "]}"


def test_heredocs_and_comments() -> None:
    script = "#!/bin/bash\ncat <<EOF\na\nb\nEOF\n# one\n# two\nif x; then\n  y\nelse\n  z\nfi\n"
    assert folded(literal(script))[-3:] == ["20-22", "24-25 comment", "26-29"]


def test_a_text_that_breaks_folds_up_to_there() -> None:
    assert folded("a:\n  b: 1\n  c: 2\nd: [") == ["1-3"]
    assert folded("") == []
