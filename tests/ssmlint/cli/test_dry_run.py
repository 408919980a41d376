"""`ssmlint dry-run` from the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.command import ssmlint
from tests.programs import require_program

ROOT = Path(__file__).parents[3]
DOCUMENT = str(ROOT / "fixtures" / "dry-run" / "checkpoint.yaml")


@pytest.fixture
def bwrap() -> str:
    return require_program("bwrap", package="bubblewrap")


def test_a_broken_promise_is_exit_status_1(bwrap: str) -> None:
    result = ssmlint("dry-run", "--scenario", "snapshot", "--fault", "on-root", DOCUMENT)
    assert result.status == 1
    assert "application-consistent, wrongly" in result.out
    assert "broken: snapshots that are tagged as application-consistent are" in result.out
    assert "1 cell of 1 break the contract" in result.out


def test_a_document_that_keeps_all_is_exit_status_0(bwrap: str) -> None:
    result = ssmlint("dry-run", "--scenario", "snapshot", DOCUMENT)
    assert result.status == 0, result.out
    assert "every promise holds in 1 cell" in result.out


def test_the_trace(bwrap: str) -> None:
    out = ssmlint("dry-run", "--scenario", "snapshot", "--trace", DOCUMENT).out
    assert "fsfreeze -f /data -> 0 [froze /data]" in out
    assert "** the snapshots are started" in out


def test_json_and_a_file(bwrap: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    arguments = ("--output-format", "json", "--scenario", "snapshot", "--scenario", "dry-run")
    result = ssmlint("dry-run", *arguments, DOCUMENT)
    assert result.json["version"] == 1
    assert [cell["scenario"] for cell in result.json["cells"]] == ["snapshot", "dry-run"]
    cell = result.json["cells"][0]
    assert cell["codes"] == [0, 0]
    assert [hold["what"] for hold in cell["holds"]] == ["/data", "/logs"]
    assert cell["snapshots"][0]["caught"][0]["level"] == "frozen"
    assert ssmlint("dry-run", *arguments, "--output-file", str(path), DOCUMENT).out == ""
    assert path.read_text().startswith("{")


def test_a_document_on_standard_input(bwrap: str) -> None:
    text = Path(DOCUMENT).read_bytes()
    result = ssmlint("dry-run", "--scenario", "dry-run", "-", stdin=text)
    assert (result.status, result.err) == (0, "")


def test_the_list() -> None:
    out = ssmlint("dry-run", "--list").out
    assert "late-post" in out
    assert "old-util-linux" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no document named"),
        (("--all", "--scenario", "snapshot", DOCUMENT), "runs every scenario"),
        (("--scenario", "snapshto", DOCUMENT), "did you mean `snapshot`?"),
        (("--fault", "swapp", DOCUMENT), "did you mean `swap`?"),
        (("--fault", "fsfreeze=", DOCUMENT), "no fault"),
        (("--host", "nowhere.toml", DOCUMENT), "No such file"),
        (("nowhere.yaml",), "No such file"),
        ((str(ROOT / "fixtures/policies/good/interval.json"),), "no Command document"),
        ((str(ROOT / "fixtures/bad/broken.yaml"),), "cannot be read"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str) -> None:
    result = ssmlint("dry-run", *arguments)
    assert result.status == 2
    assert said in result.err
    assert result.out == ""


def test_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "bashkit", None)
    result = ssmlint("dry-run", DOCUMENT)
    assert result.status == 2
    assert "bubblewrap is not installed" in result.err
    assert "pip install 'ssmlint[dry-run]'" in result.err


def test_bashkit_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = ssmlint("dry-run", "--scenario", "snapshot", DOCUMENT)
    assert (result.status, result.err) == (0, "")
    assert "run in bashkit on a simulated host" in result.out
    assert "limit: bubblewrap is not installed" in result.out
    assert "limit: nothing runs beside the script" in result.out


def test_bashkit_is_not_asked_for_what_it_can_not_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = ssmlint("dry-run", DOCUMENT.replace("checkpoint", "mount-list"))
    assert result.status == 2
    assert "jobs that run beside it" in result.err


def test_an_engine_that_may_not_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setitem(sys.modules, "bashkit", None)
    result = ssmlint("dry-run", DOCUMENT)
    assert result.status == 2
    assert "setting up uid map: Permission denied" in result.err
