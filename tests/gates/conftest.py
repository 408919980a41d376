"""What is made once for all tests of this folder, by whichever of their processes comes first."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from tests.gates import snapshot
from tests.gates.snapshot import environment, git

#: What pip says where it cannot reach the package index.
_OFFLINE = re.compile(
    r"No matching distribution|Could not find a version|Failed to establish a new connection"
    r"|Temporary failure in name resolution|Network is unreachable|ConnectionError|ReadTimeout"
)

#: Seconds to install a handful of packages, generously.
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Project:
    """A repository of somebody who uses the hook."""

    folder: Path
    home: Path
    """Where pre-commit keeps what it has installed."""

    def write(self, name: str, text: str) -> None:
        """Write a file and tell git of it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        git(self.folder, "add", name)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the repository."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment(PRE_COMMIT_HOME=str(self.home), PRE_COMMIT_COLOR="never"),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )

    def commit(self) -> subprocess.CompletedProcess[str]:
        """Try to commit what was added."""
        return self.run("git", "commit", "--message=A change")


def pre_commit(*arguments: str) -> tuple[str, ...]:
    """A command line of the pre-commit that is installed for the tests."""
    return (sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all processes that run these tests."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if os.environ.get("PYTEST_XDIST_WORKER") is None else own.parent) / "gates"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def checkout(shared: Path) -> tuple[Path, str]:
    """A clone of this checkout, and the commit that it stands at."""
    if not (snapshot.ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    folder = shared / "ssmlint"
    with FileLock(shared / "lock"):
        commit = git(folder, "rev-parse", "HEAD") if folder.exists() else snapshot.take(folder)
    return folder, commit


@pytest.fixture(scope="session")
def hooked(shared: Path, checkout: tuple[Path, str]) -> Path:
    """The home of pre-commit in which the hook is installed.  Without a package index the
    tests that ask for it are skipped, and fail in CI."""
    folder, commit = checkout
    home = shared / "home"
    with FileLock(shared / "lock"):
        project = a_project(shared / "first", folder, commit, home)
        ended = project.run(*pre_commit("install-hooks"))
    if ended.returncode != 0:
        said = ended.stdout + ended.stderr
        if not _OFFLINE.search(said) or os.environ.get("SSMLINT_REQUIRE_PROGRAMS") == "1":
            pytest.fail(f"the hook cannot be installed:\n{said}", pytrace=False)
        pytest.skip("the hook cannot be installed without a package index")
    return home


def a_project(folder: Path, repo: Path, commit: str, home: Path, *arguments: str) -> Project:
    """A repository whose commits go through the hook."""
    snapshot.begin(folder)
    project = Project(folder, home)
    given = f"\n        args: [{', '.join(arguments)}]" if arguments else ""
    project.write(
        ".pre-commit-config.yaml",
        f"repos:\n  - repo: {repo}\n    rev: {commit}\n    hooks:\n      - id: ssmlint{given}\n",
    )
    return project
