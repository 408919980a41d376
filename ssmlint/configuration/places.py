"""On which line of a TOML text each key stands, which the standard library does not tell.

The text has been read by `tomllib` before, so that nothing here has to look for mistakes:
where the reader is lost all the same, it stops, and later keys have no place.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping, Sequence

from ssmlint.toml import TomlError, loads

#: Keys, and indices of arrays, that lead to a value.
KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN = re.compile(r"[^\s,\]}#][^,\]}#\n]*")


def lines_of(text: str) -> Mapping[KeyPath, int]:
    """The line (from 1) of every key, table, and item of an array; never raises."""
    scanner = _Scanner(text)
    with contextlib.suppress(_Lost, TomlError, RecursionError):
        scanner.read()
    lines: dict[KeyPath, int] = {}
    line, behind = 1, 0
    for path, offset in sorted(scanner.found.items(), key=lambda item: item[1]):
        line, behind = line + text.count("\n", behind, offset), offset
        lines[path] = line
    return lines


class _Lost(Exception):
    """The text is not what a reader of TOML would have accepted."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, int] = {}
        self._last: dict[KeyPath, int] = {}
        """The index of the last table of each array of tables."""

    def read(self) -> None:
        table: KeyPath = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            start = self.at
            if self._take("["):
                table = self._header(start)
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self, start: int) -> KeyPath:
        is_array = self._take("[")
        *outer, last = self._key()
        self._expect("]]" if is_array else "]")
        path = (*self._in_last_tables(outer), last)
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], start)
        if not is_array:
            return path
        number = self._last.get(path, -1) + 1
        self._last[path] = number
        self.found.setdefault((*path, number), start)
        return (*path, number)

    def _in_last_tables(self, path: Sequence[str]) -> KeyPath:
        """The path with the index of the table that is meant in each array of tables."""
        full: KeyPath = ()
        for key in path:
            full = (*full, key)
            if full in self._last:
                full = (*full, self._last[full])
        return full

    def _pair(self, table: KeyPath) -> None:
        start = self.at
        path = table
        for key in self._key():
            path = (*path, key)
            self.found.setdefault(path, start)
        self._skip(_SPACE)
        self._expect("=")
        self._value(path)

    def _key(self) -> list[str]:
        keys: list[str] = []
        while not keys or self._take("."):
            self._skip(_SPACE)
            quoted = self.text.startswith(("'", '"'), self.at)
            written = self._skip(_STRING if quoted else _BARE_KEY)
            if not written:
                raise _Lost
            keys.append(str(loads(f"key = {written}")["key"]) if quoted else written)
            self._skip(_SPACE)
        return keys

    def _value(self, path: KeyPath) -> None:
        self._skip(_SPACE)
        self.found.setdefault(path, self.at)
        if self._take("["):
            self._items(path)
        elif self._take("{"):
            self._members(path)
        elif not (self._skip(_STRING) or self._skip(_PLAIN)):
            raise _Lost

    def _items(self, path: KeyPath) -> None:
        number = 0
        self._skip(_BLANK)
        while not self._take("]"):
            self._value((*path, number))
            number += 1
            self._skip(_BLANK)
            self._take(",")
            self._skip(_BLANK)

    def _members(self, path: KeyPath) -> None:
        self._skip(_BLANK)
        while not self._take("}"):
            self._pair(path)
            self._skip(_BLANK)
            self._take(",")
            self._skip(_BLANK)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def _take(self, text: str) -> bool:
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise _Lost
