"""Finding and reading the files to check, by what they hold and not by their names."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator

from ssmlint import gitignore
from ssmlint.carriers.looks import looks_like_ours
from ssmlint.records import dataclass
from ssmlint.source import Source, decode

#: No SSM document comes near: the service takes 64 KB, a CloudFormation template 1 MB.
MAX_BYTES = 5_000_000

_SKIPPED_DIRECTORIES = frozenset({"node_modules", "__pycache__"})

#: Endings that promise YAML or JSON; most documents without one of them have none at all.
_DOCUMENT_ENDINGS = frozenset({"", ".yaml", ".yml", ".json"})

#: Bytes by which pictures, archives and the like are told from text.
_HEAD = 1024

_CONTROL = re.compile(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to look into."""

    path: str
    """As the user would write it: below the path that was given, or that path itself."""
    named: bool
    """Whether the user named the file itself, not a directory it lies in."""

    @property
    def promises_document(self) -> bool:
        """Whether a syntax error in the file is worth reporting.

        Program sources and prose may quote a document, and neither is YAML; where the
        user or the ending says that it is meant to be, an error is one.
        """
        return self.named or os.path.splitext(self.path)[1].lower() in _DOCUMENT_ENDINGS


class TooLarge(Exception):
    """A file that may be a document, of more than `MAX_BYTES`."""


#: Whether a search below a path (the third) is to pass over one (the first), which is that
#: of a directory or not.  The third is empty for a path that the user named.
LeavesOut = Callable[[str, bool, str], bool]


def _nothing(path: str, is_directory: bool, top: str) -> bool:
    return False


def find(
    paths: Iterable[str], leaves_out: LeavesOut = _nothing, *, force: bool = False
) -> Iterator[FoundFile]:
    """The files at and below some paths, each once, directories in order of their names.

    In a directory, what git ignores is left out, and so are hidden directories, virtual
    environments, links to directories, whatever is not a regular file, and what the caller
    `leaves_out`; that goes for the paths themselves, too, with `force`.  A path that does
    not exist and a directory that cannot be listed are handed on as they are: reading them
    says what is wrong.
    """
    seen: set[str] = set()
    for path in paths:
        is_directory = os.path.isdir(path)
        if force and leaves_out(path, is_directory, ""):
            continue
        found = _walk(path, leaves_out) if is_directory else iter((FoundFile(path, named=True),))
        for file in found:
            real = os.path.realpath(file.path)
            if real not in seen:
                seen.add(real)
                yield file


def _walk(top: str, leaves_out: LeavesOut) -> Iterator[FoundFile]:
    root = os.path.abspath(top)
    above = gitignore.above(root)
    if gitignore.is_ignored(above, root, is_directory=True):
        # The user wants to know all the same.
        above = ()
    # A stack of our own, so that depth costs no recursion.
    todo = [(top, above)]
    while todo:
        directory, around = todo.pop()
        ignore = around + gitignore.own(os.path.abspath(directory))
        try:
            entries = list(_entries(directory, ignore))
        except OSError:
            yield FoundFile(directory, named=True)
            continue
        below = []
        for entry in entries:
            path = entry.name if directory == os.curdir else os.path.join(directory, entry.name)
            if leaves_out(path, entry.is_dir(), top):
                continue
            if entry.is_dir():
                below.append((path, ignore))
            else:
                yield FoundFile(path, named=False)
        todo.extend(reversed(below))


def _entries(directory: str, ignore: gitignore.IgnoreFiles) -> Iterator[os.DirEntry[str]]:
    """The files and directories in a directory that are to be looked into, by name."""
    with os.scandir(directory) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    if any(entry.name == "pyvenv.cfg" for entry in entries):
        return
    here = os.path.abspath(directory)
    for entry in entries:
        is_directory = entry.is_dir()
        if is_directory and (entry.is_symlink() or _is_skipped(entry.name)):
            continue
        if not is_directory and not entry.is_file():
            continue
        if not gitignore.is_ignored(ignore, os.path.join(here, entry.name), is_directory):
            yield entry


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED_DIRECTORIES


def load(file: FoundFile) -> Source | None:
    """The text of a file, None where a quick look says that it holds nothing of ours.

    Raises `OSError` where it cannot be read, and `TooLarge`.
    """
    data = _read(file)
    source = decode(data[:MAX_BYTES], file.path)
    if not looks_like_ours(source.text) or (not file.named and _is_binary(source.text)):
        return None
    if len(data) > MAX_BYTES:
        raise TooLarge
    return source


def _read(file: FoundFile) -> bytes:
    # Opening a pipe that nobody writes to would wait for ever; opened like this it is
    # empty, while one that has a writer (`<(command)` of a shell) is read to its end.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file.path, flags)
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), file.path)
    with open(descriptor, "rb") as stream:
        if os.name == "posix":
            os.set_blocking(descriptor, True)
        head = stream.read(_HEAD)
        if not file.named and _has_scattered_nuls(head):
            return b""
        return head + stream.read(MAX_BYTES)


def _has_scattered_nuls(head: bytes) -> bool:
    """Whether bytes are surely no text, so that pictures and archives need not be read.

    A file with a mark is text, and UTF-16 without one has nearly all of its NULs at even
    places, or at odd ones.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return False
    fewer, more = sorted((head[0::2].count(0), head[1::2].count(0)))
    return fewer * 8 > more


def _is_binary(text: str) -> bool:
    """Whether a text is none: compiled code and databases may quote a document too."""
    head = text[:8000]
    return len(_CONTROL.findall(head)) * 100 > len(head)
