"""The cache and several processes change how long a run takes, and nothing else."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssmlint.cli import speeding
from ssmlint.report import FORMATS
from ssmlint.runs import pool
from ssmlint.runs.run import Run
from tests.command import Result, ssmlint
from tests.programs import find_program

FIXTURES = Path(__file__).parents[3] / "fixtures"
FILES = {
    "bad/mysql.yaml": "mysql.yaml",
    "bad/two-file-systems.yaml": "two-file-systems.yaml",
    "bad/windows-editor-crlf.json": "crlf.json",
    "bad/broken.yaml": "broken.yaml",
    "good/escaped-script.json": "escaped.json",
    "policies/good/own-document.json": "policy.json",
    "policies/good/weekly-cron.json": "cron.json",
    "policies/bad/guide-seven-fields.json": "fields.json",
}
POLICY_OF_OURS = (FIXTURES / "policies/good/own-document.json").read_text()

SUPPRESSED = """\
schemaVersion: '2.2'
description: two suppressions, one of them for nothing
mainSteps:
  - action: aws:runShellScript
    name: a
    inputs:
      timeoutSeconds: '60'
      runCommand:
        - |
          #!/bin/bash
          # ssmlint: ignore[undefined-variable]
          echo "$nothing"
          # ssmlint: ignore[undefined-variable]
          echo hello
