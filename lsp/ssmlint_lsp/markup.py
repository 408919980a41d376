"""Markdown for editors that show it, and the same as plain text for those that do not."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types
from pygls.capabilities import get_capability

from ssmlint_lsp.server import Server


def markup(server: Server, text: str, capability: str) -> types.MarkupContent:
    """A text, in the best form that the client says it can show.

    `capability` names the list of forms: `text_document.hover.content_format`.
    """
    if types.MarkupKind.Markdown in _forms(server, capability):
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, text.replace("**", ""))


def documentation(server: Server, text: str, capability: str) -> types.MarkupContent | str | None:
    """The same where a mere text is allowed, too, for clients that name no form."""
    if not text or _forms(server, capability):
        return markup(server, text, capability) if text else None
    return text.replace("**", "")


def _forms(server: Server, capability: str) -> Sequence[types.MarkupKind]:
    return get_capability(server.client_capabilities, capability, None) or ()
