"""Code lenses: where they are at once, what they say when somebody looks."""

from __future__ import annotations

import asyncio
from typing import Any

from lsprotocol import types

from ssmlint_lsp.features.dry_run import COMMAND as DRY_RUN
from ssmlint_lsp.server import Server
from ssmlint_lsp.views import View, view_of


def register(server: Server) -> None:
    """Offer both requests."""

    @server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions(resolve_provider=True))
    def lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens]:
        from ssmlint_lsp.lensing import lenses

        view = view_of(ls, params.text_document)
        if view is None:
            return []
        uri = view.buffer.uri
        found = lenses(view.facts)
        made = [
            types.CodeLens(place, data={"uri": uri, "stage": one.stage})
            for one, place in view.ranged(found, lambda one: one.span)
        ]
        run = types.Command("run it on a simulated host", DRY_RUN, arguments=[uri])
        return [*made, *(types.CodeLens(lens.range, run) for lens in made[:1])]

    @server.feature(types.CODE_LENS_RESOLVE)
    async def resolve(ls: Server, params: types.CodeLens) -> types.CodeLens:
        if params.command is not None:
            return params
        said = await _said(ls, params.data)
        # A command without a name is how editors show words that do nothing.
        return types.CodeLens(params.range, types.Command(said, ""), params.data)


async def _said(server: Server, data: Any) -> str:
    from ssmlint_lsp.lensing import title

    uri, stage = _parts(data)
    buffer = server.buffers.get(uri)
    if buffer is None:
        return stage
    facts = View(server, buffer).facts
    # The symbolic run takes too long for the loop that everything else waits for.
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(server.thread_pool, title, facts, stage) or stage


def _parts(data: Any) -> tuple[str, str]:
    known = data if isinstance(data, dict) else {}
    return str(known.get("uri", "")), str(known.get("stage", ""))
