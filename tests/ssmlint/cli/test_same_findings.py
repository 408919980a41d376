"""However a file is named, it is checked alike."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.command import ssmlint

DOCUMENT = """\
schemaVersion: '2.2'
description: Greets
parameters:
  owner:
    type: String
  team:  # ssmlint: ignore[unused-parameter] read elsewhere
    type: String
mainSteps:
  - action: aws:runShellScript
    name: greet
    inputs:
      timeoutSeconds: '60'
      runCommand:
        - |
          #!/bin/bash
          echo "hello $nmae"
          our-thaw $known
"""

CONFIGURATION = """\
baseline = "known.json"
ignore = ["SSM208"]

[severity]
SH101 = "error"

[per-file-ignores]
"documents/*.yaml" = ["SSM202"]
"""

Place = tuple[str, int, int, str]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a configuration, a baseline and a document in a folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    document = tmp_path / "documents" / "greet.yaml"
    (tmp_path / "ssmlint.toml").write_text(CONFIGURATION)
    document.write_text(DOCUMENT.replace("hello $nmae", "hello"))
    ssmlint("check", "--write-baseline")
    document.write_text(DOCUMENT)
    return tmp_path


def found(*arguments: str, stdin: bytes = b"") -> list[Place]:
    result = ssmlint("check", *arguments, "--output-format", "json", stdin=stdin)
    assert result.status == 1
    return [
        (f["name"], f["start"]["line"], f["start"]["column"], f["severity"])
        for f in result.json["findings"]
    ]


EXPECTED: list[Place] = [("undefined-variable", 16, 23, "error")]


def test_from_the_root(tree: Path) -> None:
    assert found() == EXPECTED


def test_by_a_path(tree: Path) -> None:
    assert found("documents/greet.yaml") == EXPECTED
    assert found("./documents/../documents/greet.yaml") == EXPECTED


def test_by_an_absolute_path(tree: Path) -> None:
    assert found(str(tree / "documents" / "greet.yaml")) == EXPECTED
    assert found(str(tree)) == EXPECTED


@pytest.mark.parametrize(("folder", "path"), [("documents", "."), ("documents/deep", "..")])
def test_from_a_folder(tree: Path, monkeypatch: pytest.MonkeyPatch, folder: str, path: str) -> None:
    monkeypatch.chdir(tree / folder)
    assert found(path) == EXPECTED
    assert found(os.path.join(path, "greet.yaml")) == EXPECTED


def test_on_standard_input(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = DOCUMENT.encode()
    assert found("--stdin-filename", "documents/greet.yaml", stdin=text) == EXPECTED
    monkeypatch.chdir(tree / "documents")
    assert found("-", "--stdin-filename", "greet.yaml", stdin=text) == EXPECTED
