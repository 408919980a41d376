"""Features as an editor gets them: over real pipes, in its own unit of columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from ssmlint.source import LineIndex, Position
from ssmlint_lsp.painting.canvas import TYPES
from tests.programs import require_program
from tests.ssmlint_lsp.editor import SHARED, Editor, OpenText, capabilities, session
from tests.ssmlint_lsp.runbooks import ALL_FORMS, document, runbook, written_in
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


def spans(editor: Editor, opened: OpenText, found: types.Range) -> tuple[int, int]:
    lines = LineIndex(opened.text)
    start, end = (
        lines.offset(Position(point.line, point.character), editor.encoding)
        for point in (found.start, found.end)
    )
    return start, end


def open_form(editor: Editor, folder: Path, form: str) -> OpenText:
    text = FORMS[form](SCRIPT)
    return editor.open(folder / path_of(text), text)


# --- every form, in every encoding ---------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_every_form_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        for form in HARD_FORMS:
            opened = open_form(editor, tmp_path / form, form)
            await navigates(editor, opened)
            await paints(editor, opened)
            await completes(editor, opened)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_scripts_of_other_languages(tmp_path: Path, encoding: str) -> None:
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        for form in ALL_FORMS:
            text = runbook(form)
            opened = editor.open(tmp_path / f"python-{form}" / path_of(text), text)
            key = text.index("Ids", text.index("events["))
            function = offset_of(text, "helper(client, events", "helper")
            await knows(editor, opened, key, "Ids", "of the `InputPayload` (StringList)")
            await knows(editor, opened, function, "helper", "Stops some.")
            await shows_colours(editor, opened, ("keyword", "def"), ("namespace", "boto3"))
            await is_offered(editor, opened, written_in(form, 'events["'), "Ids")

            text = document(form)
            opened = editor.open(tmp_path / f"powershell-{form}" / path_of(text), text)
            function = offset_of(text, "{ Stop-It", "Stop-It")
            await knows(editor, opened, function, "Stop-It", "function, defined in line")
            await shows_colours(editor, opened, ("keyword", "foreach"), ("variable", "$found"))
            await is_offered(editor, opened, "$l", "limit")


async def knows(editor: Editor, opened: OpenText, offset: int, name: str, words: str) -> None:
    """Hover and definition."""
    asked = place(editor, opened, offset)
    found = await editor.client.text_document_hover_async(types.HoverParams(**asked))
    assert found is not None
    assert found.range is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert at(editor, opened, found.range) == name
    assert words in found.contents.value
    answer: Any = await editor.client.text_document_definition_async(
        types.DefinitionParams(**asked)
    )
    (target,) = answer
    assert at(editor, opened, target.range) == name
    assert spans(editor, opened, target.range)[0] < offset


async def shows_colours(editor: Editor, opened: OpenText, *expected: tuple[str, str]) -> None:
    params = types.SemanticTokensParams(types.TextDocumentIdentifier(opened.uri))
    full = await editor.client.text_document_semantic_tokens_full_async(params)
    assert full is not None
    found = read_tokens(editor, opened, full.data)
    assert {("parameter", "{{ Instance }}"), *expected} <= {*found}


async def is_offered(editor: Editor, opened: OpenText, typed: str, label: str) -> None:
    """What is offered where something is typed on a line of the script."""
    start = opened.text.index("print(" if "print(" in opened.text else "$limit")
    editor.edit(opened, start, start, typed)
    asked = place(editor, opened, start + len(typed))
    found: Any = await editor.client.text_document_completion_async(types.CompletionParams(**asked))
    assert label in [item.label for item in found]
    assert await editor.text_of_server(opened) == opened.text


async def navigates(editor: Editor, opened: OpenText) -> None:
    client = editor.client
    asked = place(editor, opened, offset_of(opened.text, "froze ${mount}", "mount"))
    answer: Any = await client.text_document_definition_async(types.DefinitionParams(**asked))
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


def read_tokens(editor: Editor, opened: OpenText, data: Any) -> list[tuple[str, str]]:
    """Type and text of each token, as an editor counts them."""
    found = []
    line = column = 0
    for index in range(0, len(data), 5):
        ahead, more, length, kind, _ = data[index : index + 5]
        line, column = line + ahead, more + (0 if ahead else column)
        ends = [types.Position(line, column), types.Position(line, column + length)]
        found.append((TYPES[kind], at(editor, opened, types.Range(*ends))))
    return found


async def paints(editor: Editor, opened: OpenText) -> None:
    client = editor.client
    document = types.TextDocumentIdentifier(opened.uri)
    full = await client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(document)
    )
    assert full is not None
    found = read_tokens(editor, opened, full.data)
    assert {("parameter", "{{ folder }}"), ("variable", "${mount}"), ("keyword", "done")} <= {
        *found
    }
    start = opened.text.index("exit 201")
    editor.edit(opened, start, start, "true; ")
    delta = await client.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(document, full.result_id or "")
    )
    assert isinstance(delta, types.SemanticTokensDelta)
    (edit,) = delta.edits
    data = list(full.data)
    data[edit.start : edit.start + edit.delete_count] = list(edit.data or ())
    assert ("function", "true") in read_tokens(editor, opened, data)
    again = await client.text_document_semantic_tokens_full_delta_async(
        types.SemanticTokensDeltaParams(document, "nonsense")
    )
    assert isinstance(again, types.SemanticTokens)
    assert list(again.data) == data
    part = await client.text_document_semantic_tokens_range_async(
        types.SemanticTokensRangeParams(document, opened.range(start, start + 5, editor.encoding))
    )
    assert part is not None
    assert read_tokens(editor, opened, part.data) == [("function", "true")]


async def completes(editor: Editor, opened: OpenText) -> None:
    """Also when the text can not be read any more."""
    start = opened.text.index("{{ folder }} /data")
    editor.edit(opened, start, start + len("{{ folder }}"), "{{ fo")
    editor.edit(opened, len(opened.text), len(opened.text), "{😀")
    asked = place(editor, opened, opened.text.index("{{ fo ") + 5)
    found: Any = await editor.client.text_document_completion_async(types.CompletionParams(**asked))
    (item,) = (item for item in found if item.label == "folder")
    assert at(editor, opened, item.text_edit.range) == "fo"
    assert item.text_edit.new_text == "folder }}"


# --- completion and hover ------------------------------------------------------------------

ABLE = types.TextDocumentClientCapabilities(
    completion=types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(
            snippet_support=True, documentation_format=[types.MarkupKind.Markdown]
        )
    ),
    hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
    document_symbol=types.DocumentSymbolClientCapabilities(
        hierarchical_document_symbol_support=True
    ),
)

HOVERS = [
    ("froze ${mount", "mount", "local to `freeze`"),
    ("exit 201", "201", "the pre script failed"),
    ("in {{ folder", "folder", "folder, parameter"),
    ("aws:runShellScript", "aws:runShellScript", "Runs a shell script"),
]


async def test_an_editor_that_can_do_much(tmp_path: Path) -> None:
    async with session(tmp_path, able=capabilities(text_document=ABLE)) as editor:
        await snippets(editor, tmp_path)
        await markdown(editor, tmp_path)
        for form in HARD_FORMS:
            await outline(editor, open_form(editor, tmp_path / f"outline-{form}", form))


async def snippets(editor: Editor, folder: Path) -> None:
    text = "# 😀\r\nschemaVersion: '2.2'\r\nmainSteps:\r\n  - {name: 😀, act\r\n"
    opened = editor.open(folder / "keys.yaml", text)
    asked = place(editor, opened, text.index("act") + 3)
    found: Any = await editor.client.text_document_completion_async(types.CompletionParams(**asked))
    items = {item.label: item for item in found}
    action = items["action"]
    assert at(editor, opened, action.text_edit.range) == "act"
    assert action.text_edit.new_text == "action: $0"
    assert action.insert_text_format is types.InsertTextFormat.Snippet
    assert action.documentation.value.startswith("**action** (string), required")
    assert action.sort_text < items["description"].sort_text


async def markdown(editor: Editor, folder: Path) -> None:
    opened = open_form(editor, folder / "markdown", "crlf")
    asked = place(editor, opened, offset_of(opened.text, "in {{ folder", "folder"))
    found = await editor.client.text_document_hover_async(types.HoverParams(**asked))
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert found.contents.kind is types.MarkupKind.Markdown
    assert found.contents.value.startswith("**folder**, parameter\n\n```yaml\nfolder:")


def names(symbols: Any) -> list[Any]:
    return [(symbol.name, names(symbol.children or ())) for symbol in symbols]


async def outline(editor: Editor, opened: OpenText) -> None:
    """Symbols stay while something is half-typed."""
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(opened.uri))
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


@SHARED
@pytest.mark.parametrize("form", HARD_FORMS)
async def test_hover(editor: Editor, tmp_path: Path, form: str) -> None:
    opened = open_form(editor, tmp_path, form)
    for snippet, inside, words in HOVERS:
        asked = place(editor, opened, offset_of(opened.text, snippet, inside))
        found = await editor.client.text_document_hover_async(types.HoverParams(**asked))
        assert found is not None
        assert isinstance(found.contents, types.MarkupContent)
        assert found.contents.kind is types.MarkupKind.PlainText
        assert words in found.contents.value
        assert found.range is not None
        assert at(editor, opened, found.range).strip('"') == inside


@SHARED
async def test_hover_shows_the_page_of_a_rule_over_what_it_found(
    editor: Editor, tmp_path: Path
) -> None:
    text = literal('#!/bin/bash\necho "😀 $nobody"\n')
    opened = editor.open(tmp_path / "a.yaml", text)
    assert ("undefined-variable", "$nobody") in [
        (name, where.strip()) for name, where in await editor.found(opened)
    ] or ("SH101", "$nobody") in await editor.found(opened)
    asked = place(editor, opened, text.index("nobody"))
    found = await editor.client.text_document_hover_async(types.HoverParams(**asked))
    assert found is not None
    assert isinstance(found.contents, types.MarkupContent)
    assert "SH101 undefined-variable" in found.contents.value


# --- rename --------------------------------------------------------------------------------


@SHARED
@pytest.mark.parametrize("form", HARD_FORMS)
async def test_rename(editor: Editor, tmp_path: Path, form: str) -> None:
    opened = open_form(editor, tmp_path, form)
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
        editor.edit(opened, *spans(editor, opened, edit.range), edit.new_text)
    rest = "🧊 {{ folder }} is no reference here"
    escaped = rest.replace("🧊", "\\ud83e\\uddca")
    assert opened.text.replace(rest, "").replace(escaped, "").count("folder") == 0
    assert await editor.text_of_server(opened) == opened.text


@SHARED
async def test_renames_that_are_refused_say_why(editor: Editor, tmp_path: Path) -> None:
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


# --- the rest ------------------------------------------------------------------------------


@SHARED
async def test_symbols_are_a_list_for_editors_that_know_no_trees(
    editor: Editor, tmp_path: Path
) -> None:
    opened = editor.open(tmp_path / "a.yaml", literal())
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(opened.uri))
    found: Any = await editor.client.text_document_document_symbol_async(params)
    assert [(symbol.name, symbol.container_name) for symbol in found][-2:] == [
        ("bash", "freeze_it"),
        ("freeze", "bash"),
    ]


@SHARED
@pytest.mark.parametrize("form", HARD_FORMS)
async def test_folds_and_selections(editor: Editor, tmp_path: Path, form: str) -> None:
    opened = open_form(editor, tmp_path, form)
    document = types.TextDocumentIdentifier(opened.uri)
    found = await editor.client.text_document_folding_range_async(
        types.FoldingRangeParams(document)
    )
    assert found
    asked = place(editor, opened, offset_of(opened.text, "froze ${mount}", "mount"))
    ranges = await editor.client.text_document_selection_range_async(
        types.SelectionRangeParams(document, [asked["position"]])
    )
    assert ranges is not None
    (chain,) = ranges
    assert at(editor, opened, chain.range) == "mount"
    assert chain.parent is not None
    assert at(editor, opened, chain.parent.range) == "${mount}"


@SHARED
async def test_hints_and_lenses(editor: Editor, tmp_path: Path) -> None:
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
    commands = [lens.command for lens in lenses if lens.command is not None]
    assert len(commands) == 4
    assert commands[0].title.startswith("pre-script ends with 0 or 201 (")
    assert commands[3].command == "ssmlint.dryRun"
    assert list(commands[3].arguments or ()) == [opened.uri]


@SHARED
async def test_a_document_is_run_as_the_editor_has_it(editor: Editor, tmp_path: Path) -> None:
    require_program("bwrap", package="bubblewrap")
    opened = editor.open(tmp_path / "not-on-disk.yaml", literal("#!/bin/bash\nexit 7\n"))
    report = await editor.run("ssmlint.dryRun", opened.uri)
    assert "cells of 8 break the contract" in report
    with pytest.raises(JsonRpcException, match="not open"):
        await editor.run("ssmlint.dryRun", "file:///nowhere.yaml")


async def test_a_policy_and_the_document_that_it_calls(tmp_path: Path) -> None:
    (tmp_path / "freeze-it.yaml").write_text(literal(), "utf-8")
    (tmp_path / "named.yaml").write_text("# ssmlint: name=other\n" + literal(), "utf-8")
    (tmp_path / "policy.yaml").write_text("# https://example.org/😀\n" + POLICY, "utf-8")
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "policy.yaml")
        await editor.settled(opened)
        asked = place(editor, opened, offset_of(opened.text, "document/freeze-it", "freeze"))
        answer: Any = await editor.client.text_document_definition_async(
            types.DefinitionParams(**asked)
        )
        assert [target.uri for target in answer] == [(tmp_path / "freeze-it.yaml").as_uri()]
        assert answer[0].range.start == types.Position(0, 0)

        links = await editor.client.text_document_document_link_async(
            types.DocumentLinkParams(types.TextDocumentIdentifier(opened.uri))
        )
        assert links is not None
        assert [link.target for link in links] == [
            "https://example.org/😀",
            (tmp_path / "freeze-it.yaml").as_uri(),
            (tmp_path / "freeze-it.yaml").as_uri(),
        ]

        asked = place(editor, opened, offset_of(opened.text, "freeze-it, Stages"))
        found: Any = await editor.client.text_document_completion_async(
            types.CompletionParams(**asked)
        )
        assert [item.label for item in found][:2] == ["freeze-it", "other"]

        symbols: Any = await editor.client.workspace_symbol_async(
            types.WorkspaceSymbolParams("frez")
        )
        assert {(symbol.name, symbol.container_name) for symbol in symbols} >= {
            ("freeze-it", None),
            ("freeze_it", "freeze-it"),
            ("freeze", "other"),
        }
        here = [symbol for symbol in symbols if symbol.name == "freeze"]
        assert here[0].location.range.start.line == 21


@SHARED
async def test_nothing_is_said_of_files_of_others(editor: Editor, tmp_path: Path) -> None:
    text = "services:\n  web:\n    image: x # https://example.org\n    command: exit 201\nver"
    opened = editor.open(tmp_path / "docker-compose.yaml", text)
    client, document = editor.client, types.TextDocumentIdentifier(opened.uri)
    asked = place(editor, opened, len(text))
    at_exit = place(editor, opened, text.index("201"))
    whole = opened.range(0, len(text), editor.encoding)
    answers: list[Any] = [
        await client.text_document_completion_async(types.CompletionParams(**asked)),
        await client.text_document_hover_async(types.HoverParams(**at_exit)),
        await client.text_document_folding_range_async(types.FoldingRangeParams(document)),
        await client.text_document_document_link_async(types.DocumentLinkParams(document)),
        await client.text_document_document_symbol_async(types.DocumentSymbolParams(document)),
        await client.text_document_code_lens_async(types.CodeLensParams(document)),
        await client.text_document_inlay_hint_async(types.InlayHintParams(document, whole)),
        await client.text_document_selection_range_async(
            types.SelectionRangeParams(document, [asked["position"]])
        ),
    ]
    assert [answer for answer in answers if answer] == []
