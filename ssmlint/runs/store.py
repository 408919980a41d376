"""The cache on disk: small files in a folder that anybody may delete at any time.

Several runs may use one folder at once, without locks: an entry never changes once it has
its name, and it gets its name when it is whole.  An entry that is damaged is none, and is
written again.  What has not been used for some time is removed by the way.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from ssmlint.errors import UserError
from ssmlint.runs.hashing import digest

#: Of the entries; another layout gets another folder.
_ENTRIES = "1"

_TAG = "CACHEDIR.TAG"
#: https://bford.info/cachedir/ says that backups pass over a folder with this first line.
_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
_TAG_TEXT = f"""\
{_SIGNATURE}
# This folder is the cache of ssmlint, see https://bford.info/cachedir/.
# `ssmlint clean` removes it, and so may you.
"""
_OURS = "the cache of ssmlint"

_PRUNED = "last-pruned"

#: Everything that stands in a cache folder.
_NAMES = frozenset({_ENTRIES, _TAG, ".gitignore", _PRUNED})

#: Entries that could not be written before a run gives up to write any.
_MOST_FAILURES = 5

#: Seconds after which an entry that nobody has used is removed, between two such clean-ups,
#: and after which a use is written down.
_MONTH, _DAY = 30 * 86_400.0, 86_400.0


def default_folder() -> str | None:
    """Where the cache is when nobody says so; None where there is no home to put it.

    `XDG_CACHE_HOME` and its default are those of the XDG Base Directory Specification.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):  # "all paths must be absolute", others are to be ignored
        home = os.path.expanduser(os.path.join("~", ".cache"))
    return os.path.join(home, "ssmlint") if os.path.isabs(home) else None


class Store:
    """Texts of bytes by name, in a folder.

    Raises `UserError` for a folder that holds something else.  Nothing here raises for what
    happens on the disk: a folder that cannot be read holds nothing, and where nothing can be
    written nothing is kept.
    """

    def __init__(self, folder: str) -> None:
        if not _may_be_cache(folder):
            hint = "name a folder that is empty, or not there yet"
            raise UserError(f"`{folder}` holds other files, it cannot be the cache", hint=hint)
        self.folder = folder
        self._entries = os.path.join(folder, _ENTRIES)
        self._now = time.time()
        self._is_made = False
        self._failures = 0

    def get(self, name: str) -> bytes | None:
        """What was put under a name (hexadecimal digits), None where nothing is or it is damaged."""
        path = self._path(name)
        try:
            with open(path, "rb") as file:
                seal, _, body = file.read().partition(b"\n")
                used = os.fstat(file.fileno()).st_mtime
        except OSError:
            return None
        if seal != _seal(name, body):
            return None
        if self._now - used > _DAY:
            _touch(path)
        return body

    def put(self, name: str, body: bytes) -> None:
        """Keep bytes under a name."""
        if self._failures == _MOST_FAILURES:
            return
        path = self._path(name)
        # A name that no other process of any machine takes: the folder may be shared.
        whole = f"{path}.{os.urandom(8).hex()}"
        try:
            self._make()
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(whole, "wb") as file:
                file.write(_seal(name, body) + b"\n" + body)
            os.replace(whole, path)
        except OSError:
            self._failures += 1
            _remove(whole)

    def close(self) -> None:
        """Remove what has not been used for a month, if that was last done a day ago."""
        if not self._is_made or self._failures:
            return
        stamp = os.path.join(self.folder, _PRUNED)
        try:
            is_due = self._now - os.stat(stamp).st_mtime > _DAY
        except OSError:
            is_due = True
        if is_due:
            _touch(stamp)
            for path in _files_below(self._entries):
                if self._now - _mtime(path) > _MONTH:
                    _remove(path)

    def _path(self, name: str) -> str:
        return os.path.join(self._entries, name[:2], name[2:])

    def _make(self) -> None:
        """The folder itself, marked so that backups, git and `clean` know it."""
        if self._is_made:
            return
        os.makedirs(self.folder, mode=0o700, exist_ok=True)
        for name, text in ((_TAG, _TAG_TEXT), (".gitignore", "*\n")):
            path = os.path.join(self.folder, name)
            if not os.path.exists(path):
                with open(path, "w", encoding="utf-8", newline="\n") as file:
                    file.write(text)
        self._is_made = True


def clean(folder: str) -> int:
    """Remove a cache; the number of its entries.

    Raises `UserError` for a folder that is no cache of ours, and where it cannot be removed.
    """
    if not os.path.lexists(folder):
        return 0
    if not _is_cache(folder):
        hint = "a cache has a CACHEDIR.TAG of ssmlint in it"
        raise UserError(f"`{folder}` is no cache of ssmlint, nothing is removed", hint=hint)
    # Not at the top: this is what nearly no run does.
    import shutil

    entries = os.path.join(folder, _ENTRIES)
    count = sum(1 for _ in _files_below(entries))
    try:
        if os.path.isdir(entries):
            shutil.rmtree(entries)
        for name in (_PRUNED, ".gitignore", _TAG):
            if os.path.exists(os.path.join(folder, name)):
                os.remove(os.path.join(folder, name))
        if not os.listdir(folder):
            os.rmdir(folder)
    except OSError as error:
        raise UserError(f"cannot remove `{folder}`: {error.strerror or error}") from error
    return count


def _may_be_cache(folder: str) -> bool:
    """Whether a folder is a cache of ours, is about to become one in another run, or is free."""
    if not os.path.lexists(folder):
        return True
    try:
        return _is_cache(folder) or _NAMES.issuperset(os.listdir(folder))
    except OSError:
        return False


def _is_cache(folder: str) -> bool:
    try:
        with open(os.path.join(folder, _TAG), encoding="utf-8") as file:
            text = file.read(1000)
    except (OSError, UnicodeDecodeError):
        return False
    return text.startswith(_SIGNATURE) and _OURS in text


def _seal(name: str, body: bytes) -> bytes:
    """What stands before an entry: it fits that name and those bytes and no others."""
    return digest(name, body).encode()


def _files_below(folder: str) -> Iterator[str]:
    for directory, _, names in os.walk(folder):
        yield from (os.path.join(directory, name) for name in names)


def _mtime(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0


def _touch(path: str) -> None:
    try:
        with open(path, "ab"):
            os.utime(path)
    except OSError:
        return


def _remove(path: str) -> None:
    try:
        os.remove(path)
    except OSError:
        return
