"""Paths as the readers of reports want them: below the root of the repository."""

from __future__ import annotations

import os
from urllib.parse import quote


class Paths:
    """Paths from where a run stands, as paths from the root of its git repository.

    Outside of a repository the root is the current directory.
    """

    def __init__(self) -> None:
        here = os.getcwd()
        self._root = _repository(here) or here

    def relative(self, path: str) -> str | None:
        """The path below the root, with `/`; None where it lies elsewhere, or is no file."""
        if _is_no_file(path):
            return None
        full = os.path.abspath(path)
        return _below(full, self._root) or _below(_without_links(full), self._root)

    def shown(self, path: str) -> str:
        """The path below the root where there is one, else the path as it is."""
        return self.relative(path) or path

    def uri(self, path: str) -> tuple[str, bool]:
        """The path as a URI reference, and whether that is relative to the root."""
        below = self.relative(path)
        if below is not None:
            return quote(_bytes(below)), True
        if _is_no_file(path):
            return quote(_bytes(path)), False
        return "file://" + quote(_bytes(_with_slashes(os.path.abspath(path)))), False


def _repository(directory: str) -> str | None:
    while not os.path.exists(os.path.join(directory, ".git")):
        parent = os.path.dirname(directory)
        if parent == directory:
            return None
        directory = parent
    return directory


def _is_no_file(path: str) -> bool:
    return "\0" in path or (path.startswith("<") and path.endswith(">"))


def _without_links(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):  # no name that the system can look up
        return path


def _below(path: str, root: str) -> str | None:
    try:
        relative = os.path.relpath(path, root)
    except ValueError:  # on another drive
        return None
    outside = relative == os.pardir or relative.startswith(os.pardir + os.sep)
    return None if outside else relative.replace(os.sep, "/")


def _with_slashes(path: str) -> str:
    path = path.replace(os.sep, "/")
    return path if path.startswith("/") else f"/{path}"


def _bytes(path: str) -> bytes:
    """The bytes of a name; those that are no UTF-8 come back as they are on the disk."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")
