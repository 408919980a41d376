"""Byte-order marks: of files, and of texts of editors that show them and that do not."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.command import ssmlint
from tests.ssmlint_lsp.editor import Editor, OpenText, capabilities, session
from tests.ssmlint_lsp.test_features import at, place
from tests.ssmlint_lsp.writing import literal

MARK = "\ufeff"
RULE = "undeclared-parameter"
STEP = {
    "action": "aws:runShellScript",
    "name": "😀",
    "inputs": {"runCommand": ["echo {{ folder }} {{ nobody }}"]},
}
DATA = {
    "schemaVersion": "2.2",
    "description": "😀",
    "parameters": {"folder": {"type": "String"}},
    "mainSteps": [STEP],
}
#: Everything on the first line.
TEXTS = {
    "a.json": json.dumps(DATA, ensure_ascii=False),
    "a.yaml": json.dumps(DATA, ensure_ascii=False).replace('"', "'") + "\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_places_are_those_of_the_editor(tmp_path: Path, encoding: str) -> None:
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        for mark, (name, text) in itertools.product(("", MARK), TEXTS.items()):
            opened = editor.open(tmp_path / f"{len(mark)}-{name}", mark + text)
            found = await editor.diagnostics(opened)
            (where,) = (d.range for d in found if d.code == RULE)
            assert at(editor, opened, where) == "nobody"
            await hovers(editor, opened)
            await completes(editor, opened)
            await mends(editor, opened)
            # Typing before everything else, and over the mark.
            editor.edit(opened, len(mark), len(mark), "\n")
            assert await editor.text_of_server(opened) == opened.text
            editor.edit(opened, 0, len(mark), "\n")
            assert await editor.text_of_server(opened) == opened.text


async def hovers(editor: Editor, opened: OpenText) -> None:
    asked = place(editor, opened, opened.text.index("folder }}") + 1)
    found = await editor.client.text_document_hover_async(types.HoverParams(**asked))
    assert found is not None
    assert found.range is not None
    assert at(editor, opened, found.range) == "folder"


async def completes(editor: Editor, opened: OpenText) -> None:
    asked = place(editor, opened, opened.text.index("folder }}") + 3)
    found: Any = await editor.client.text_document_completion_async(types.CompletionParams(**asked))
    (item,) = (item for item in found if item.label == "folder")
    assert at(editor, opened, item.text_edit.range) == "folder"


async def mends(editor: Editor, opened: OpenText) -> None:
    actions = {action.title: action for action in await editor.actions(opened)}
    await editor.choose(actions["Declare the parameter `nobody`"])
    assert RULE not in [name for name, _ in await editor.found(opened)]
    assert await editor.text_of_server(opened) == opened.text


async def test_a_comment_is_put_behind_the_mark(tmp_path: Path) -> None:
    text = literal("#!/bin/bash\necho hello\n").replace(
        "schemaVersion: '2.2'", "schemaVersion: 2.2"
    )
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "a.yaml", MARK + text)
        first = [d for d in await editor.diagnostics(opened) if d.range.start.line == 0]
        assert first
        actions = await editor.actions(opened, 0, len("schemaVersion: 2.2"))
        (action,) = [a for a in actions if a.title == f"Ignore `{first[0].code}` here"]
        await editor.choose(action)
        assert opened.text.startswith(MARK)
        assert opened.text.count(MARK) == 1
        assert opened.text.splitlines()[0].removeprefix(MARK).count("# ssmlint: ignore[") == 1
        assert first[0].code not in [name for name, _ in await editor.found(opened)]


@pytest.mark.parametrize("name", TEXTS)
def test_the_command_line_does_not_count_it(tmp_path: Path, name: str) -> None:
    places = []
    for folder, mark in (("with", MARK), ("without", "")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(mark + TEXTS[name], "utf-8")
        result = ssmlint("check", "--output-format", "json", str(tmp_path / folder / name))
        places.append([(f["name"], f["start"], f["end"]) for f in result.json["findings"]])
    assert places[0] == places[1]
    column = next(start["column"] for rule, start, _ in places[0] if rule == RULE)
    assert column == TEXTS[name].index("nobody") + 1
