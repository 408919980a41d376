"""Semantic tokens: whole documents, what has changed in them since, and parts."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from lsprotocol import types

from ssmlint.editing import in_common
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint_lsp.buffers import Buffer
from ssmlint_lsp.painting.canvas import MODIFIERS, TYPES
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, view_of

if TYPE_CHECKING:
    from ssmlint_lsp.tokenizing import Token

_LEGEND = types.SemanticTokensLegend(list(TYPES), list(MODIFIERS))
#: Numbers of one token: line and start, both after the token before, length, type, modifiers.
_SIZE = 5


@dataclass(slots=True)
class _Sent:
    """What the client has got of a document."""

    id: str
    data: list[int]


def register(server: Server) -> None:
    """Offer the three requests."""
    sent: dict[str, _Sent] = {}
    ids = itertools.count(1)

    def remember(buffer: Buffer, data: list[int]) -> str:
        opened = {other.uri for other in server.buffers}
        for uri in sent.keys() - opened:
            del sent[uri]
        sent[buffer.uri] = _Sent(str(next(ids)), data)
        return sent[buffer.uri].id

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, _LEGEND)
    def full(ls: Server, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
        view = view_of(ls, params.text_document)
        if view is None:
            return None
        data = encoded(view, _tokens(view))
        return types.SemanticTokens(data, remember(view.buffer, data))

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, _LEGEND)
    def delta(
        ls: Server, params: types.SemanticTokensDeltaParams
    ) -> types.SemanticTokens | types.SemanticTokensDelta | None:
        view = view_of(ls, params.text_document)
        if view is None:
            return None
        before = sent.get(view.buffer.uri)
        data = encoded(view, _tokens(view))
        made = remember(view.buffer, data)
        if before is None or before.id != params.previous_result_id:
            return types.SemanticTokens(data, made)
        return types.SemanticTokensDelta(_difference(before.data, data), made)

    @server.feature(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, _LEGEND)
    def part(ls: Server, params: types.SemanticTokensRangeParams) -> types.SemanticTokens | None:
        view = view_of(ls, params.text_document)
        if view is None:
            return None
        start, end = view.offset(params.range.start), view.offset(params.range.end)
        return types.SemanticTokens(encoded(view, _tokens(view, Span(start, end))))


def _tokens(view: View, within: Span | None = None) -> tuple[Token, ...]:
    from ssmlint_lsp.tokenizing import tokens

    return tokens(view.facts, within)


def encoded(view: View, found: tuple[Token, ...]) -> list[int]:
    """The tokens as numbers, each place counted from the one before it."""
    data: list[int] = []
    line = column = 0
    for token, place in view.ranged(found, lambda token: token.span):
        start, end = place.start, place.end
        if start.line != end.line:  # a line break has been typed into it
            continue
        ahead = start.character - column if start.line == line else start.character
        data += (start.line - line, ahead, end.character - start.character)
        data += (token.paint.type, token.paint.modifiers)
        line, column = start.line, start.character
    return data


def _difference(old: list[int], new: list[int]) -> list[types.SemanticTokensEdit]:
    """One edit that makes the new numbers of the old ones, in whole tokens."""
    if old == new:
        return []
    front = in_common(old, new) // _SIZE * _SIZE
    behind = in_common(old[front:][::-1], new[front:][::-1]) // _SIZE * _SIZE
    stop = len(new) - behind
    return [types.SemanticTokensEdit(front, len(old) - behind - front, new[front:stop])]
