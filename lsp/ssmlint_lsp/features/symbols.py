"""The outline of a document."""

from __future__ import annotations

from lsprotocol import types

from ssmlint_lsp.outlining import Symbol, SymbolKind, document_symbols
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, view_of

KINDS = {
    SymbolKind.DOCUMENT: types.SymbolKind.Module,
    SymbolKind.POLICY: types.SymbolKind.Module,
    SymbolKind.GROUP: types.SymbolKind.Namespace,
    SymbolKind.PARAMETER: types.SymbolKind.Property,
    SymbolKind.VARIABLE: types.SymbolKind.Variable,
    SymbolKind.STEP: types.SymbolKind.Method,
    SymbolKind.OUTPUT: types.SymbolKind.Field,
    SymbolKind.SCRIPT: types.SymbolKind.File,
    SymbolKind.FUNCTION: types.SymbolKind.Function,
    SymbolKind.SCHEDULE: types.SymbolKind.Event,
    SymbolKind.HANDLER: types.SymbolKind.Interface,
}


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(
        ls: Server, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        view = view_of(ls, params.text_document)
        if view is None:
            return []
        found = [made for symbol in document_symbols(view.facts) for made in _made(view, symbol)]
        return found if _is_hierarchical(ls) else _flat(view.buffer.uri, found)


def _made(view: View, symbol: Symbol) -> list[types.DocumentSymbol]:
    """The symbol; its children in its place where it stands in what is being edited."""
    children = [made for child in symbol.children for made in _made(view, child)]
    whole, selection = view.range(symbol.span), view.range(symbol.selection)
    if whole is None or selection is None:
        return children
    return [
        types.DocumentSymbol(
            symbol.name,
            KINDS[symbol.kind],
            whole,
            selection,
            symbol.detail or None,
            children=children,
        )
    ]


def _is_hierarchical(server: Server) -> bool:
    able = server.client_capabilities.text_document
    symbols = able.document_symbol if able is not None else None
    return bool(symbols and symbols.hierarchical_document_symbol_support)


def _flat(
    uri: str, found: list[types.DocumentSymbol], container: str | None = None
) -> list[types.SymbolInformation]:
    """The same as a list, for clients that know no trees."""
    flat: list[types.SymbolInformation] = []
    for symbol in found:
        place = types.Location(uri, symbol.range)
        made = types.SymbolInformation(place, symbol.name, symbol.kind, container_name=container)
        flat.append(made)
        flat += _flat(uri, list(symbol.children or ()), symbol.name)
    return flat
