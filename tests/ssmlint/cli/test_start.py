"""What is not needed is not loaded: most runs are short ones, from a hook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FIXTURE = Path(__file__).parents[3] / "fixtures" / "bad" / "two-file-systems.yaml"

#: The parsers, the analysis, the rules, and libraries that take long.
HEAVY = (
    *("ruamel", "tree_sitter", "jsonschema", "bashlex", "re2", "pygls", "multiprocessing"),
    *("ssmlint.engine", "ssmlint.shell", "ssmlint.model", "ssmlint.yaml_tree", "ssmlint_rules"),
)


def loaded(*arguments: str, cache: Path | None = None) -> set[str]:
    """The heavy modules that a command line loads."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SSMLINT_")}
    if cache is None:
        environment["SSMLINT_NO_CACHE"] = "1"
    else:
        environment["SSMLINT_CACHE_DIR"] = str(cache)
    command = [sys.executable, "-X", "importtime", "-m", "ssmlint", *arguments]
    ended = subprocess.run(
        command, capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert ended.returncode in (0, 1), ended.stderr[-2000:]
    names = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    return {heavy for heavy in HEAVY if any(n == heavy or n.startswith(heavy + ".") for n in names)}


def test_the_version() -> None:
    assert loaded("--version") == set()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"),
        ("package.json", '{"name": "web", "version": "1.0.0", "scripts": {"test": "jest"}}\n'),
        ("dashboard.json", '{"schemaVersion": 39, "panels": [], "title": "Volumes"}\n'),
        ("template.yaml", "Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n"),
        ("broken.yaml", "a: [\n"),
    ],
)
def test_a_file_that_is_not_ours_as_a_hook_names_it(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert loaded("check", "--force-exclude", str(path)) == set()


def test_a_document_that_is_remembered(tmp_path: Path) -> None:
    cold = loaded("check", str(FIXTURE), cache=tmp_path / "cache")
    assert {"ruamel", "ssmlint.shell", "ssmlint_rules"} <= cold
    assert "jsonschema" not in cold
    assert loaded("check", str(FIXTURE), cache=tmp_path / "cache") == set()
