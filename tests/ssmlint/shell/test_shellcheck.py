"""Running shellcheck: one process for many scripts, true offsets, and every way to fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.shell import shellcheck
from ssmlint.shell.shellcheck import Batch, Comment, Request, ShellcheckFailed, find_program
from tests.programs import require_program


@pytest.fixture
def program() -> str:
    return require_program("shellcheck", package="shellcheck")


@pytest.fixture
def spawned(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines that are started."""
    commands: list[list[str]] = []
    start = subprocess.Popen

    def popen(command: list[str], **more: Any) -> Any:
        commands.append(command)
        return start(command, **more)

    monkeypatch.setattr(subprocess, "Popen", popen)
    return commands


def comments(program: str, *texts: str, dialect: str = "bash") -> list[tuple[Comment, ...]]:
    requests = [Request(dialect, text) for text in texts]
    with Batch(program, requests) as batch:
        found = batch.comments()
    return [found[request] for request in requests]


def stub(folder: Path, body: str) -> str:
    """A program that behaves in some other way."""
    path = folder / "stub"
    path.write_text(f"#!{sys.executable}\nimport json, os, sys, time\n{body}\n")
    path.chmod(0o755)
    return str(path)


class TestOneProcess:
    def test_for_many_scripts(self, program: str, spawned: list[list[str]]) -> None:
        found = comments(program, *(f"echo $x{number}" for number in range(100)))
        assert len(spawned) == 1
        assert all(len(each) == 2 for each in found)

    def test_equal_scripts_are_looked_at_once(self, program: str, spawned: list[list[str]]) -> None:
        first, second, other = comments(program, "echo $x", "echo $x", "echo $y")
        assert first == second != other
        assert len([word for word in spawned[0] if word.startswith("/")]) == 1 + 2

    def test_for_each_dialect(self, program: str, spawned: list[list[str]]) -> None:
        requests = [Request("bash", "[[ a ]]"), Request("dash", "[[ a ]]"), Request("bash", "x=1")]
        with Batch(program, requests) as batch:
            found = batch.comments()
        assert len(spawned) == 2
        assert [3010 in {c.code for c in found[request]} for request in requests[:2]] == [
            False,
            True,
        ]

    def test_none_for_nothing(self, program: str, spawned: list[list[str]]) -> None:
        assert comments(program) == []
        assert spawned == []

    def test_no_more_files_than_a_command_line_holds(
        self, program: str, spawned: list[list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(shellcheck, "_MAX_FILES", 4)
        found = comments(program, *(f"echo $x{number}" for number in range(10)))
        assert len(spawned) == 3
        assert [each[0].message.split()[0] for each in found] == [f"x{n}" for n in range(10)]


class TestOffsets:
    def test_hard_lines(self, program: str) -> None:
        text = 'echo "😀é"\t$a\n\n\t\techo $b # \u2028\n\ufeffecho \x0b$c\x0c $d\0\r\necho $e'
        (found,) = comments(program, text)
        assert {text[c.start : c.end] for c in found if c.code == 2086} >= {"$a", "$b", "$c", "$e"}

    def test_fixes(self, program: str) -> None:
        text = "\techo 😀 $a"
        (found,) = comments(program, text)
        (fix,) = (c.replacements for c in found if c.replacements)
        assert [(r.start, r.end, r.text) for r in fix] == [(8, 8, '"'), (10, 10, '"')]

    @given(
        st.lists(
            st.text(
                st.one_of(
                    st.sampled_from("\t 😀é日\u2028\x85\u00a0"),
                    st.characters(exclude_characters="'\r\n", max_codepoint=0x2FFFF),
                ),
                max_size=8,
            ),
            min_size=1,
            max_size=6,
        )
    )
    @settings(deadline=None, max_examples=40)
    def test_any_characters(self, strange: list[str]) -> None:
        program = require_program("shellcheck", package="shellcheck")
        text = "\n".join(f"\techo '{each}' $v{n}\t" for n, each in enumerate(strange))
        (found,) = comments(program, text)
        places = [text[c.start : c.end] for c in found if c.code == 2086]
        assert places == [f"$v{n}" for n in range(len(strange))]


class TestSurroundings:
    def test_no_settings_of_the_user(
        self, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / ".shellcheckrc").write_text("disable=all\n")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("SHELLCHECK_OPTS", "--exclude=SC2086 --format=gcc")
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        monkeypatch.chdir(tmp_path)
        (found,) = comments(program, "echo $1")
        assert [c.code for c in found] == [2086]

    def test_a_locale_that_knows_ascii_only(
        self, program: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "C")
        (found,) = comments(program, "é=1; echo é $1")
        assert [c.start for c in found if c.code == 2086] == [12]

    def test_no_file_is_left(
        self, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        with Batch(program, [Request("bash", "date")]) as batch:
            (folder,) = tmp_path.iterdir()
            assert folder.stat().st_mode & 0o077 == 0
            batch.comments()
        assert list(tmp_path.iterdir()) == []

    def test_beside_python_first_and_then_on_the_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("python", "path"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "shellcheck").write_text("#!/bin/sh\n")
            (tmp_path / name / "shellcheck").chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python" / "python3"))
        monkeypatch.setenv("PATH", str(tmp_path / "path"))
        assert find_program() == str(tmp_path / "python" / "shellcheck")
        os.unlink(tmp_path / "python" / "shellcheck")
        assert find_program() == str(tmp_path / "path" / "shellcheck")
        os.unlink(tmp_path / "path" / "shellcheck")
        assert find_program() is None


class TestFailures:
    def failure(self, program: str) -> str:
        with pytest.raises(ShellcheckFailed) as error:
            comments(program, "date")
        return str(error.value)

    def test_it_cannot_be_started(self, tmp_path: Path) -> None:
        assert self.failure(str(tmp_path / "none")).startswith("it cannot be started: No such")

    def test_a_status_of_its_own(self, tmp_path: Path) -> None:
        program = stub(tmp_path, "sys.stderr.write('unknown format\\nmore'); sys.exit(4)")
        assert self.failure(program) == "it ended with status 4: unknown format"

    @pytest.mark.parametrize("printed", ["", "[]", "{}", "null", '{"comments": 1}', "\\xff"])
    def test_no_json1(self, tmp_path: Path, printed: str) -> None:
        program = stub(tmp_path, f"sys.stdout.buffer.write(b'{printed}')")
        assert self.failure(program) == "what it printed is no `json1`"

    @pytest.mark.parametrize(
        "item", [{}, {"file": "x"}, {"file": "9"}, {"file": "0", "line": "a"}, "text"]
    )
    def test_json_that_is_not_understood(self, tmp_path: Path, item: Any) -> None:
        program = stub(tmp_path, f"print({json.dumps(json.dumps({'comments': [item]}))})")
        assert self.failure(program) == "what it printed is not understood"

    def test_it_takes_too_long(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shellcheck, "_PATIENCE", 0.2)
        monkeypatch.setattr(shellcheck, "_PATIENCE_PER_SCRIPT", 0.0)
        assert self.failure(stub(tmp_path, "time.sleep(600)")) == "it takes too long"

    def test_it_prints_without_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(shellcheck, "_MAX_OUTPUT", 1 << 20)
        program = stub(tmp_path, "while True: sys.stdout.write('x' * 65536)")
        assert self.failure(program) == "it has too much to say"

    def test_the_second_of_two_cannot_be_started(
        self, program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        started: list[Any] = []
        start = subprocess.Popen

        def popen(command: list[str], **more: Any) -> Any:
            if started:
                raise OSError(12, "Cannot allocate memory")
            started.append(start(command, **more))
            return started[0]

        monkeypatch.setattr(subprocess, "Popen", popen)
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        with (
            pytest.raises(ShellcheckFailed, match="Cannot allocate memory"),
            Batch(program, [Request("bash", "date"), Request("dash", "date")]),
        ):
            pass
        assert started[0].poll() is not None
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000,
        "$(" * 3000,
        "if true; then " * 500,
        "`" * 3000,
        "'" * 10_001,
        "echo " + "$x " * 15_000,
        "#" * 60_000,
        "\n" * 60_000,
        "a=(" * 1000,
    ],
    ids=lambda text: text[:10],
)
def test_hostile_scripts(program: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It answers, or is given up; some of these would keep it busy for hours."""
    monkeypatch.setattr(shellcheck, "_PATIENCE", 2.0)
    try:
        (found,) = comments(program, text)
    except ShellcheckFailed:
        return
    assert all(0 <= c.start <= c.end <= len(text) for c in found)
