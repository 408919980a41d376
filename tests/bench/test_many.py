"""What the bench over many documents measures is the same work for everybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssmlint.files import read
from ssmlint.source import decode
from tests.bench import many
from tests.bench.warm import ROOT


@pytest.fixture(autouse=True)
def few_fixtures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "NUMBER", 7)
    names = ("good/rotate-logs.yaml", "good/disk-usage.json", "good/stop-service.yaml")
    paths = [ROOT / "fixtures" / name for name in names]
    monkeypatch.setattr(many, "originals", lambda: paths)


def test_no_two_documents_are_the_same_and_all_are_documents(tmp_path: Path) -> None:
    work = many.laid_out(tmp_path)
    paths = sorted(work.documents.iterdir())
    assert len({path.read_bytes() for path in paths}) == 7
    for path in paths:
        file = read(decode(path.read_bytes(), path.name))
        assert file.documents
        assert not file.contents.is_broken


def test_peers_get_the_same_documents(tmp_path: Path) -> None:
    work = many.laid_out(tmp_path)
    assert len(work.templates) == 7
    assert len(work.yaml) == 5
    assert sum(map(len, work.scripts.values())) >= 5
    for template in work.templates:
        (resource,) = json.loads(Path(template).read_text())["Resources"].values()
        assert "schemaVersion" in resource["Properties"]["Content"]


def test_our_own_documents_stand_in_where_there_is_no_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(many, "SHARED", tmp_path)
    found = many.originals()
    assert found
    assert [path for path in found if not path.is_relative_to(ROOT / "fixtures")] == []


def test_a_cold_run_begins_without_a_cache(tmp_path: Path) -> None:
    caches: list[bool] = []

    def run(command: tuple[str, ...]) -> float:
        named = [word for word in command if word.startswith("--cache-dir=")]
        if named:
            cache = Path(named[0].partition("=")[2])
            caches.append(cache.exists())
            cache.mkdir(exist_ok=True)
        return 1.0

    table = list(many.rows(2, lambda name: None if name == "cfn-lint" else name, run))
    assert caches == [False, True] * 4
    assert table[4].startswith("| ssmlint, cold, 1 process | 7 documents | 1.00 | 1.00 |")
    assert [row for row in table if row.endswith("| is not installed | |")] == [
        "| cfn-lint | 7 of them, in templates | is not installed | |"
    ]
