"""This checkout as a git repository of its own, as others would clone it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: What git must not know of the person who runs the tests.
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
}


def environment(**more: str) -> dict[str, str]:
    """The variables for git and for what git starts: none that belong to a run around this one."""
    own = ("GIT_", "GITHUB_", "SSMLINT_", "PYTHON")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(own)}
    return {**inherited, **GIT, **more}


def git(folder: Path, *arguments: str) -> str:
    """What a git command prints, without the line break at its end."""
    # The checkout may belong to somebody else, as in a container.
    command = ["git", "-c", "safe.directory=*", *arguments]
    ended = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"{command}: {ended.stderr}"
    return ended.stdout.strip()


def begin(folder: Path) -> None:
    """An empty repository."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")


def take(folder: Path) -> str:
    """Put every file of the checkout that git would take into a new repository; its commit."""
    begin(folder)
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message=As it is")
    return git(folder, "rev-parse", "HEAD")
