"""What the editor has open: texts as the editor sees them, and what the engine makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from lsprotocol import types

from ssmlint.carriers.looks import looks_like_ours
from ssmlint.files import File, read
from ssmlint.source import Source
from ssmlint_lsp.places import path_of
from ssmlint_lsp.positions import Positions
from ssmlint_lsp.texts import source_of

if TYPE_CHECKING:
    from ssmlint.engine import Facts

#: Makes the facts of a file: who calls knows settings and the other documents.
MakeFacts: TypeAlias = Callable[[File], "Facts"]


class Buffer:
    """One open document.

    `text` is what the editor has, to the character.  `source`, `file` and `facts` are of
    that text and are made when they are first asked for; `good` is of the last text that
    could be read, which is the same unless the text is half-typed now.
    """

    def __init__(self, item: types.TextDocumentItem, make_facts: MakeFacts) -> None:
        self.uri = item.uri
        self.path = path_of(item.uri)
        self.language = item.language_id
        self.version = item.version
        self.text = item.text
        self._make_facts = make_facts
        self._source: Source | None = None
        self._file: File | None = None
        self._facts: Facts | None = None
        self._good: Facts | None = None

    @property
    def source(self) -> Source:
        """The text as the engine takes it."""
        if self._source is None:
            self._source = source_of(self.path, self.text)
        return self._source

    @property
    def file(self) -> File:
        """Tree, documents and policies of the text."""
        if self._file is None:
            self._file = read(self.source)
        return self._file

    @property
    def facts(self) -> Facts:
        """The facts of the text; of one that cannot be read, only source and tree."""
        if self._facts is None:
            self._facts = self._make_facts(self.file)
            if not self.file.tree.broken:
                self._good = self._facts
        return self._facts

    @property
    def good(self) -> Facts:
        """The facts of the last text that could be read; of this one if there was none.

        Their spans are those of `good.file.source`; `Drift` carries them over.
        """
        facts = self.facts
        return self._good or facts

    def settle(self) -> None:
        """Read the text in a quiet moment, so that `good` is not far behind."""
        # What is none of our business may be of any size.
        if looks_like_ours(self.text):
            _ = self.facts

    def forget(self) -> None:
        """Let go of the facts: settings, or other documents, have changed."""
        self._facts = None
        if self._good is not None:
            self._good = self._make_facts(self._good.file)

    def change(
        self,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        version: int,
        positions: Positions,
    ) -> None:
        """Take over edits, each about the text that the one before it has left."""
        if self._good is None:
            self.settle()
        for change in changes:
            self.text = _changed(self.text, change, positions)
        self.version = version
        self._source = self._file = self._facts = None


def _changed(text: str, change: types.TextDocumentContentChangeEvent, positions: Positions) -> str:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return change.text
    span = positions.span_at(Source("", text), change.range)
    return f"{text[: span.start]}{change.text}{text[span.end :]}"


class Buffers:
    """The open documents by URI."""

    def __init__(self, positions: Positions, make_facts: MakeFacts) -> None:
        self.positions = positions
        self._make_facts = make_facts
        self._open: dict[str, Buffer] = {}

    def __iter__(self) -> Iterator[Buffer]:
        return iter(tuple(self._open.values()))

    def get(self, uri: str) -> Buffer | None:
        """The document of that URI, None where it is not open."""
        return self._open.get(_key(uri))

    def at_path(self, path: str) -> Buffer | None:
        """The open document of a file."""
        return next((b for b in self._open.values() if b.path == path), None)

    def open(self, item: types.TextDocumentItem) -> Buffer:
        """Take a document in."""
        buffer = Buffer(item, self._make_facts)
        self._open[_key(item.uri)] = buffer
        return buffer

    def change(self, params: types.DidChangeTextDocumentParams) -> Buffer | None:
        """Take edits over; None where the document is not open."""
        buffer = self.get(params.text_document.uri)
        if buffer is not None:
            version = params.text_document.version
            buffer.change(params.content_changes, version, self.positions)
        return buffer

    def close(self, uri: str) -> Buffer | None:
        """Let a document go; None where it is not open."""
        return self._open.pop(_key(uri), None)


def _key(uri: str) -> str:
    """The same for every way to write a URI: clients escape characters as they like."""
    return unquote(uri)
