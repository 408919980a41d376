"""The files of the session that features look into: open ones, and those on the disk."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from ssmlint import discovery
from ssmlint.discovery import FoundFile
from ssmlint.files import File, read
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.records import dataclass
from ssmlint.settings import Settings
from ssmlint.source import Source, Span
from ssmlint.tree import Mapping, Tree
from ssmlint.workspace import Promise, Workspace
from ssmlint_lsp.buffers import Buffers
from ssmlint_lsp.checking.disk import Signature, signature_of
from ssmlint_lsp.checks import Checks

#: Files that are remembered.
_MOST_FILES = 200


@dataclass(frozen=True, slots=True)
class _Known:
    signature: Signature
    file: File


class Library:
    """Reads files when a feature asks for them, and again when they have changed."""

    def __init__(self, buffers: Buffers, checks: Checks) -> None:
        self._buffers = buffers
        self._checks = checks
        self._known: dict[str, _Known] = {}

    def file(self, path: str) -> File | None:
        """A file, as the editor has it if it is open there; None where there is none."""
        buffer = self._buffers.at_path(path)
        if buffer is not None:
            return buffer.good.file
        signature = signature_of(path)
        known = self._known.get(path)
        if known is None or known.signature != signature:
            loaded = _load(path)
            if loaded is None:
                self._known.pop(path, None)
                return None
            known = _Known(signature, loaded)
            if len(self._known) >= _MOST_FILES:
                self._known.clear()
            self._known[path] = known
        return known.file

    def workspace(self, settings: Settings) -> Workspace:
        """The documents of the session by the names that policies call them."""
        return Workspace(self._promises(), settings.documents)

    def _promises(self) -> Iterator[Promise]:
        for name, path in self._checks.documents:
            make = functools.partial(self._document, name, path)
            yield Promise(name, Source(path, ""), make)

    def _document(self, name: str, path: str) -> SsmDocument:
        file = self.file(path)
        documents = file.documents if file is not None else ()
        named = (document for document in documents if document.name == name)
        return next(named, documents[0] if documents else _nothing(path))

    def files(self) -> Iterator[File]:
        """Every file of the session that is known to hold something of ours."""
        paths = [buffer.path for buffer in self._buffers]
        paths += [path for _, path in self._checks.documents]
        paths += [path for path, found in self._checks.found.items() if found.is_ours]
        for path in dict.fromkeys(paths):
            file = self.file(path)
            if file is not None:
                yield file


def _load(path: str) -> File | None:
    try:
        source = discovery.load(FoundFile(path, named=True))
    except (OSError, discovery.TooLarge):
        return None
    return None if source is None else read(source)


def _nothing(path: str) -> SsmDocument:
    """A document that is gone: an empty one."""
    source = Source(path, "")
    root = Mapping(Span(0, 0), ())
    return SsmDocument(source, Tree(source, "yaml", (root,)), root, DocumentKind.COMMAND)
