"""`--watch` checks again when something has changed, and only then."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssmlint.cli import check, watching
from ssmlint.cli.streams import ExitStatus, Streams
from tests.command import ssmlint

DOCUMENT = "schemaVersion: '2.2'\nmainSteps: []\n"


@pytest.fixture(autouse=True)
def in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(DOCUMENT)
    return tmp_path


def runs_while(changes: list[Callable[[], object]], *arguments: str) -> int:
    """How often is checked while these changes happen, one at each pause, and then no more."""
    options = check.parser().read(["--watch", *arguments])
    todo: Iterator[Callable[[], object]] = iter(changes)
    runs = 0

    def run() -> ExitStatus:
        nonlocal runs
        runs += 1
        return ExitStatus.CLEAN

    def sleep(seconds: float) -> None:
        change = next(todo, None)
        if change is None:
            raise KeyboardInterrupt
        change()

    streams = Streams(io.BytesIO(), io.StringIO(), io.StringIO())
    with pytest.raises(KeyboardInterrupt):
        watching.watch(options, streams, run, sleep)
    return runs


def nothing() -> None:
    """No change."""


@pytest.mark.parametrize(
    ("change", "runs"),
    [
        (nothing, 1),
        (lambda: Path("a.yaml").write_text(DOCUMENT * 2), 2),
        (lambda: Path("a.yaml").unlink(), 2),
        (lambda: Path("b.yaml").write_text(DOCUMENT), 2),
        (lambda: Path("ssmlint.toml").write_text(""), 2),
        (lambda: Path("below").mkdir(), 1),
    ],
)
def test_changes(change: Callable[[], object], runs: int) -> None:
    assert runs_while([nothing, change, nothing]) == runs


def test_files_that_are_left_out_do_not_count(in_a_directory_of_its_own: Path) -> None:
    Path("ssmlint.toml").write_text('exclude = ["b.yaml"]\n')
    assert runs_while([lambda: Path("b.yaml").write_text(DOCUMENT)]) == 1


def test_a_configuration_above_counts(
    in_a_directory_of_its_own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (in_a_directory_of_its_own / "below").mkdir()
    monkeypatch.chdir(in_a_directory_of_its_own / "below")
    assert runs_while([lambda: Path("../.ssmlint.toml").write_text("")], ".") == 2


def test_a_mistake_in_the_configuration_is_said_and_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changes = iter([lambda: Path("ssmlint.toml").write_text("nope = 1\n"), nothing])

    def sleep(seconds: float) -> None:
        change = next(changes, None)
        if change is None:
            raise KeyboardInterrupt
        change()

    out, err = io.StringIO(), io.StringIO()
    streams = Streams(io.BytesIO(), out, err)
    options = check.parser().read(["--watch", "--select", "SSM001"])
    with pytest.raises(KeyboardInterrupt):
        watching.watch(options, streams, lambda: check.once(options, streams), sleep)
    assert out.getvalue() == "Nothing found in 1 file\n"
    waiting = "ssmlint: waiting for a change, Ctrl-C ends\n"
    assert err.getvalue().startswith(waiting + "ssmlint: error: ssmlint.toml:1: unknown option")
    assert err.getvalue().endswith(waiting)


@pytest.mark.parametrize("arguments", ["-", "--stdin-filename a.yaml", "--write-baseline"])
def test_what_cannot_be_watched(arguments: str) -> None:
    result = ssmlint("check", "--watch", *arguments.split())
    assert result.status == 2
    assert "`--watch`" in result.err
