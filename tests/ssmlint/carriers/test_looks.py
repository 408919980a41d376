"""The quick look: what it turns away holds nothing of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint import engine
from ssmlint.carriers import plain, policies
from ssmlint.carriers.looks import looks_like_ours
from ssmlint.files import parse
from ssmlint.source import Source

FIXTURES = Path(__file__).parents[3] / "fixtures"
PATHS = sorted(p for p in FIXTURES.rglob("*") if p.suffix in (".yaml", ".json"))


def holds_something(source: Source) -> bool:
    tree = parse(source)
    return bool(plain.documents(tree) or policies.policies(tree))


@pytest.mark.parametrize(
    "text",
    [
        "schemaVersion: '1.0'\nproperties:\n  linux:\n    commands: tail -f /var/log/x\n",
        '{"schemaVersion": "1.2", "runtimeConfig": {"aws:runShellScript": {"properties": []}}}',
        '{"schemaVersion": "1.2", "runtimConfig": {"aws:unShellScript": {}}}',
        "mainSteps:\n- action: aws:runShellScript\n",
    ],
)
def test_documents_are_seen_also_with_mistakes(text: str) -> None:
    assert holds_something(Source("a.yaml", text))
    assert looks_like_ours(text)


@pytest.mark.parametrize(
    "text",
    [
        "schemaVersion: 1\nresources:\n- arn:aws:iam::123456789012:role/x\n",
        "apiVersion: v1\nkind: ConfigMap\n",
        "",
    ],
)
def test_other_files_are_turned_away(text: str) -> None:
    assert not looks_like_ours(text)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_what_lacks_a_line_is_seen_as_long_as_it_holds_something(path: Path) -> None:
    lines = path.read_text("utf-8", errors="replace").splitlines(keepends=True)
    for number in range(0, len(lines), max(1, len(lines) // 20)):
        source = Source(path.name, "".join(lines[:number] + lines[number + 1 :]))
        assert looks_like_ours(source.text) or not holds_something(source)


def test_a_file_that_is_turned_away_is_not_ours_whoever_asks() -> None:
    # Cut off in the middle, brackets and all: what is left could be taken for a document.
    text = '{"schemaVersion": "2.2", "parameters": {"a": {"type"}: "String"}}'
    assert holds_something(Source("a.json", text))
    assert not looks_like_ours(text)
    assert not engine.read(Source("a.json", text)).is_ours
