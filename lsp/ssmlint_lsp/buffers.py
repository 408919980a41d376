"""What the editor has open: texts as the editor sees them, and what the engine makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote

from lsprotocol import types

from ssmlint.engine import Facts
from ssmlint.files import File, read
from ssmlint.source import Source, Span
from ssmlint_lsp.places import path_of
from ssmlint_lsp.positions import Positions

#: Makes the facts of a file: who calls knows settings and the other documents.
MakeFacts = Callable[[File], Facts]

_MARK = "\ufeff"


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


def source_of(path: str, text: str) -> Source:
    """A text of the editor as a source.

    Editors keep the byte-order mark to themselves; one that is sent all the same is taken
    off as it is off a file.
    """
    return Source(path, text.removeprefix(_MARK), had_bom=text.startswith(_MARK))


def _changed(text: str, change: types.TextDocumentContentChangeEvent, positions: Positions) -> str:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return change.text
    span = positions.span_at(Source("", text), change.range)
    return f"{text[: span.start]}{change.text}{text[span.end :]}"


class Drift:
    """Carries spans of an older text over to a newer one.

    What differs is taken for one edit, from the first to the last character that does.
    """

    def __init__(self, old: Source, new: Source) -> None:
        self._by = len(new.text) - len(old.text)
        self._start, self._end, _ = changed_part(old.text, new.text)

    def span(self, span: Span) -> Span | None:
        """Where a span stands now; None where the edit goes through it."""
        if span.end <= self._start:
            return span
        if span.start >= self._end:
            return Span(span.start + self._by, span.end + self._by)
        if span.start <= self._start and span.end >= self._end:
            return Span(span.start, span.end + self._by)
        return None

    def offset_before(self, offset: int) -> int:
        """The offset in the older text of one in the newer."""
        if offset <= self._start:
            return offset
        return max(offset - self._by, self._start)


def changed_part(old: str, new: str) -> tuple[int, int, str]:
    """Start and end of what differs in an older text, and what stands there in a newer one."""
    start = _common(old, new)
    most = min(len(old), len(new)) - start
    behind = _common(old[::-1][:most], new[::-1][:most])
    return start, len(old) - behind, new[start : len(new) - behind]


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


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