"""


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Documents and policies of all kinds, in a folder that has a cache beside it."""
    folder = tmp_path / "tree"
    (folder / "docs").mkdir(parents=True)
    for name, copy in FILES.items():
        (folder / copy).write_bytes((FIXTURES / name).read_bytes())
    (folder / "suppressed.yaml").write_text(SUPPRESSED)
    (folder / "not-ours.yaml").write_text("kind: Service\n# schemaVersion mainSteps\n")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("SSMLINT_NO_CACHE")
    monkeypatch.setenv("SSMLINT_CACHE_DIR", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever would check a file fails."""

    def fail(*_: object) -> None:
        raise AssertionError("not in the cache")

    monkeypatch.setattr(Run, "_crash", fail)
    monkeypatch.setattr("ssmlint.files.parse", fail)


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "1").rglob("*") if path.is_file())


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_the_same_to_the_byte(format: str) -> None:
    arguments = ("check", "--output-format", format, "-v" if format == "json" else "--exit-zero")
    plain = ssmlint(*arguments, "--no-cache")
    assert not Path(os.environ["SSMLINT_CACHE_DIR"]).exists()
    cold, warm = ssmlint(*arguments), ssmlint(*arguments)
    assert (cold.status, cold.out) == (plain.status, plain.out)
    assert (warm.status, warm.out) == (plain.status, plain.out)


def test_a_remembered_file_is_not_even_parsed(
    request: pytest.FixtureRequest,
) -> None:
    cold = ssmlint("check", "mysql.yaml", "suppressed.yaml", "not-ours.yaml")
    request.getfixturevalue("forgetful")
    assert ssmlint("check", "mysql.yaml", "suppressed.yaml", "not-ours.yaml") == cold


class TestOptions:
    def test_no_cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ssmlint("check", "--no-cache")
        monkeypatch.setenv("SSMLINT_NO_CACHE", "1")
        ssmlint("check")
        assert not (tmp_path / "cache").exists()

    def test_which_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command line first, then the environment, then the configuration."""
        Path("ssmlint.toml").write_text('cache-dir = "configured"\n')
        ssmlint("check", "mysql.yaml", "--cache-dir", "named")
        assert entries(Path("named"))
        ssmlint("check", "mysql.yaml")
        assert entries(tmp_path / "cache")
        assert not Path("configured").exists()
        monkeypatch.delenv("SSMLINT_CACHE_DIR")
        ssmlint("check", "docs/../mysql.yaml")
        assert entries(Path("configured"))

    def test_the_place_for_caches(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SSMLINT_CACHE_DIR")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
        ssmlint("check", "mysql.yaml")
        assert entries(tmp_path / "xdg" / "ssmlint")

    def test_no_place_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("SSMLINT_CACHE_DIR", str(tmp_path / "file" / "cache"))
        assert ssmlint("check", "mysql.yaml") == ssmlint("check", "mysql.yaml", "--no-cache")

    def test_a_folder_that_holds_something_else(self) -> None:
        result = ssmlint("check", "--cache-dir", ".")
        assert (result.status, result.out) == (2, "")
        assert "holds other files, it cannot be the cache" in result.err
        assert not Path(".gitignore").exists()

    def test_a_cache_among_the_files_is_not_looked_into(self) -> None:
        first = ssmlint("check", "--cache-dir", "cache", "-v")
        assert ssmlint("check", "--cache-dir", "cache").out == first.out
        assert Path("cache", "CACHEDIR.TAG").exists()

    @pytest.mark.parametrize("word", ["0", "-1", "many", "1.5", "٣"])
    def test_no_number_of_processes(self, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
        result = ssmlint("check", f"--jobs={word}")
        assert result.status == 2
        assert result.err == (
            f"ssmlint: error: `--jobs` is `{word}`\n"
            "  hint: expected a number of processes, 1 or more, or `auto`\n"
        )
        monkeypatch.setenv("SSMLINT_JOBS", word)
        assert ssmlint("check").err.startswith(f"ssmlint: error: `SSMLINT_JOBS` is `{word}`")


class TestClean:
    def test_it_removes_the_cache(self, tmp_path: Path) -> None:
        ssmlint("check", "mysql.yaml")
        number = len(entries(tmp_path / "cache"))
        result = ssmlint("clean")
        assert (result.status, result.out) == (0, "")
        assert (
            result.err == f"ssmlint: removed the cache `{tmp_path / 'cache'}`, {number} entries\n"
        )
        assert not (tmp_path / "cache").exists()

    def test_there_is_none(self) -> None:
        result = ssmlint("clean")
        assert (result.status, result.err) == (0, "ssmlint: there is no cache\n")

    def test_it_removes_nothing_else(self, tree: Path) -> None:
        before = sorted(tree.iterdir())
        result = ssmlint("clean", "--cache-dir", str(tree))
        assert result.status == 2
        assert "no cache of ssmlint, nothing is removed" in result.err
        assert sorted(tree.iterdir()) == before


class TestDamage:
    def test_whatever_happens_to_the_entries(self, tmp_path: Path) -> None:
        """A run finds what it has to, and the next one finds it in the cache."""
        plain = ssmlint("check", "--no-cache")
        ssmlint("check")
        paths = entries(tmp_path / "cache")
        whole = [path.read_bytes() for path in paths]
        for number, path in enumerate(paths):
            other = whole[number - 1]
            path.write_bytes([b"", whole[number][:-9], other, b"\0" * 500][number % 4])
        assert ssmlint("check").out == plain.out
        assert [path.read_bytes() for path in paths] == whole


class TestProcesses:
    @pytest.fixture(autouse=True)
    def no_cache(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSMLINT_NO_CACHE", "1")

    @pytest.mark.parametrize("jobs", ["2", "5"])
    def test_their_number_does_not_matter(self, jobs: str) -> None:
        arguments = ("check", "--output-format", "json")
        assert ssmlint(*arguments, "--jobs", jobs) == ssmlint(*arguments, "--jobs", "1")

    def test_nor_with_a_cache(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = ssmlint("check")
        monkeypatch.delenv("SSMLINT_NO_CACHE")
        assert [ssmlint("check", "--jobs", str(jobs)) for jobs in (3, 1, 2)] == [plain] * 3

    def test_nor_how_they_begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = ssmlint("check", "--jobs", "1")
        monkeypatch.setattr(pool, "METHOD", "spawn")
        assert ssmlint("check", "--jobs", "2") == plain

    def test_nor_with_shellcheck(self) -> None:
        if find_program("shellcheck") is None:
            pytest.skip("shellcheck is not installed")
        plain = ssmlint("check", "--shellcheck", "--jobs", "1")
        assert "shellcheck/SC" in plain.out
        assert ssmlint("check", "--shellcheck", "--jobs", "3") == plain

    def test_a_shellcheck_that_fails_everywhere_fails_once(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = tmp_path / "shellcheck"
        program.write_text("#!/bin/sh\nexit 3\n")
        program.chmod(0o755)
        monkeypatch.setattr("ssmlint.external.find_program", lambda: str(program))
        plain = ssmlint("check", "--shellcheck", "--jobs", "1")
        assert plain.out.count("shellcheck failed") == 1
        assert ssmlint("check", "--shellcheck", "--jobs", "3") == plain

    @pytest.mark.parametrize(
        ("option", "environment", "number"),
        [
            (None, "", None),
            (None, "2", 2),
            ("3", "2", 3),
            ("auto", "2", None),
            (None, "auto", None),
        ],
    )
    def test_how_many_are_asked_for(
        self,
        option: str | None,
        environment: str,
        number: int | None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("SSMLINT_JOBS", environment)
        assert speeding.jobs(argparse.Namespace(jobs=option)) == number

    def test_a_policy_finds_its_documents_from_there(self) -> None:
        """Many policies, so that they are worth several processes, too."""
        for number in range(6):
            text = POLICY_OF_OURS.replace("mysql", f"m{number}")
            Path(f"policy-{number}.json").write_text(text)
            Path(f"m{number}.yaml").write_bytes(Path("mysql.yaml").read_bytes())
        plain = ssmlint("check", "--jobs", "1")
        assert ssmlint("check", "--jobs", "2") == plain

    def test_a_crash_while_reading_is_named_as_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def crash(source: object) -> None:
            raise LookupError("no such thing")

        monkeypatch.setattr("ssmlint.files.parse", crash)
        one, two = (ssmlint("check", "--jobs", jobs) for jobs in "12")
        assert one.status == 2
        assert "mysql.yaml: internal error: LookupError: no such thing" in one.err
        assert (two.status, two.err) == (one.status, one.err)


def test_several_runs_at_once(tree: Path, tmp_path: Path) -> None:
    plain = ssmlint("check", "--no-cache")
    command = [sys.executable, "-m", "ssmlint", "check"]
    running = [
        subprocess.Popen(
            command, cwd=tree, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for process in running:
        out, err = process.communicate(timeout=120)
        assert Result(process.returncode, out, err) == plain
    assert all(len(path.name) == 38 for path in entries(tmp_path / "cache"))
