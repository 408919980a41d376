"""The outline of a document."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from ssmlint_lsp.library import Library
from ssmlint_lsp.places import uri_of
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, view_of

if TYPE_CHECKING:
    from ssmlint.files import File
    from ssmlint_lsp.outlining import Found, Symbol

#: By the names of `SymbolKind`.
KINDS = {
    "DOCUMENT": types.SymbolKind.Module,
    "POLICY": types.SymbolKind.Module,
    "GROUP": types.SymbolKind.Namespace,
    "PARAMETER": types.SymbolKind.Property,
    "VARIABLE": types.SymbolKind.Variable,
    "STEP": types.SymbolKind.Method,
    "OUTPUT": types.SymbolKind.Field,
    "SCRIPT": types.SymbolKind.File,
    "FUNCTION": types.SymbolKind.Function,
    "CLASS": types.SymbolKind.Class,
    "SCHEDULE": types.SymbolKind.Event,
    "HANDLER": types.SymbolKind.Interface,
}


#: More than anybody looks through.
_MOST_SYMBOLS = 500


def register(server: Server) -> None:
    """Offer the request."""

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(
        ls: Server, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        from ssmlint_lsp.outlining import document_symbols

        view = view_of(ls, params.text_document)
        if view is None:
            return []
        found = [made for symbol in document_symbols(view.facts) for made in _made(view, symbol)]
        is_tree = ls.can("text_document.document_symbol.hierarchical_document_symbol_support")
        return found if is_tree else _flat(view.buffer.uri, found)

    @server.feature(types.WORKSPACE_SYMBOL)
    async def everywhere(
        ls: Server, params: types.WorkspaceSymbolParams
    ) -> list[types.WorkspaceSymbol]:
        # Many files may have to be read, which the loop that all wait for has no time for.
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(ls.thread_pool, _found, ls.library, params.query)
        return [
            types.WorkspaceSymbol(
                _location(ls, made),
                made.symbol.name,
                KINDS[made.symbol.kind.name],
                container_name=made.container or None,
            )
            for made in found
        ]


def _made(view: View, symbol: Symbol) -> list[types.DocumentSymbol]:
    """The symbol; its children in its place where it stands in what is being edited."""
    children = [made for child in symbol.children for made in _made(view, child)]
    whole, selection = view.range(symbol.span), view.range(symbol.selection)
    if whole is None or selection is None:
        return children
    return [
        types.DocumentSymbol(
            symbol.name,
            KINDS[symbol.kind.name],
            whole,
            selection,
            symbol.detail or None,
            children=children,
        )
    ]


def _found(library: Library, query: str) -> list[Found]:
    found = (made for file in library.files() for made in _of_file(file, query))
    return list(itertools.islice(found, _MOST_SYMBOLS))


def _of_file(file: File, query: str) -> Iterator[Found]:
    from ssmlint_lsp.outlining import policy_symbols, workspace_symbols

    yield from workspace_symbols(file.documents, query)
    yield from policy_symbols(file.policies, query)


def _location(server: Server, found: Found) -> types.Location:
    """Where a symbol stands; in an open document that is half-typed, where it stood."""
    buffer = server.buffers.at_path(found.source.path)
    uri = buffer.uri if buffer is not None else uri_of(found.source.path)
    return types.Location(uri, server.positions.range_of(found.source, found.symbol.selection))


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
