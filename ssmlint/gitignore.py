"""Which paths git would not look at: `.gitignore` files and `.git/info/exclude`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ssmlint.records import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class IgnoreFile:
    """The patterns of one file, which hold for everything below `directory`."""

    directory: str
    """Absolute."""
    patterns: GitIgnoreSpec

    def verdict(self, path: str, is_directory: bool) -> bool | None:
        """Whether the patterns ignore an absolute path; None where they do not speak of it."""
        relative = os.path.relpath(path, self.directory).replace(os.sep, "/")
        return self.patterns.check_file(relative + "/" * is_directory).include


IgnoreFiles = tuple[IgnoreFile, ...]
"""The files that hold in one directory, the outermost first."""


def above(directory: str) -> IgnoreFiles:
    """The files that hold in an absolute directory because of where it lies, not its own.

    Those are the `.gitignore` files between it and the root of its git repository, and
    the repository's `.git/info/exclude`; none outside of a repository.
    """
    parents: list[str] = []
    current = directory
    while not os.path.exists(os.path.join(current, ".git")):
        parent = os.path.dirname(current)
        if parent == current:
            return ()
        current = parent
        parents.append(current)
    found = _read(os.path.join(current, ".git", "info", "exclude"), current)
    for parent in reversed(parents):
        found += own(parent)
    return found


def own(directory: str) -> IgnoreFiles:
    """The `.gitignore` of an absolute directory, if it has one."""
    return _read(os.path.join(directory, ".gitignore"), directory)


def is_ignored(files: IgnoreFiles, path: str, is_directory: bool) -> bool:
    """Whether git ignores an absolute path whose parents it does not ignore.

    The innermost file that has a matching pattern decides (gitignore(5)).
    """
    for file in reversed(files):
        verdict = file.verdict(path, is_directory)
        if verdict is not None:
            return verdict
    return False


def _read(path: str, directory: str) -> IgnoreFiles:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return ()
    # Not at the top: most runs never see a directory.
    from pathspec import GitIgnoreSpec

    try:
        patterns = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        patterns = GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))
    return (IgnoreFile(directory, patterns),)


def _is_pattern(line: str) -> bool:
    """Whether a line is a pattern; git passes over one that is none."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
