"""Shells complete command lines of ssmlint: what the real shells make of the scripts."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ssmlint.cli import COMMANDS
from ssmlint.cli.completions import SHELLS
from ssmlint.cli.completions import commands as known_commands
from tests.command import ssmlint
from tests.programs import require_program


def run(program: str, package: str, script: str, *options: str) -> list[str]:
    path = require_program(program, package=package)
    ended = subprocess.run(
        [path, *options, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    return ended.stdout.splitlines()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    for shell in SHELLS:
        (tmp_path / shell).write_text(ssmlint("completion", shell).out)
    return tmp_path


def in_bash(scripts: Path, *words: str) -> list[str]:
    """What bash offers for the last word; `=` is a word of its own, as bash has it."""
    quoted = " ".join(f"'{word}'" for word in words)
    script = (
        f"source '{scripts}/bash'; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; "
        'COMPREPLY=(unset); _ssmlint; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return [word for word in run("bash", "bash", script) if word]


def in_fish(scripts: Path, line: str) -> list[str]:
    script = f"source '{scripts}/fish'; complete --do-complete '{line}'"
    return [offer.partition("\t")[0] for offer in run("fish", "fish", script, "--no-config")]


class TestBash:
    def test_commands(self, scripts: Path) -> None:
        assert set(COMMANDS) <= set(in_bash(scripts, "ssmlint", ""))
        assert in_bash(scripts, "ssmlint", "exp") == ["explain-policy"]

    def test_options(self, scripts: Path) -> None:
        assert in_bash(scripts, "ssmlint", "check", "--fail") == ["--fail-on"]
        assert in_bash(scripts, "ssmlint", "rule", "--al") == ["--all"]

    @pytest.mark.parametrize("words", [("--fail-on", "w"), ("--fail-on", "=", "w")])
    def test_values(self, scripts: Path, words: tuple[str, ...]) -> None:
        assert in_bash(scripts, "ssmlint", "check", *words) == ["warning"]

    def test_a_value_behind_the_sign(self, scripts: Path) -> None:
        found = in_bash(scripts, "ssmlint", "check", "--fail-on", "=")
        assert found == ["error", "warning", "info"]

    def test_an_optional_value_stands_only_behind_the_sign(self, scripts: Path) -> None:
        assert in_bash(scripts, "ssmlint", "check", "--shellcheck", "o") == []
        assert in_bash(scripts, "ssmlint", "check", "--shellcheck", "=", "o") == ["on", "off"]

    def test_lists(self, scripts: Path) -> None:
        words = ("ssmlint", "check", "--select", "SSM001,undefined-v")
        assert in_bash(scripts, *words) == ["SSM001,undefined-variable"]

    def test_operands(self, scripts: Path) -> None:
        assert in_bash(scripts, "ssmlint", "config", "per") == ["per-file-ignores"]
        assert in_bash(scripts, "ssmlint", "completion", "f") == ["fish"]
        assert "undefined-variable" in in_bash(scripts, "ssmlint", "rule", "und")

    def test_paths_are_left_to_bash(self, scripts: Path) -> None:
        assert in_bash(scripts, "ssmlint", "check", "doc") == []
        assert in_bash(scripts, "ssmlint", "check", "--output-file", "doc") == []


class TestFish:
    def test_commands(self, scripts: Path) -> None:
        assert in_fish(scripts, "ssmlint exp") == ["explain-policy"]

    def test_options_and_values(self, scripts: Path) -> None:
        assert in_fish(scripts, "ssmlint check --fail-") == ["--fail-on"]
        assert in_fish(scripts, "ssmlint check --fail-on w") == ["warning"]
        assert in_fish(scripts, "ssmlint config per") == ["per-file-ignores"]

    def test_lists(self, scripts: Path) -> None:
        found = in_fish(scripts, "ssmlint check --ignore SSM001,undefined-v")
        assert found == ["SSM001,undefined-variable"]


class TestZsh:
    #: Completion runs only in a line editor; here is what the script asks it for.
    STUBS = (
        '_arguments() { printf "%s\\n" "$@" }; _describe() { print -l $commands }; compdef() { : }'
    )

    def asked(self, scripts: Path, *given: str) -> list[str]:
        script = (
            f"{self.STUBS}; source '{scripts}/zsh'; words=({' '.join(given)} ''); "
            f"CURRENT={len(given) + 1}; _ssmlint"
        )
        return run("zsh", "zsh", script, "-f")

    def test_commands(self, scripts: Path) -> None:
        offered = self.asked(scripts, "ssmlint")
        assert [line.partition(":")[0] for line in offered] == list(COMMANDS)

    def test_options(self, scripts: Path) -> None:
        specs = self.asked(scripts, "ssmlint", "check")
        names = [
            name
            for c in known_commands()
            if c.name == "check"
            for o in c.options
            for name in o.names
        ]
        assert [spec.partition("[")[0].rstrip("=-") or spec for spec in specs[:-1]] == [
            name.rstrip("=-") for name in names
        ]
        assert any(spec.endswith(":value:(error warning info)") for spec in specs)
        assert specs[-1] == "*:path:_files"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_its_script(shell: str, scripts: Path) -> None:
    path = require_program(shell, package=shell)
    words = [path, "-n", str(scripts / shell)]
    ended = subprocess.run(words, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_an_unknown_shell() -> None:
    result = ssmlint("completion", "tcsh")
    assert (result.status, result.out) == (2, "")
    assert "unknown value `tcsh` for SHELL" in result.err
