"""Where configuration files are, and the table for ssmlint that each of them has."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from ssmlint.errors import UserError
from ssmlint.records import dataclass
from ssmlint.toml import TomlError, loads, type_name

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
    text = text_of(path)
    try:
        return table_of(text, path) is not None
    except UserError:
        # It is another tool's business to complain, unless it is about us.
        return "tool.ssmlint" in text


def text_of(path: str) -> str:
    """The text of a configuration file; raises `UserError` where it cannot be read."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().removeprefix("\ufeff")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"cannot read `{shown(path)}`: {reason}") from error
    except UnicodeDecodeError as error:
        raise UserError("the file is not UTF-8", path=shown(path)) from error


def table_of(text: str, path: str) -> Mapping[str, Any] | None:
    """The options in the text of a file; None for a `pyproject.toml` without a word of us.

    Raises `UserError`, with the line, for what is no TOML or no table.
    """
    try:
        data = loads(text)
    except TomlError as error:
        raise UserError(f"not TOML: {error.message}", path=shown(path), line=error.line) from error
    if os.path.basename(path) != PYPROJECT:
        return data
    tools = data.get("tool", {})
    table = tools.get("ssmlint") if isinstance(tools, Mapping) else None
    if table is not None and not isinstance(table, Mapping):
        wrong = f"`tool.ssmlint` must be a table, not {type_name(table)}"
        raise UserError(wrong, path=shown(path))
    return table


def shown(path: str) -> str:
    """A path as short as it can be written from here."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(path) else path
