"""Programs that some tests need and that not every machine has.

On a developer's machine a missing program skips the test, visibly, with the command that
installs it.  Where `SSMLINT_REQUIRE_PROGRAMS=1` is set (CI), it fails: a test that silently
never runs proves nothing.
"""

from __future__ import annotations

import os
import shutil
import sys
from glob import glob
from pathlib import Path
from typing import NoReturn

import pytest

_SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
"""Folders of servers and administration tools, which a user's PATH often lacks."""

_POSTGRESQL_FOLDERS = "/usr/lib/postgresql/*/bin"
"""Debian keeps the programs of each PostgreSQL version in a folder of its own."""


def find_program(name: str) -> str | None:
    """The path of the program `name`, or None; for PostgreSQL's, that of the newest version.

    The environment that runs the tests comes first: shellcheck is a package of it.
    """
    environment = str(Path(sys.executable).parent)
    versions = sorted(glob(_POSTGRESQL_FOLDERS), key=_version, reverse=True)
    places = (environment, *os.get_exec_path(), *_SYSTEM_FOLDERS, *versions)
    return shutil.which(name, path=os.pathsep.join(places))


def require_program(name: str, *, package: str) -> str:
    """The path of the program `name`; without it the test is skipped, or fails in CI.

    `package` is the Debian package that brings it, for the hint.
    """
    path = find_program(name)
    if path is not None:
        return path
    do_without(f"`{name}` is not installed: apt-get install {package}")


def do_without(hint: str) -> NoReturn:
    """Skip the test that runs, or fail it in CI; `hint` says what is missing, and how to get it."""
    if os.environ.get("SSMLINT_REQUIRE_PROGRAMS") == "1":
        pytest.fail(hint, pytrace=False)
    pytest.skip(hint)


def _version(folder: str) -> float:
    try:
        return float(folder.split("/")[-2])
    except ValueError:
        return 0.0
