"""TOML by the standard library, or by what took its place before Python 3.11."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

_LINE = re.compile(r" \(at line (?P<line>\d+), column \d+\)\Z")

_NAMES = {bool: "a boolean", int: "an integer", float: "a number", str: "a string"}


class TomlError(Exception):
    """A text that is no TOML: why, and on which line (from 1) where that is known."""

    def __init__(self, message: str, line: int | None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def loads(text: str) -> dict[str, Any]:
    """Read a text; raises `TomlError`."""
    # Not at the top: most runs read no TOML at all, from a file under no configuration.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _LINE.search(said)
        line = int(place["line"]) if place else text.count("\n") + 1
        message = _LINE.sub("", said).removesuffix(" (at end of document)")
        raise TomlError(message[:1].lower() + message[1:], line) from error
    except ValueError as error:  # of `int`: "Exceeds the limit (4300 digits) ..."
        raise TomlError("a number has too many digits", None) from error
    except RecursionError as error:
        raise TomlError("nested too deeply", None) from error
    return data


def type_name(value: Any) -> str:
    """What a value is, in words."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return _NAMES.get(type(value), "a date or time")
