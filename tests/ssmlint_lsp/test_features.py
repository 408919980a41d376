"""Features as an editor gets them: over real pipes, in its own unit of columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.ssmlint_lsp.editor import Editor, OpenText, capabilities, session
from tests.ssmlint_lsp.test_navigating import POLICY
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, literal, offset_of, path_of

#: Forms whose places differ most: escapes, CR LF, folds.
HARD_FORMS = ("crlf", "folded", "double", "json", "escaped")


def place(editor: Editor, opened: OpenText, offset: int) -> dict[str, Any]:
    """A document and a position in it, as most requests want it."""
    position = opened.range(offset, offset, editor.encoding).start
    return {"text_document": types.TextDocumentIdentifier(opened.uri), "position": position}


def at(editor: Editor, opened: OpenText, found: types.Range) -> str:
    return opened.at(found, editor.encoding)


def opened_forms(editor: Editor, folder: Path, *forms: str) -> list[OpenText]:
    found = []
    for form in forms:
        text = FORMS[form](SCRIPT)
        found.append(editor.open(folder / form / path_of(text), text))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_navigation(tmp_path: Path, encoding: str) -> None:
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            asked = place(editor, opened, offset_of(opened.text, "froze ${mount}", "mount"))
            client = editor.client
            answer: Any = await client.text_document_definition_async(
                types.DefinitionParams(**asked)
            )
            (target,) = answer
            assert target.uri == opened.uri
            assert at(editor, opened, target.range) == "mount"
            context = types.ReferenceContext(include_declaration=True)
            found: Any = await client.text_document_references_async(
                types.ReferenceParams(context, **asked)
            )
            assert [at(editor, opened, item.range) for item in found] == ["mount"] * 3
            marked: Any = await client.text_document_document_highlight_async(
                types.DocumentHighlightParams(**asked)
            )
            assert [item.kind.name for item in marked] == ["Write", "Read", "Read"]
            assert [item.range for item in marked] == [item.range for item in found]


async def test_rename(tmp_path: Path) -> None:
    async with session(tmp_path) as editor:
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            asked = place(editor, opened, offset_of(opened.text, "in {{ folder }}", "folder"))
            ready: Any = await editor.client.text_document_prepare_rename_async(
                types.PrepareRenameParams(**asked)
            )
            assert (ready.placeholder, at(editor, opened, ready.range)) == ("folder", "folder")
            params = types.RenameParams(new_name="place", **asked)
            answer = await editor.client.text_document_rename_async(params)
            assert answer is not None
            assert answer.changes is not None
            for edit in reversed(answer.changes[opened.uri]):
                assert at(editor, opened, edit.range) == "folder"
                start, end = spans(editor, opened, edit.range)
                editor.edit(opened, start, end, edit.new_text)
            rest = "🧊 {{ folder }} is no reference here"
            escaped = rest.replace("🧊", "\\ud83e\\uddca")
            assert opened.text.replace(rest, "").replace(escaped, "").count("folder") == 0
            assert await editor.text_of_server(opened) == opened.text


def spans(editor: Editor, opened: OpenText, found: types.Range) -> tuple[int, int]:
    from ssmlint.source import LineIndex, Position

    lines = LineIndex(opened.text)
    start, end = (
        lines.offset(Position(place.line, place.character), editor.encoding)
        for place in (found.start, found.end)
    )
    return start, end


async def test_renames_that_are_refused_say_why(tmp_path: Path) -> None:
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "a.yaml", literal())
        asked = place(editor, opened, opened.text.index("folder"))
        with pytest.raises(JsonRpcException, match="is no name for a parameter") as error:
            await editor.client.text_document_rename_async(
                types.RenameParams(new_name="not a name", **asked)
            )
        assert error.value.code == -32803
        editor.edit(opened, 0, 0, "x: [\n")
        with pytest.raises(JsonRpcException, match="mend its syntax"):
            await editor.client.text_document_prepare_rename_async(
                types.PrepareRenameParams(**place(editor, opened, opened.text.index("folder")))
            )


async def test_edits_name_the_version_where_the_editor_wants_it(tmp_path: Path) -> None:
    edits = types.WorkspaceEditClientCapabilities(document_changes=True)
    able = capabilities(workspace=types.WorkspaceClientCapabilities(workspace_edit=edits))
    async with session(tmp_path, able=able) as editor:
        opened = editor.open(tmp_path / "a.yaml", literal())
        asked = place(editor, opened, opened.text.index("STATE="))
        params = types.RenameParams(new_name="FILE", **asked)
        answer = await editor.client.text_document_rename_async(params)
        assert answer is not None
        assert answer.document_changes is not None
        (change,) = answer.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (opened.uri, 1)
        assert len(change.edits) == 3


def names(symbols: Any) -> list[Any]:
    return [(symbol.name, names(symbol.children or ())) for symbol in symbols]


NESTED = types.TextDocumentClientCapabilities(
    document_symbol=types.DocumentSymbolClientCapabilities(
        hierarchical_document_symbol_support=True
    )
)


async def test_symbols_stay_while_something_is_half_typed(tmp_path: Path) -> None:
    async with session(tmp_path, able=capabilities(text_document=NESTED)) as editor:
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            document = types.TextDocumentIdentifier(opened.uri)
            params = types.DocumentSymbolParams(document)
            before = await editor.client.text_document_document_symbol_async(params)
            expected = [
                ("parameters", [("command", []), ("folder", [])]),
                ("mainSteps", [("freeze_it", [("bash", [("freeze", [])])])]),
            ]
            assert names(before) == expected
            editor.edit(opened, 0, 0, "{😀\n")
            after: Any = await editor.client.text_document_document_symbol_async(params)
            assert names(after) == expected
            (step,) = after[1].children
            assert at(editor, opened, step.selection_range).strip('"') == "freeze_it"


async def test_symbols_are_a_list_for_editors_that_know_no_trees(tmp_path: Path) -> None:
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "a.yaml", literal())
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(opened.uri))
        found: Any = await editor.client.text_document_document_symbol_async(params)
        assert [(symbol.name, symbol.container_name) for symbol in found][-2:] == [
            ("bash", "freeze_it"),
            ("freeze", "bash"),
        ]


async def test_folds_selections_and_links(tmp_path: Path) -> None:
    async with session(tmp_path) as editor:
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            document = types.TextDocumentIdentifier(opened.uri)
            found = await editor.client.text_document_folding_range_async(
                types.FoldingRangeParams(document)
            )
            assert found
            offset = offset_of(opened.text, "froze ${mount}", "mount")
            asked = place(editor, opened, offset)
            ranges = await editor.client.text_document_selection_range_async(
                types.SelectionRangeParams(document, [asked["position"]])
            )
            assert ranges is not None
            (chain,) = ranges
            assert at(editor, opened, chain.range) == "mount"
            assert chain.parent is not None
            assert at(editor, opened, chain.parent.range) == "${mount}"
        (tmp_path / "policy.yaml").write_text("# https://example.org/😀\n" + POLICY, "utf-8")
        opened = editor.open(tmp_path / "policy.yaml")
        links = await editor.client.text_document_document_link_async(
            types.DocumentLinkParams(types.TextDocumentIdentifier(opened.uri))
        )
        assert links is not None
        assert [link.target for link in links] == ["https://example.org/😀"]


SNIPPETS = types.TextDocumentClientCapabilities(
    completion=types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(
            snippet_support=True, documentation_format=[types.MarkupKind.Markdown]
        )
    ),
    hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
)


@pytest.mark.parametrize("snippets", [True, False])
async def test_completion_in_a_text_that_can_not_be_read(tmp_path: Path, snippets: bool) -> None:
    able = capabilities(text_document=SNIPPETS) if snippets else None
    async with session(tmp_path, able=able) as editor:
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            at = opened.text.index("{{ folder }} /data")
            editor.edit(opened, at, at + len("{{ folder }}"), "{{ fo")
            editor.edit(opened, len(opened.text), len(opened.text), "{😀")
            asked = place(editor, opened, opened.text.index("{{ fo ") + 5)
            found: Any = await editor.client.text_document_completion_async(
                types.CompletionParams(**asked)
            )
            (item,) = (item for item in found if item.label == "folder")
            assert opened.at(item.text_edit.range, editor.encoding) == "fo"
            assert item.text_edit.new_text == "folder }}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_completion_of_keys(tmp_path: Path, encoding: str) -> None:
    able = capabilities(encoding=encoding, text_document=SNIPPETS)
    async with session(tmp_path, able=able) as editor:
        text = "# 😀\r\nschemaVersion: '2.2'\r\nmainSteps:\r\n  - {name: 😀, act\r\n"
        opened = editor.open(tmp_path / "a.yaml", text)
        asked = place(editor, opened, text.index("act") + 3)
        found: Any = await editor.client.text_document_completion_async(
            types.CompletionParams(**asked)
        )
        items = {item.label: item for item in found}
        action, inputs = items["action"], items["description"]
        assert opened.at(action.text_edit.range, encoding) == "act"
        assert action.text_edit.new_text == "action: $0"
        assert action.insert_text_format is types.InsertTextFormat.Snippet
        assert action.sort_text < inputs.sort_text


@pytest.mark.parametrize("markdown", [True, False])
async def test_hover(tmp_path: Path, markdown: bool) -> None:
    able = capabilities(text_document=SNIPPETS) if markdown else None
    async with session(tmp_path, able=able) as editor:
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            for snippet, words in [
                ("froze ${mount", "local to `freeze`"),
                ("exit 201", "the pre script failed"),
                ("in {{ folder", "**folder**, parameter"),
                ("aws:runShellScript", "Runs a shell script"),
            ]:
                inside = snippet.split()[-1].lstrip("${")
                asked = place(editor, opened, offset_of(opened.text, snippet, inside))
                found = await editor.client.text_document_hover_async(types.HoverParams(**asked))
                assert found is not None
                assert isinstance(found.contents, types.MarkupContent)
                assert (words if markdown else words.replace("**", "")) in found.contents.value
                kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
                assert found.contents.kind is kind
                assert found.range is not None
                assert inside.strip("{}") in at(editor, opened, found.range)


def read_tokens(opened: OpenText, data: Any, encoding: str) -> list[tuple[str, str]]:
    """Type and text of each token, as an editor counts them."""
    from ssmlint_lsp.painting import TYPES

    found = []
    line = column = 0
    for index in range(0, len(data), 5):
        ahead, more, length, kind, _ = data[index : index + 5]
        line, column = line + ahead, more + (0 if ahead else column)
        places = [types.Position(line, column), types.Position(line, column + length)]
        found.append((TYPES[kind], opened.at(types.Range(*places), encoding)))
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_semantic_tokens(tmp_path: Path, encoding: str) -> None:
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        client = editor.client
        for opened in opened_forms(editor, tmp_path, *HARD_FORMS):
            document = types.TextDocumentIdentifier(opened.uri)
            full = await client.text_document_semantic_tokens_full_async(
                types.SemanticTokensParams(document)
            )
            assert full is not None
            found = read_tokens(opened, full.data, encoding)
            assert ("parameter", "{{ folder }}") in found
            assert ("variable", "${mount}") in found
            assert ("keyword", "done") in found

            at = opened.text.index("exit 201")
            editor.edit(opened, at, at, "true; ")
            delta = await client.text_document_semantic_tokens_full_delta_async(
                types.SemanticTokensDeltaParams(document, full.result_id or "")
            )
            assert isinstance(delta, types.SemanticTokensDelta)
            (edit,) = delta.edits
            data = list(full.data)
            data[edit.start : edit.start + edit.delete_count] = list(edit.data or ())
            assert ("function", "true") in read_tokens(opened, data, encoding)
            again = await client.text_document_semantic_tokens_full_delta_async(
                types.SemanticTokensDeltaParams(document, "nonsense")
            )
            assert isinstance(again, types.SemanticTokens)
            assert list(again.data) == data
            part = await client.text_document_semantic_tokens_range_async(
                types.SemanticTokensRangeParams(document, opened.range(at, at + 5, encoding))
            )
            assert part is not None
            assert read_tokens(opened, part.data, encoding) == [("function", "true")]


async def test_hints_and_lenses(tmp_path: Path) -> None:
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "a.yaml", literal())
        document = types.TextDocumentIdentifier(opened.uri)
        whole = opened.range(0, len(opened.text), editor.encoding)
        hints = await editor.client.text_document_inlay_hint_async(
            types.InlayHintParams(document, whole)
        )
        assert hints is not None
        assert [hint.label for hint in hints] == ["the pre script failed"]
        found = await editor.client.text_document_code_lens_async(types.CodeLensParams(document))
        assert found is not None
        lenses = [await editor.client.code_lens_resolve_async(lens) for lens in found]
        titles = [lens.command.title for lens in lenses if lens.command is not None]
        assert len(titles) == 3
        assert titles[0].startswith("pre-script ends with 0 or 201 (")
