"""What is said about the fixtures, which are also the demo: `make demo`.

Those of `policies/` have their tests in `tests/rules/policy/`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.command import ssmlint

ROOT = Path(__file__).parents[1]


def fixtures(folder: str) -> list[str]:
    """The files in a folder, as paths from the root."""
    found = (ROOT / "fixtures" / folder).iterdir()
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("path", fixtures("good"))
def test_nothing_is_said_against_a_good_one(path: str) -> None:
    result = ssmlint("check", path)
    assert (result.status, result.out, result.err) == (0, "Nothing found in 1 file\n", "")


@pytest.mark.parametrize("path", fixtures("bad"))
def test_what_is_said_about_a_bad_one(path: str, snapshot: SnapshotAssertion) -> None:
    result = ssmlint("check", path, "--output-format", "concise")
    assert (result.status, result.err) == (1, "")
    assert result.out == snapshot


def test_the_demo_finds_all_of_them() -> None:
    result = ssmlint("check", "fixtures", "--output-format", "json")
    assert (result.status, result.err) == (1, "")
    folders = [folder for folder in (ROOT / "fixtures").iterdir() if folder.is_dir()]
    files = [path for f in folders for path in f.rglob("*.*") if path.suffix != ".md"]
    assert result.json["summary"]["files"] == len(files)
