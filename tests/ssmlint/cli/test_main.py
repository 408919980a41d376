"""`ssmlint` itself: commands, wrong use, statuses, start-up."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ssmlint import __version__
from tests.command import ssmlint

#: What takes long to import, and what few runs need.
HEAVY = ("bashlex", "jsonschema", "tree_sitter", "tree_sitter_json", "pygls", "lsprotocol")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def test_version() -> None:
    result = ssmlint("--version")
    assert (result.status, result.out) == (0, f"ssmlint {__version__}\n")


def imported(*arguments: str) -> set[str]:
    """The top-level packages that a command line imports."""
    timed = python("-X", "importtime", "-m", "ssmlint", *arguments).stderr
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in timed.splitlines()}


def test_version_imports_nothing_heavy() -> None:
    found = imported("--version")
    assert "ssmlint" in found
    assert found.isdisjoint({*HEAVY, "argparse", "dataclasses", "re2", "ruamel"})


def test_checking_a_clean_document_imports_nothing_heavy(pytestconfig: pytest.Config) -> None:
    path = pytestconfig.rootpath / "fixtures" / "good" / "rotate-logs.yaml"
    found = imported("check", str(path))
    assert {"ssmlint", "ssmlint_rules", "ruamel"} <= found
    assert found.isdisjoint({*HEAVY, "email", "tempfile", "difflib", "pathspec"})


def test_no_command_prints_the_help_and_is_wrong_use() -> None:
    result = ssmlint()
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("usage: ssmlint COMMAND")


@pytest.mark.parametrize(
    "arguments", [("--help",), ("-h",), ("check", "--help"), ("rule", "check", "-h")]
)
def test_help_goes_to_standard_output(arguments: tuple[str, ...]) -> None:
    result = ssmlint(*arguments)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("usage: ssmlint ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("chekc", "unknown command `chekc`\n  hint: did you mean `check`?"),
        ("--versoin", "unknown option `--versoin`\n  hint: did you mean `--version`?"),
        ("tests", "unknown command `tests`\n  hint: `ssmlint check tests` checks it"),
        ("check --exit-zer", "unknown option `--exit-zer`\n  hint: did you mean `--exit-zero`?"),
        ("check --selct=SH", "unknown option `--selct`\n  hint: did you mean `--select`?"),
        ("check --output-format jsn", "unknown value `jsn` for --output-format"),
        ("check --output-format jsn", "hint: did you mean `json`?"),
        ("check --select", "argument --select: expected one argument"),
        ("check --select NOPE", "unknown rule `NOPE` in --select"),
        ("check --ignore duplicate-step-nam", "did you mean `duplicate-step-name`?"),
        ("rule duplicate-step-nam", "did you mean `duplicate-step-name`?"),
        ("rule one two", "unexpected argument `two`"),
    ],
)
def test_wrong_use_is_said_with_a_hint(
    arguments: str, said: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pytestconfig.rootpath)
    result = ssmlint(*arguments.split())
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("ssmlint: error: ")
    assert said in result.err


def test_wrong_use_from_a_shell_is_no_traceback() -> None:
    ended = python("-m", "ssmlint", "check", "--nope")
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
