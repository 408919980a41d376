"""A document as features see it: facts that can be asked, whatever is being typed.

Of a half-typed text there are no facts; then those of the last one that could be read are
asked, and places are carried over.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types

from ssmlint.source import Source, Span
from ssmlint_lsp.buffers import Buffer
from ssmlint_lsp.library import Library
from ssmlint_lsp.places import uri_of
from ssmlint_lsp.positions import Positions
from ssmlint_lsp.server import Server
from ssmlint_lsp.texts import Drift

if TYPE_CHECKING:
    from ssmlint.engine import Facts

Item = TypeVar("Item")


class View:
    """One open document at one version."""

    def __init__(self, server: Server, buffer: Buffer) -> None:
        self.buffer = buffer
        self.positions: Positions = server.positions
        self._library: Library = server.library

    @functools.cached_property
    def facts(self) -> Facts:
        """The facts of the text, or of the last one that could be read."""
        good = self.buffer.good
        if not good.file.policies:
            return good
        from ssmlint.engine import Facts

        # Which documents there are that a policy may call, may have changed meanwhile.
        return Facts(good.file, self._library.workspace(good.settings), good.settings)

    @property
    def is_ours(self) -> bool:
        """Whether the text holds, or did hold, anything that we speak of.

        Editors send every file of YAML and JSON, and others know more about most of them.
        """
        return self.facts.file.is_ours or self.buffer.file.is_ours

    @property
    def is_current(self) -> bool:
        """Whether the facts are those of the text as it is now."""
        return self.facts.file.source is self.buffer.source

    @functools.cached_property
    def _drift(self) -> Drift | None:
        return None if self.is_current else Drift(self.facts.file.source, self.buffer.source)

    def offset(self, position: types.Position) -> int:
        """The offset, in the text of the facts, of a position in the text of the editor."""
        offset = self.positions.offset_at(self.buffer.source, position)
        return offset if self._drift is None else self._drift.offset_before(offset)

    def span(self, span: Span) -> Span | None:
        """Where a span of the facts stands now; None where it has been edited."""
        return span if self._drift is None else self._drift.span(span)

    def range(self, span: Span) -> types.Range | None:
        """The same as a range."""
        now = self.span(span)
        return None if now is None else self.positions.range_of(self.buffer.source, now)

    def ranged(
        self, items: Iterable[Item], span_of: Callable[[Item], Span]
    ) -> Iterator[tuple[Item, types.Range]]:
        """Each item with its range; those are left out that have been edited since."""
        placed = [(item, self.span(span_of(item))) for item in items]
        known = [(item, span) for item, span in placed if span is not None]
        spans = tuple(span for _, span in known)
        ranges = self.positions.ranges_of(self.buffer.source, spans)
        return ((item, made) for (item, _), made in zip(known, ranges, strict=True))


def view_of(server: Server, document: types.TextDocumentIdentifier) -> View | None:
    """The open document that a request is about, None where it is not open."""
    buffer = server.buffer(document)
    return None if buffer is None else View(server, buffer)


def location(server: Server, view: View, source: Source, span: Span) -> types.Location | None:
    """A place of the document itself, or of another file of the workspace."""
    if source is view.facts.file.source:
        own = view.range(span)
        return None if own is None else types.Location(view.buffer.uri, own)
    opened = server.buffers.at_path(source.path)
    uri = opened.uri if opened is not None else uri_of(source.path)
    return types.Location(uri, server.positions.range_of(source, span))
