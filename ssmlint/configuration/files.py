"""Where configuration files are, and what is known of values in them without reading any."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from ssmlint.records import dataclass

#: The names of configuration files; of several in one folder the first counts.
FILE_NAMES = (".ssmlint.toml", "ssmlint.toml", "pyproject.toml")
PYPROJECT = "pyproject.toml"

#: What a `pyproject.toml` with `[tool.ssmlint]` has in some way or another.
_SPEAKS_OF_US = re.compile(
    r"""^[ \t]*(?:\[\[?[ \t]*)?["']?tool["']?[ \t]*(?:[]=]|\.[ \t]*["']?ssmlint\b)""", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written."""

    path: str
    """A file, or words for what is none."""
    line: int | None = None
    """From 1."""

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file (or the command line) says, checked."""

    path: str
    values: Mapping[str, Any]
    """By the names of options."""
    origins: Mapping[str, Origin]


def file_in(directory: str) -> str | None:
    """The configuration file of a folder; a `pyproject.toml` only if it speaks of ssmlint."""
    for name in FILE_NAMES:
        path = os.path.join(directory, name)
        if os.path.isfile(path) and (name != PYPROJECT or _has_table(path)):
            return path
    return None


def _has_table(path: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return False
    if not _SPEAKS_OF_US.search(text):
        return False
    # Not at the top: most files are under no configuration.
    from ssmlint.configuration.layers import has_table

    return has_table(path)
