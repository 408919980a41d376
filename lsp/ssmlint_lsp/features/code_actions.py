"""Code actions: fixes of what is found, and comments that silence it.

A fix is there with the finding, so that its edits cost nothing; what has to be worked out (all
fixes together, a comment that is sure to be one) is worked out when it is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from ssmlint_lsp.buffers import Buffer
from ssmlint_lsp.edits import workspace_edit
from ssmlint_lsp.features.diagnostics import diagnostics_of
from ssmlint_lsp.messages import Checked, How, Shown
from ssmlint_lsp.positions import protocol_range
from ssmlint_lsp.refusal import Refusal, quietly
from ssmlint_lsp.server import Server

#: Every safe fix of a document; editors run it on save where `source.fixAll` is asked for.
FIX_ALL = "source.fixAll.ssmlint"

#: The rules that findings about comments of ours have; a comment about a comment helps nobody.
_ABOUT_COMMENTS = ("unused-suppression", "unknown-suppression")


def register(server: Server) -> None:
    """Offer actions, and work out what they do."""
    quietly()

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True
        ),
    )
    async def offered(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        buffer = ls.buffer(params.text_document)
        checked = await ls.checks.up_to_date(buffer) if buffer is not None else None
        if buffer is None or checked is None:
            return []
        found = list(_actions(ls, buffer, checked, params))
        if not ls.can("text_document.code_action.resolve_support"):
            return [action for action in found if await _is_filled_in(ls, action)]
        return found

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def chosen(ls: Server, action: types.CodeAction) -> types.CodeAction:
        await _fill_in(ls, action)
        return action


def _actions(
    server: Server, buffer: Buffer, checked: Checked, params: types.CodeActionParams
) -> Iterator[types.CodeAction]:
    only = params.context.only
    if _is_wanted(types.CodeActionKind.QuickFix.value, only):
        shown = diagnostics_of(server, checked)
        for number, finding in enumerate(checked.findings):
            if _touches(protocol_range(finding.range), params.range):
                yield from _of_finding(server, buffer, checked, number, shown[number])
    # Without being asked for, only where there is something to fix.
    if _is_wanted(FIX_ALL, only) and any(_is_safe(finding) for finding in checked.findings):
        data = _data(buffer, How.ALL)
        yield types.CodeAction("Make all safe fixes (ssmlint)", kind=FIX_ALL, data=data)


def _of_finding(
    server: Server, buffer: Buffer, checked: Checked, number: int, diagnostic: types.Diagnostic
) -> Iterator[types.CodeAction]:
    finding = checked.findings[number]
    kind = types.CodeActionKind.QuickFix
    for remedy in (*filter(None, (finding.remedy,)), *finding.further):
        edits = [types.TextEdit(protocol_range(where), text) for where, text in remedy.edits]
        yield types.CodeAction(
            _sentence(remedy.title),
            kind=kind,
            diagnostics=[diagnostic],
            is_preferred=remedy.is_safe,
            edit=workspace_edit(server, buffer, edits),
        )
    if finding.remedy is not None:
        same = [other for other in checked.findings if other.rule == finding.rule]
        if len(same) > 1 and all(map(_is_safe, same)):
            title = f"Fix all {len(same)} of `{finding.name}`"
            data = _data(buffer, How.SAME, number)
            yield types.CodeAction(title, kind=kind, diagnostics=[diagnostic], data=data)
    if _can_be_silenced(buffer, finding):
        title = f"Ignore `{finding.name}` here"
        data = _data(buffer, How.SUPPRESS, number)
        yield types.CodeAction(title, kind=kind, diagnostics=[diagnostic], data=data)


def _is_safe(finding: Shown) -> bool:
    return finding.remedy is not None and finding.remedy.is_safe


def _can_be_silenced(buffer: Buffer, finding: Shown) -> bool:
    """Whether a comment may do; JSON has none, nor has a text that cannot be read."""
    tree = buffer.file.tree
    if tree.broken or tree.format == "json" or finding.name in _ABOUT_COMMENTS:
        return False
    return finding.name != "internal-error"


def _sentence(title: str) -> str:
    return title[:1].upper() + title[1:]


def _is_wanted(kind: str, only: Any) -> bool:
    """Whether a client that asks for some kinds only, or for any, wants this one."""
    if only is None:
        return True
    asked = [str(getattr(each, "value", each)) for each in only]
    return any(each == "" or kind == each or kind.startswith(each + ".") for each in asked)


def _touches(one: types.Range, other: types.Range) -> bool:
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return (position.line, position.character)


# --- what is worked out when it is chosen -------------------------------------------------


def _data(buffer: Buffer, how: How, finding: int = 0) -> dict[str, Any]:
    return {
        "uri": buffer.uri,
        "version": buffer.version,
        "how": how.value,
        "finding": finding,
    }


async def _is_filled_in(server: Server, action: types.CodeAction) -> bool:
    try:
        await _fill_in(server, action)
    except Refusal:
        return False
    return True


async def _fill_in(server: Server, action: types.CodeAction) -> None:
    """Work out the edits of an action.  Raises `Refusal`."""
    data = action.data
    if action.edit is not None or not isinstance(data, dict):
        return
    buffer = server.buffers.get(str(data.get("uri")))
    if buffer is None or buffer.version != data.get("version"):
        raise Refusal("The document has changed meanwhile.")
    await server.checks.up_to_date(buffer)
    answer = await server.checks.mend(buffer, How(data.get("how")), int(data.get("finding", 0)))
    if answer.refusal:
        raise Refusal(f"{_sentence(answer.refusal)}.")
    edits = [types.TextEdit(protocol_range(where), text) for where, text in answer.edits]
    action.edit = workspace_edit(server, buffer, edits)
