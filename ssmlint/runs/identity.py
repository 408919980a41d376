"""What is running: everything besides the files and their settings that makes a result.

That is the code and the tables of ssmlint and of every rule pack, the versions of whatever
else is installed (the parsers), and Python.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.machinery import ModuleSpec

from ssmlint.packs import announced
from ssmlint.runs.hashing import digest, digest_of_all
from ssmlint.runs.store import Store

#: Of what is kept under a name; it changes when the shape of that does.
_VERSION = 1

#: Name, size in bytes and time of the last change in nanoseconds.
_Stamp = tuple[str, int, int]


@functools.lru_cache(maxsize=1)
def identity(store: Store) -> str:
    """A digest of all that is running.

    The code counts by its content, so that fresh installations of one version share their
    results, and so that a change in an editable one counts.  What the files of a package
    come to is remembered for as long as none of them has another size or time.
    """
    folders = dict.fromkeys([os.path.dirname(os.path.dirname(__file__)), *_packs()])
    code = [(os.path.basename(folder), _content(folder, store)) for folder in folders]
    python = (sys.implementation.name, sys.version_info[:3], sys.platform)
    return digest_of_all((_VERSION, python, sorted(_installed(sys.path)), code))


def _packs() -> Iterator[str]:
    """The folders of the rule packs, of their outermost packages; of a pack of one file, that."""
    for package in announced(sys.path).values():
        # The outermost package is found without importing it.
        spec = _spec(package.partition(".")[0])
        if spec is not None:
            yield from spec.submodule_search_locations or filter(None, [spec.origin])


def _spec(package: str) -> ModuleSpec | None:
    try:
        return importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None


def _installed(path: Iterable[str]) -> Iterator[str]:
    """Names and versions of what is installed, as folders of an import path say it."""
    for folder in path:
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:  # a zip file, or nothing
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def _content(folder: str, store: Store) -> str:
    stamps = sorted(_stamps(folder))
    name = digest_of_all(("content", folder, stamps))
    known = store.get(name)
    if known is not None:
        return known.decode("ascii")
    made = digest(*(part for path, _, _ in stamps for part in _file(folder, path)))
    store.put(name, made.encode("ascii"))
    return made


def _file(folder: str, path: str) -> Iterator[bytes | str]:
    yield os.path.relpath(path, folder).replace(os.sep, "/")
    with open(path, "rb") as file:
        yield file.read()


def _stamps(folder: str) -> Iterator[_Stamp]:
    """Every file of a package but for compiled ones."""
    if os.path.isfile(folder):
        yield _stamped(folder, os.stat(folder))
        return
    todo = [folder]
    while todo:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        todo.append(entry.path)
                else:
                    yield _stamped(entry.path, entry.stat())


def _stamped(path: str, stat: os.stat_result) -> _Stamp:
    return path, stat.st_size, stat.st_mtime_ns
