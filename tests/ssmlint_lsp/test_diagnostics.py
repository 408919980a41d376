"""What editors are shown, over real pipes."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from tests.command import ssmlint
from tests.programs import require_program
from tests.ssmlint_lsp.editor import SHARED, Editor, OpenText, capabilities, session
from tests.ssmlint_lsp.test_buffers import DOCUMENT

ROOT = Path(__file__).parents[2]

#: A document with a variable that nobody sets, in a script of the style that is filled in.
BAD = """\
schemaVersion: '2.2'
description: '😀 asks for a variable'
mainSteps:
- name: hello
  action: aws:runShellScript
  inputs:
    runCommand:
    - {script}
"""

IN_EVERY_STYLE = {
    "literal": "|\n      #!/bin/bash\n      echo 😀 $nobody",
    "folded": ">\n      #!/bin/bash\n\n      echo 😀\n      $nobody",
    "plain": "echo 😀 $nobody",
    "single": "'echo ''😀'' $nobody'",
    "double": '"#!/bin/bash\\n# \\u65e5\\necho 😀 $nobody"',
}

PLAIN = BAD.format(script=IN_EVERY_STYLE["plain"])


def as_json(text: str) -> str:
    yaml = pytest.importorskip("ruamel.yaml").YAML(typ="safe")
    return json.dumps(yaml.load(text), indent="\t", ensure_ascii=False)


# --- places and what stands there ---------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_squiggles_are_under_the_text_they_are_about(tmp_path: Path, encoding: str) -> None:
    texts = {f"{style}.yaml": BAD.format(script=s) for style, s in IN_EVERY_STYLE.items()}
    texts |= {f"crlf-{name}": text.replace("\n", "\r\n") for name, text in texts.items()}
    texts["tabs.json"] = as_json(PLAIN)
    texts["one-line.json"] = json.dumps(json.loads(texts["tabs.json"]))
    async with session(tmp_path, able=capabilities(encoding=encoding)) as editor:
        for name, text in texts.items():
            opened = editor.open(tmp_path / name, text)
            assert ("undefined-variable", "$nobody") in await editor.found(opened), name


@SHARED
async def test_a_finding_has_everything_to_it(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(ROOT / "fixtures" / "bad" / "two-file-systems.yaml")
    found = {str(d.code): d for d in await editor.diagnostics(opened)}
    trace = found["freeze-without-rollback"]
    assert (trace.source, trace.severity) == ("ssmlint", types.DiagnosticSeverity.Error)
    assert trace.code_description is not None
    assert trace.code_description.href.endswith("/freeze-without-rollback.html")
    places = trace.related_information or []
    assert [place.location.uri for place in places] == [opened.uri] * len(places)
    steps = [opened.at(place.location.range, editor.encoding) for place in places]
    assert any("fsfreeze" in step for step in steps)
    assert trace.data is not None
    assert trace.data["id"].startswith("DLM")


@SHARED
async def test_what_is_of_no_use_is_marked(editor: Editor, tmp_path: Path) -> None:
    text = DOCUMENT.replace("mainSteps", "parameters:\n  Idle:\n    type: String\nmainSteps")
    (found,) = await editor.diagnostics(editor.open(tmp_path / "a.yaml", text))
    assert found.code == "unused-parameter"
    assert list(found.tags or ()) == [types.DiagnosticTag.Unnecessary]


async def test_a_plain_editor_is_told_no_more_than_it_can_show(tmp_path: Path) -> None:
    async with session(tmp_path, able=types.ClientCapabilities()) as editor:
        opened = editor.open(ROOT / "fixtures" / "bad" / "mysql.yaml")
        await editor.until(lambda: opened.uri in editor.published)
        published = editor.published[opened.uri]
        assert published.version is None
        extras = [
            (d.related_information, d.tags, d.code_description, d.data)
            for d in published.diagnostics
        ]
        assert extras == [(None, None, None, None)] * len(extras) != []


# --- the course of a session --------------------------------------------------------------


@SHARED
async def test_the_last_text_is_what_counts(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "a.yaml", PLAIN)
    assert [name for name, _ in await editor.found(opened)] == ["undefined-variable"]
    before = len(editor.history)
    at = opened.text.index("$nobody")
    for letter in "echo ":
        editor.edit(opened, at, at, letter)
        at += 1
    editor.edit(opened, at, at + len("$nobody"), "$HOME")
    assert await editor.found(opened) == []
    versions = [p.version for p in editor.history[before:] if p.uri == opened.uri]
    assert versions == [opened.version]


@SHARED
async def test_files_of_others_are_none_of_our_business(editor: Editor, tmp_path: Path) -> None:
    editor.open(tmp_path / "compose.yaml", "services: {web: {image: nginx}}\n")
    editor.open(tmp_path / "broken.yaml", "a: [\n")
    opened = editor.open(tmp_path / "ours.yaml", PLAIN)
    await editor.diagnostics(opened)
    ours = [uri for uri in editor.published if uri.startswith(tmp_path.as_uri())]
    assert ours == [opened.uri]


@SHARED
async def test_a_document_without_a_file_is_checked_too(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open("untitled:Untitled-1", PLAIN)
    assert [name for name, _ in await editor.found(opened)] == ["undefined-variable"]


@SHARED
async def test_closing_takes_back_what_was_shown(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "a.yaml", PLAIN)
    await editor.diagnostics(opened)
    editor.close(opened)
    await editor.until(lambda: not editor.published[opened.uri].diagnostics)


@SHARED
async def test_a_text_that_is_no_document_any_more_has_nothing_wrong(
    editor: Editor, tmp_path: Path
) -> None:
    opened = editor.open(tmp_path / "a.yaml", PLAIN)
    assert await editor.found(opened)
    editor.replace(opened, "hello: world\n")
    assert await editor.found(opened) == []


@SHARED
async def test_checking_goes_on_when_its_process_is_killed(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "a.yaml", PLAIN)
    await editor.diagnostics(opened)
    (process,) = [w for w in (await editor.information()) if w.startswith("checker: ")]
    os.kill(int(process.split()[-1]), signal.SIGKILL)
    editor.edit(opened, 0, 0, "# again\n")
    assert [name for name, _ in await editor.found(opened)] == ["undefined-variable"]


# --- several files ------------------------------------------------------------------------

POLICY = {
    "PolicyDetails": {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
        "ResourceTypes": ["INSTANCE"],
        "TargetTags": [{"Key": "Backup", "Value": "yes"}],
        "Schedules": [
            {
                "Name": "daily",
                "CreateRule": {
                    "Interval": 24,
                    "IntervalUnit": "HOURS",
                    "Times": ["03:00"],
                    "Scripts": [
                        {
                            "Stages": ["PRE", "POST"],
                            "ExecutionHandler": "database",
                            "ExecutionTimeout": 10,
                            "MaximumRetryCount": 0,
                        }
                    ],
                },
                "RetainRule": {"Count": 7},
            }
        ],
    },
    "Description": "Daily snapshots of the database",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/dlm",
    "State": "ENABLED",
}


TEMPLATE = (ROOT / "ssmlint" / "templates" / "empty.yaml").read_text("utf-8")
DEMANDING = TEMPLATE.replace("parameters:", "parameters:\n  Extra:\n    type: String")


async def test_a_policy_is_checked_again_with_its_document(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text(json.dumps(POLICY, indent=2))
    on_disk = tmp_path / "database.yaml"
    slow, unsent = "step-outlives-script-timeout", "unsent-parameter"
    async with session(tmp_path, able=capabilities(watches=True)) as editor:
        policy = editor.open(tmp_path / "policy.json")
        assert await editor.found(policy) == []
        document = editor.open(on_disk, TEMPLATE)
        await editor.until(lambda: editor.names(policy) == [slow])
        editor.replace(document, DEMANDING)
        await editor.until(lambda: editor.names(policy) == [unsent, slow])
        editor.replace(document, "")
        await editor.until(lambda: editor.names(policy) == [])
        editor.close(document)
        on_disk.write_text(DEMANDING, "utf-8")
        editor.changed_on_disk(on_disk)
        await editor.until(lambda: editor.names(policy) == [unsent, slow])


async def test_what_is_open_counts_and_not_what_lies_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text(json.dumps(POLICY, indent=2))
    (tmp_path / "database.yaml").write_text(DEMANDING, "utf-8")
    async with session(tmp_path) as editor:
        policy = editor.open(tmp_path / "policy.json")
        assert "unsent-parameter" in [name for name, _ in await editor.found(policy)]
        editor.open(tmp_path / "database.yaml", TEMPLATE)
        await editor.until(lambda: "unsent-parameter" not in editor.names(policy))


# --- what is configured -------------------------------------------------------------------


async def test_a_configuration_that_changes_is_followed(tmp_path: Path) -> None:
    file = tmp_path / "ssmlint.toml"
    async with session(tmp_path, able=capabilities(watches=True)) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await editor.found(opened)
        await editor.until(lambda: bool(editor.watched))
        file.write_text("ignore = ['undefined-variable']\n")
        editor.changed_on_disk(file)
        await editor.until(lambda: editor.names(opened) == [])
        file.unlink()
        editor.changed_on_disk(file)
        await editor.until(lambda: editor.names(opened) == ["undefined-variable"])


async def test_a_broken_configuration_is_shown_where_it_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "ssmlint.toml"
    file.write_text("severity = {undefined-variable = 'info'}\n")
    async with session(tmp_path, able=capabilities(watches=True)) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        (before,) = await editor.diagnostics(opened)
        file.write_text("# half-typed\n  ignor = ['undefined-variable']\n")
        for _ in range(2):
            editor.changed_on_disk(file)
            editor.edit(opened, 0, 0, "# a comment\n")
            (found,) = await editor.diagnostics(opened)
            # What held until now goes on to hold.
            assert found.severity == before.severity == types.DiagnosticSeverity.Information
        await editor.until(lambda: file.as_uri() in editor.published)
        (problem,) = editor.published[file.as_uri()].diagnostics
        assert problem.message == "unknown option `ignor` (did you mean `ignore`?)"
        assert problem.range == types.Range(types.Position(1, 2), types.Position(1, 32))
        messages = [message.message for message in editor.client.messages]
        assert len(messages) == 1
        assert "unknown option `ignor`" in messages[0]
        file.write_text("")
        editor.changed_on_disk(file)
        await editor.until(lambda: not editor.published[file.as_uri()].diagnostics)


async def test_an_editor_that_watches_nothing_needs_only_save(tmp_path: Path) -> None:
    file = tmp_path / "ssmlint.toml"
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await editor.found(opened)
        file.write_text("ignore = ['undefined-variable']\n")
        editor.save(opened)
        await editor.until(lambda: editor.names(opened) == [])


async def test_the_editor_may_say_what_holds(tmp_path: Path) -> None:
    said = {"options": {"ignore": ["undefined-variable"]}, "debounce": 5}
    async with session(tmp_path, options=said) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await editor.found(opened) == []
        settings = {"ssmlint": {"options": {"severity": {"undefined-variable": "info"}}}}
        editor.configure(settings)
        await editor.until(lambda: editor.names(opened) == ["undefined-variable"])
        (found,) = editor.published[opened.uri].diagnostics
        assert found.severity == types.DiagnosticSeverity.Information


async def test_an_editor_that_answers_is_asked_for_its_settings(tmp_path: Path) -> None:
    async with session(tmp_path, able=capabilities(asks=True)) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await editor.found(opened)
        editor.client.set_configuration({"ssmlint": {"options": {"select": ["POL"]}}})
        editor.configure(None)
        await editor.until(lambda: editor.names(opened) == [])


async def test_settings_that_make_no_sense_are_said(tmp_path: Path) -> None:
    said = {"debounce": "fast", "optoins": {}, "options": {"select": ["NOPE"]}}
    async with session(tmp_path, options=said) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert [name for name, _ in await editor.found(opened)] == ["undefined-variable"]
        await editor.until(lambda: len(editor.client.messages) == 3)
        messages = sorted(message.message for message in editor.client.messages)
        assert messages[0].startswith("ssmlint: --config select")
        assert messages[1:] == [
            "ssmlint: setting `ssmlint.debounce` must be a number of milliseconds up to 10,000",
            "ssmlint: unknown setting `ssmlint.optoins`, did you mean `ssmlint.options`?",
        ]


async def test_shellcheck_speaks_where_it_is_asked(tmp_path: Path) -> None:
    require_program("shellcheck", package="shellcheck")
    text = DOCUMENT.replace("echo hello", "'echo `date`'")
    async with session(tmp_path, options={"options": {"shellcheck": "on"}}) as editor:
        opened = editor.open(tmp_path / "a.yaml", text)
        assert "shellcheck/SC2006" in [name for name, _ in await editor.found(opened)]


async def test_what_a_baseline_lists_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_text(PLAIN, "utf-8")
    (tmp_path / "ssmlint.toml").write_text("baseline = 'known.json'\n")
    monkeypatch.chdir(tmp_path)
    ssmlint("check", "--write-baseline")
    async with session(tmp_path) as editor:
        opened = editor.open(tmp_path / "a.yaml")
        assert await editor.found(opened) == []
        editor.edit(opened, len(opened.text), len(opened.text), "    - echo $somebody\n")
        assert await editor.found(opened) == [("undefined-variable", "$somebody")]


# --- editors that ask ---------------------------------------------------------------------


async def test_who_can_ask_is_not_pushed(tmp_path: Path) -> None:
    async with session(tmp_path, able=capabilities(pulls=True)) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        report = await editor.pull(opened)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        assert [d.code for d in report.items] == ["undefined-variable"]
        again = await editor.pull(opened, report.result_id)
        assert again == types.RelatedUnchangedDocumentDiagnosticReport(report.result_id or "")
        editor.edit(opened, 0, 0, "# 😀\n")
        moved = await editor.pull(opened, report.result_id)
        assert isinstance(moved, types.RelatedFullDocumentDiagnosticReport)
        assert moved.items[0].range.start.line == report.items[0].range.start.line + 1
        assert editor.published == {}


async def test_whoever_asks_while_somebody_types_gets_the_last_word(tmp_path: Path) -> None:
    async with session(tmp_path, able=capabilities(pulls=True)) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        questions = []
        for _ in range(5):
            editor.edit(opened, 0, 0, "# more\n")
            questions.append(asyncio.ensure_future(editor.pull(opened)))
        lines = set()
        for report in await asyncio.gather(*questions):
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            lines.add(report.items[0].range.start.line)
        assert lines == {opened.text[: opened.text.index("$nobody")].count("\n")}


ASKS_AGAIN = ["diagnostics", "lenses"]


async def codes(editor: Editor, opened: OpenText) -> list[object]:
    report = await editor.pull(opened)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return [d.code for d in report.items]


async def test_who_asks_is_told_to_ask_again_when_a_configuration_changes(tmp_path: Path) -> None:
    file = tmp_path / "ssmlint.toml"
    able = capabilities(pulls=True, watches=True, refreshes=True)
    async with session(tmp_path, able=able) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await codes(editor, opened) == ["undefined-variable"]
        await editor.until(lambda: bool(editor.watched))
        assert editor.refreshed == []
        file.write_text("ignore = ['undefined-variable']\n")
        editor.changed_on_disk(file)
        await editor.until(lambda: editor.refreshed == ASKS_AGAIN)
        assert await codes(editor, opened) == []
        # That a document has been saved which is open here changes nothing.
        editor.changed_on_disk(tmp_path / "a.yaml")
        await editor.settled(opened)
        assert editor.refreshed == ASKS_AGAIN


async def test_who_asks_is_told_to_ask_again_when_settings_change(tmp_path: Path) -> None:
    able = capabilities(pulls=True, refreshes=True)
    async with session(tmp_path, able=able) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await codes(editor, opened) == ["undefined-variable"]
        said = {"options": {"ignore": ["undefined-variable"]}}
        editor.configure(said)
        await editor.until(lambda: editor.refreshed == ASKS_AGAIN)
        assert await codes(editor, opened) == []
        editor.configure(said)  # the same once more
        await editor.settled(opened)
        editor.configure({})
        await editor.until(lambda: editor.refreshed == ASKS_AGAIN * 2)
        assert await codes(editor, opened) == ["undefined-variable"]


async def test_settings_that_come_late_are_told_to_who_has_asked_already(tmp_path: Path) -> None:
    able = capabilities(pulls=True, asks=True, refreshes=True)
    async with session(tmp_path, able=able) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        assert await codes(editor, opened) == ["undefined-variable"]
        editor.client.set_configuration({"ssmlint": {"options": {"select": ["POL"]}}})
        editor.configure(None)
        await editor.until(lambda: editor.refreshed == ASKS_AGAIN)
        assert await codes(editor, opened) == []


async def test_an_editor_that_can_not_is_not_asked(tmp_path: Path) -> None:
    file = tmp_path / "ssmlint.toml"
    async with session(tmp_path, able=capabilities(pulls=True, watches=True)) as editor:
        opened = editor.open(tmp_path / "a.yaml", PLAIN)
        await editor.until(lambda: bool(editor.watched))
        file.write_text("ignore = ['undefined-variable']\n")
        editor.changed_on_disk(file)
        assert await codes(editor, opened) == []
        assert editor.refreshed == []


# --- both ways ----------------------------------------------------------------------------


def tree(folder: Path) -> Path:
    """A folder with all there is: policies and documents, configurations, what is left out."""
    shutil.copytree(ROOT / "fixtures", folder / "fixtures")
    (folder / "pair").mkdir()
    (folder / "pair" / "policy.json").write_text(json.dumps(POLICY, indent=2))
    shutil.copy(ROOT / "ssmlint" / "templates" / "empty.yaml", folder / "pair" / "database.yaml")
    (folder / "nested").mkdir()
    (folder / "nested" / "a.yaml").write_text(PLAIN, "utf-8")
    (folder / "nested" / "ssmlint.toml").write_text("severity = {SH = 'info'}\n")
    (folder / "out").mkdir()
    (folder / "out" / "a.yaml").write_text(PLAIN, "utf-8")
    (folder / "quoted.md").write_text(f"```\n{PLAIN}```\n", "utf-8")
    (folder / "ssmlint.toml").write_text("exclude = ['out/']\n")
    return folder


def by_command_line(folder: Path) -> dict[str, list[Any]]:
    """What `ssmlint check` finds in a folder, in the terms of the protocol."""
    found: dict[str, list[Any]] = {}
    for finding in ssmlint("check", "--output-format", "json", str(folder)).json["findings"]:
        notes = [*finding["related"], *finding["trace"]]
        found.setdefault(Path(finding["path"]).as_uri(), []).append(
            (
                finding["name"],
                {"error": 1, "warning": 2, "info": 3}[finding["severity"]],
                finding["message"],
                *place(finding),
                [(note["message"], Path(note["path"]).as_uri(), *place(note)) for note in notes],
            )
        )
    return found


def place(where: Any) -> tuple[int, ...]:
    start, end = where["start"], where["end"]
    return (start["line"] - 1, start["column"] - 1, end["line"] - 1, end["column"] - 1)


def as_found(diagnostic: types.Diagnostic) -> Any:
    assert diagnostic.severity is not None
    return (
        diagnostic.code,
        diagnostic.severity.value,
        diagnostic.message,
        *corners(diagnostic.range),
        [
            (note.message, note.location.uri, *corners(note.location.range))
            for note in diagnostic.related_information or ()
        ],
    )


def corners(where: types.Range) -> tuple[int, ...]:
    start, end = where.start, where.end
    return (start.line, start.character, end.line, end.character)


async def test_server_and_command_line_find_the_same(tmp_path: Path) -> None:
    folder = tree(tmp_path)
    expected = by_command_line(folder)
    assert len(expected) > 10
    async with session(folder, able=capabilities(encoding="utf-32", pulls=True)) as editor:
        all_files = await editor.pull_everything()
        found = {item.uri: [as_found(d) for d in item.items] for item in all_files if item.items}
        assert found == expected
        unchanged = await editor.pull_everything(all_files)
        assert {type(item) for item in unchanged} == {
            types.WorkspaceUnchangedDocumentDiagnosticReport
        }
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".json"):
                opened = editor.open(path)
                report = await editor.pull(opened)
                assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
                assert [as_found(d) for d in report.items] == expected.get(opened.uri, []), path
