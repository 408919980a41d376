"""GNU bash as the judge of our reading; tests that need it are skipped without it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="bash is not installed")

#: `bash -n` prints these and still exits with 0.
_OBJECTIONS = ("syntax error", "unexpected", "expected", "not a valid")


def run(script: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a script from standard input in an empty environment."""
    assert BASH is not None
    return subprocess.run(
        [BASH, "--norc", "--noprofile", *options],
        input=script.encode(),
        capture_output=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/nonexistent"},
        timeout=60,
        check=False,
    )


def objection(script: str, *options: str) -> str:
    """What bash says against the syntax of a script, nothing where it takes it."""
    done = run(script, "-n", *options)
    said = done.stderr.decode(errors="replace")
    if done.returncode or any(words in said for words in _OBJECTIONS):
        return said or "it exits with an error"
    return ""
