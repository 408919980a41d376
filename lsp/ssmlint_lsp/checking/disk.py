"""The files of the editor's folders that are not open in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from ssmlint import discovery
from ssmlint.discovery import FoundFile
from ssmlint.files import File
from ssmlint.interruption import checkpoint
from ssmlint.records import dataclass
from ssmlint_lsp.configured import Configured

#: What tells a file from itself after a change, without reading it.
Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Known:
    look: int
    signature: Signature
    file: File | None


class Disk:
    """Files that hold something of ours, each read again only when it has changed."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._found: tuple[FoundFile, ...] | None = None
        self._look = 0

    def look_again(self) -> None:
        """Take nothing for granted that was seen before."""
        self._found = None
        self._look += 1

    def found(self, folders: tuple[str, ...], configured: Configured) -> tuple[FoundFile, ...]:
        """The files to look into, in the order of a run on these folders."""
        if self._found is None:
            paths = [folder for folder in folders if os.path.isdir(folder)]
            self._found = tuple(_while_wanted(discovery.find(paths, configured.leaves_out)))
        return self._found

    def read(self, found: FoundFile) -> File | None:
        """A file, None where there is nothing of ours in it or it cannot be read."""
        known = self._known.get(found.path)
        if known is not None and known.look == self._look:
            return known.file
        signature = signature_of(found.path)
        is_same = known is not None and known.signature == signature
        file = known.file if known is not None and is_same else _load(found)
        self._known[found.path] = _Known(self._look, signature, file)
        return file


def _while_wanted(found: Iterable[FoundFile]) -> Iterator[FoundFile]:
    """The same, with a look before each whether anybody still wants them."""
    for each in found:
        checkpoint()
        yield each


def _load(found: FoundFile) -> File | None:
    try:
        source = discovery.load(found)
    except (OSError, discovery.TooLarge):
        return None
    return None if source is None else File(source)


def signature_of(path: str) -> Signature:
    """What the file of a path looks like from outside; zeros where there is none."""
    try:
        state = os.stat(path)
    except OSError:
        return (0, 0, 0)
    return (state.st_mtime_ns, state.st_size, state.st_ino)


def counts(file: File, found: FoundFile) -> bool:
    """Whether a run on the folder of a file would say anything of it."""
    return file.is_ours and (found.promises_document or not file.contents.is_broken)
