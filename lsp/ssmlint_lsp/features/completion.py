"""Completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from ssmlint_lsp.markup import documentation
from ssmlint_lsp.server import Server

if TYPE_CHECKING:
    from ssmlint_lsp.completing import Candidate

#: By the names of `CandidateKind`.
_KINDS = {
    "KEY": types.CompletionItemKind.Property,
    "VALUE": types.CompletionItemKind.EnumMember,
    "ACTION": types.CompletionItemKind.Method,
    "PARAMETER": types.CompletionItemKind.Variable,
    "STEP": types.CompletionItemKind.Method,
    "OUTPUT": types.CompletionItemKind.Field,
    "FIELD": types.CompletionItemKind.Field,
    "VARIABLE": types.CompletionItemKind.Variable,
    "FUNCTION": types.CompletionItemKind.Function,
    "DOCUMENT": types.CompletionItemKind.File,
    "RULE": types.CompletionItemKind.Constant,
    "SNIPPET": types.CompletionItemKind.Snippet,
}

#: Where the client says what it can do with items.
_ABILITIES = "text_document.completion.completion_item."

#: Characters behind which an editor asks of its own accord, besides letters.
_TRIGGERS = ("{", "$", ":", '"', "'", "[", "-", " ")


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=_TRIGGERS)
    )
    def complete(ls: Server, params: types.CompletionParams) -> list[types.CompletionItem]:
        from ssmlint_lsp.completing import completions

        buffer = ls.buffer(params.text_document)
        if buffer is None:
            return []
        source = buffer.source
        offset = ls.positions.offset_at(source, params.position)
        known = ls.library.workspace(buffer.facts.settings).known
        found = completions(source.path, source.text, offset, known)
        ranges = ls.positions.ranges_of(source, tuple(item.span for item in found))
        return [_item(ls, one, place) for one, place in zip(found, ranges, strict=True)]


def _item(server: Server, candidate: Candidate, place: types.Range) -> types.CompletionItem:
    from ssmlint_lsp.completing.types import without_places

    has_places = "$" in candidate.text.replace("\\$", "")
    is_snippet = has_places and server.can(_ABILITIES + "snippet_support")
    text = candidate.text if is_snippet else without_places(candidate.text)
    about = documentation(server, candidate.about, _ABILITIES + "documentation_format")
    is_gone = candidate.is_deprecated and server.can(_ABILITIES + "tag_support")
    indents = "\n" in text and server.can(_ABILITIES + "insert_text_mode_support")
    return types.CompletionItem(
        candidate.label,
        kind=_KINDS[candidate.kind.name],
        tags=[types.CompletionItemTag.Deprecated] if is_gone else None,
        detail=candidate.detail or None,
        documentation=about,
        sort_text=f"{candidate.rank}{candidate.label}",
        filter_text=candidate.typed or None,
        insert_text_format=(
            types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText
        ),
        insert_text_mode=types.InsertTextMode.AdjustIndentation if indents else None,
        text_edit=types.TextEdit(place, text),
    )
