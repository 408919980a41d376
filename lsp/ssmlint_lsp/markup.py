"""Markdown for editors that show it, and the same as plain text for those that do not."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability

from ssmlint_lsp.server import Server


def markup(server: Server, text: str, capability: str) -> types.MarkupContent:
    """A text, in the best form that the client says it can show.

    `capability` names the list of forms: `text_document.hover.content_format`.
    """
    forms = get_capability(server.client_capabilities, capability, None) or ()
    if types.MarkupKind.Markdown in forms:
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, text.replace("**", ""))
