"""All fixes of all rules on the fixtures, and on the documents beside the repository if any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssmlint.source import Source, decode
from tests.fixes import report
from tests.fixes.harness import ROOT, SHARED, files_below, outcome_of, source_of
from tests.fixes.styles import line_ends_and_marks

FIXTURES = files_below(ROOT / "fixtures")


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_fixtures_get_better(path: Path, unsafe: bool) -> None:
    assert outcome_of(source_of(path), unsafe=unsafe).complaints == ()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_whatever_ends_their_lines(path: Path) -> None:
    source = source_of(path)
    expected = outcome_of(source, unsafe=True).fixed
    for name, written in line_ends_and_marks(source):
        if name == "no line end at the end" or not expected.rounds:
            continue
        fixed = outcome_of(written, unsafe=True).fixed.source
        data = fixed.to_bytes(fixed.text)
        assert fixed.text.replace("\r\n", "\n") == expected.source.text.replace("\r\n", "\n"), name
        assert decode(data, fixed.path).text == fixed.text
        if name == "CR LF":
            assert "\n" not in fixed.text.replace("\r\n", "")


@pytest.mark.parametrize("folder", ["samples", "corpus"])
def test_real_documents_get_better(folder: str) -> None:
    paths = files_below(SHARED / folder)
    if not paths:
        pytest.skip(f"no {folder} beside the repository")
    made = 0
    wrong: list[str] = []
    for path in paths:
        outcome = outcome_of(source_of(path), unsafe=True)
        made += outcome.counts.total()
        wrong += [f"{path.name}: {complaint}" for complaint in outcome.complaints]
    print(f"\n{made} fixes made in {len(paths)} files of {folder}")
    assert wrong == []
    assert made > 0


def test_the_harness_complains() -> None:
    """About a fix that breaks a file: the text between the edits is not what it was."""
    source = Source("a.yaml", "schemaVersion: 2.2\nmainSteps: []\n")
    outcome = outcome_of(source, unsafe=False)
    assert outcome.complaints == ()
    assert outcome.counts == {"schema-version-not-a-string": 1}


def test_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps({"schemaVersion": 2.2, "mainSteps": []})
    (tmp_path / "a.json").write_text(text)
    assert report.main([tmp_path]) == 0
    assert capsys.readouterr().out == (
        "1 safe fixes made in 1 of 1 files\n"
        "     1  schema-version-not-a-string\n"
        "1 safe and unsafe fixes made in 1 of 1 files\n"
        "     1  schema-version-not-a-string\n"
    )
