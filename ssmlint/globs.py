"""Patterns for paths in a configuration: those of `.gitignore`, read from a directory."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

from ssmlint.records import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Glob:
    """A pattern as gitignore(5) has it, except that `!` in front turns its meaning round."""

    pattern: str
    directory: str
    """Absolute: where the configuration stands."""

    def matches(self, path: str, is_directory: bool = False) -> bool:
        """Whether a path (relative to the current directory) or a directory above it fits.

        A path outside of the directory, and the directory itself, fit no pattern at all.
        """
        relative = os.path.relpath(os.path.abspath(path), self.directory)
        if relative in (os.curdir, os.pardir) or relative.startswith(os.pardir + os.sep):
            return False
        name = relative.replace(os.sep, "/") + "/" * is_directory
        return _compiled(self.pattern.removeprefix("!")).match_file(name) != self.is_negated

    @property
    def is_negated(self) -> bool:
        """Whether it means all paths but those that fit."""
        return self.pattern.startswith("!")


@functools.cache
def _compiled(pattern: str) -> GitIgnoreSpec:
    # Not at the top: most runs have no pattern.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines([pattern])


def problem_of(pattern: str) -> str | None:
    """Why a pattern is none, None where it is one."""
    text = pattern.removeprefix("!").strip()
    if not text or text.startswith("#"):
        return "an empty pattern"
    try:
        _compiled(pattern.removeprefix("!"))
    except ValueError as error:
        return str(error)
    return None
