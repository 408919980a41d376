"""The process: closed pipes, full disks, closed streams, odd locales, interrupts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ssmlint.cli

DOCUMENT = """\
schemaVersion: '2.2'
description: names that are taken
mainSteps:
  - {action: aws:runShellScript, name: Grüße日本, inputs: {runCommand: [date]}}
  - {action: aws:runShellScript, name: Grüße日本, inputs: {runCommand: [date]}}
"""

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices as on POSIX")


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "document.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return str(path)


def shell(command: str, path: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a shell command in which `$ssmlint` checks the document."""
    program = f"'{sys.executable}' -m ssmlint check --select SSM301"
    return subprocess.run(
        ["bash", "-c", command.replace("$ssmlint", f"{program} '{path}'")],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@needs_posix
def test_a_reader_that_has_seen_enough_hears_no_complaint(document: str) -> None:
    ended = shell("$ssmlint | head -c 5", document)
    assert ended.stdout.startswith("error")
    assert ended.stderr == ""


@needs_posix
def test_a_reader_that_is_gone_is_no_traceback(document: str) -> None:
    ended = shell("{ sleep 0.1; $ssmlint; echo $? >&2; } | true", document)
    assert ended.stderr == "141\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(document: str) -> None:
    ended = shell("$ssmlint > /dev/full", document)
    assert ended.returncode == 2
    assert ended.stderr == "ssmlint: error: cannot write: No space left on device\n"


@needs_posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_closed_streams(document: str, closed: str) -> None:
    ended = shell(f"$ssmlint {closed}", document)
    assert (ended.returncode, ended.stderr) == (1, "")


@needs_posix
@pytest.mark.parametrize("output_format", ["text", "concise", "json"])
def test_a_terminal_that_knows_only_ascii(document: str, output_format: str) -> None:
    ended = shell(f"$ssmlint --output-format {output_format}", document, PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "Gr\\" in ended.stdout


def test_an_interrupt_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(ssmlint.cli, "main", interrupted)
    assert ssmlint.cli.run() == 130


def test_what_nobody_expected_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise LookupError("no such thing")

    monkeypatch.setattr(ssmlint.cli, "main", broken)
    assert ssmlint.cli.run() == 2
    said = capsys.readouterr().err
    assert said.startswith("ssmlint: internal error: LookupError: no such thing (")
    assert "test_run.py:" in said
    assert "please report it" in said
