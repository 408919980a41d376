"""What editors offer to do about findings, over real pipes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.command import ssmlint
from tests.ssmlint_lsp.editor import SHARED, Editor, capabilities, session
from tests.ssmlint_lsp.test_diagnostics import BAD, IN_EVERY_STYLE, as_json

ROOT = Path(__file__).parents[2]

#: A variable with a name that is nearly one that is set.
SCRIPTS = {
    "literal": "|\n      #!/bin/bash\n      target=/data\n      echo 😀 $tagret",
    "folded": ">\n      #!/bin/bash\n\n      target=/data\n\n      echo 😀\n      $tagret",
    "plain": "target=/data; echo 😀 $tagret",
    "single": "'target=/data; echo ''😀'' $tagret'",
    "double": '"target=/data\\n# \\u65e5\\necho 😀 $tagret"',
}
FIX_ALL = "source.fixAll.ssmlint"


async def offered(
    editor: Editor, text: str, name: str, folder: Path
) -> dict[str, types.CodeAction]:
    opened = editor.open(folder / name, text)
    return {action.title: action for action in await editor.actions(opened)}


@SHARED
@pytest.mark.parametrize("style", [*SCRIPTS, "json", "crlf"])
async def test_a_fix_is_made_where_it_belongs(editor: Editor, tmp_path: Path, style: str) -> None:
    text = BAD.format(script=SCRIPTS.get(style, SCRIPTS["plain"]))
    path = tmp_path / f"{style}.yaml"
    if style == "json":
        text, path = as_json(text), tmp_path / "a.json"
    elif style == "crlf":
        text = BAD.format(script=SCRIPTS["literal"]).replace("\n", "\r\n")
    opened = editor.open(path, text)
    assert ("undefined-variable", "$tagret") in await editor.found(opened)
    at = text.index("$tagret")
    (fix,) = [a for a in await editor.actions(opened, at, at) if a.edit is not None]
    assert (fix.kind, fix.is_preferred) == (types.CodeActionKind.QuickFix, False)
    await editor.choose(fix)
    assert opened.text == text.replace("$tagret", "$target")
    assert "undefined-variable" not in [name for name, _ in await editor.found(opened)]


@SHARED
async def test_nothing_is_offered_where_nothing_is_wrong(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "a.yaml", BAD.format(script=SCRIPTS["plain"]))
    assert await editor.actions(opened, 0, 3) == []
    other = editor.open(tmp_path / "other.yaml", "a: 1\n")
    assert await editor.actions(other) == []


@SHARED
@pytest.mark.parametrize("style", IN_EVERY_STYLE)
async def test_a_finding_can_be_ignored(editor: Editor, tmp_path: Path, style: str) -> None:
    opened = editor.open(tmp_path / f"{style}.yaml", BAD.format(script=IN_EVERY_STYLE[style]))
    before = await editor.found(opened)
    at = opened.text.index("$nobody")
    actions = {a.title: a for a in await editor.actions(opened, at, at)}
    await editor.choose(actions["Ignore `undefined-variable` here"])
    assert "# ssmlint: ignore[undefined-variable]" in opened.text
    left = [name for name, _ in await editor.found(opened)]
    assert left == [name for name, _ in before if name != "undefined-variable"]


@SHARED
async def test_json_has_no_comments(editor: Editor, tmp_path: Path) -> None:
    text = as_json(BAD.format(script=IN_EVERY_STYLE["plain"]))
    assert await offered(editor, text, "comments.json", tmp_path) == {}


@SHARED
async def test_all_fixes_are_those_of_the_command_line(
    editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fixed = 0
    for path in sorted((ROOT / "fixtures").rglob("*.*")):
        if path.suffix not in (".json", ".yaml"):
            continue
        opened = editor.open(tmp_path / path.name, path.read_bytes().decode())
        actions = await editor.actions(opened, 0, 0, "source.fixAll")
        for action in actions:
            assert action.kind == FIX_ALL
            await editor.choose(action)
        shutil.copy(path, path.name)
        ssmlint("check", "--fix-only", path.name)
        assert opened.text == Path(path.name).read_bytes().decode()
        fixed += len(actions)
        editor.close(opened)
    assert fixed


TWO = """\
schemaVersion: 2.2
description: a number where a string is expected
parameters:
  first: {type: String, default: 1}
  second: {type: String, default: 2}
mainSteps:
- name: hello
  action: aws:runShellScript
  inputs: {runCommand: ['echo {{ first }} {{ second }}']}
"""


@SHARED
async def test_all_of_a_kind_can_be_fixed(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "two.yaml", TWO)
    at = opened.text.index("default: 1") + 9
    actions = {a.title: a for a in await editor.actions(opened, at, at)}
    assert actions["Fix all 2 of `default-of-wrong-type`"].kind == types.CodeActionKind.QuickFix
    await editor.choose(actions["Fix all 2 of `default-of-wrong-type`"])
    assert "default: '1'" in opened.text
    assert "default: '2'" in opened.text
    assert opened.text.startswith("schemaVersion: 2.2\n")


@SHARED
async def test_an_action_for_an_older_text_does_nothing(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "older.yaml", BAD.format(script=IN_EVERY_STYLE["plain"]))
    (action,) = await editor.actions(opened)
    editor.edit(opened, 0, 0, "# typed on\n")
    with pytest.raises(JsonRpcException, match="has changed meanwhile"):
        await editor.choose(action)


@SHARED
async def test_who_asks_for_other_kinds_gets_none_of_these(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "kinds.yaml", BAD.format(script=SCRIPTS["plain"]))
    assert await editor.actions(opened, 0, None, "source.organizeImports") == []
    assert await editor.actions(opened, 0, None, "refactor") == []
    assert await editor.actions(opened, 0, None, "quickfix")


async def test_an_editor_that_asks_once_is_told_everything(tmp_path: Path) -> None:
    edits = types.WorkspaceEditClientCapabilities(document_changes=True)
    workspace = types.WorkspaceClientCapabilities(workspace_edit=edits)
    able = capabilities(resolves=False, workspace=workspace)
    async with session(tmp_path, able=able) as editor:
        opened = editor.open(tmp_path / "a.yaml", TWO)
        actions = await editor.actions(opened)
        assert actions
        assert all(action.edit is not None for action in actions)
        (fix_all,) = [action for action in actions if action.kind == FIX_ALL]
        assert fix_all.edit is not None
        assert fix_all.edit.changes is None  # the editor can bind edits to versions
        await editor.choose(fix_all)
        assert "schemaVersion: '2.2'" in opened.text
