"""Patterns fit as in `.gitignore`, below the folder that they are read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.globs import Glob, problem_of


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("legacy/", "legacy/a.yaml", True),
        ("legacy/", "x/legacy/a.yaml", True),
        ("/legacy/", "x/legacy/a.yaml", False),
        ("legacy", "legacy", True),
        ("*.json", "x/y.json", True),
        ("x/*.json", "x/y.json", True),
        ("x/*.json", "x/z/y.json", False),
        ("x/**/*.json", "x/z/y.json", True),
        ("a.yaml", "../a.yaml", False),
        ("*", ".", False),
        ("!x/", "a.yaml", True),
        ("!x/", "x/a.yaml", False),
        ("!x/", "../a.yaml", False),
        ("a b/*", "a b/c", True),
        ("[ab].yaml", "b.yaml", True),
    ],
)
def test_globs(
    pattern: str, path: str, fits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    glob = Glob(pattern, str(tmp_path))
    assert glob.matches(path) == fits
    assert glob.matches(str(tmp_path / path)) == fits
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert glob.matches(f"../{path}") == fits


@pytest.mark.parametrize("pattern", ["", " ", "!", "# comment"])
def test_what_is_no_pattern(pattern: str) -> None:
    assert problem_of(pattern)


def test_what_is_one() -> None:
    assert problem_of("*.yaml") is None
    assert problem_of("!*.yaml") is None
