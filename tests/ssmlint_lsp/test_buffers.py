"""Open documents: the text to the character, and facts of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from ssmlint.engine import Facts
from ssmlint.files import File
from ssmlint.model.document import SsmDocument
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source, Span
from ssmlint.workspace import Workspace
from ssmlint_lsp.buffers import Buffer, Buffers
from ssmlint_lsp.positions import Positions
from ssmlint_lsp.texts import Drift
from tests.ssmlint_lsp.editor import OpenText
from tests.ssmlint_lsp.test_positions import ENCODINGS, TEXTS

DOCUMENT = """\
schemaVersion: '2.2'
description: says hello
mainSteps:
- name: hello
  action: aws:runShellScript
  inputs:
    runCommand:
    - echo hello
"""


def facts_of(file: File) -> Facts:
    return Facts(file, Workspace(file.documents), DEFAULTS)


def opened(text: str, encoding: str = "utf-16") -> tuple[Buffers, Buffer]:
    buffers = Buffers(Positions(encoding), facts_of)
    item = types.TextDocumentItem("file:///folder/a%20b.yaml", "yaml", 1, text)
    return buffers, buffers.open(item)


def change(buffers: Buffers, uri: str, *changes: types.TextDocumentContentChangeEvent) -> None:
    identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=2)
    buffers.change(types.DidChangeTextDocumentParams(identifier, list(changes)))


EDITS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), TEXTS), max_size=6)


@given(TEXTS, EDITS, st.sampled_from(ENCODINGS))
def test_edits_leave_the_text_of_the_editor(
    text: str, edits: list[tuple[int, int, str]], encoding: str
) -> None:
    buffers, buffer = opened(text, encoding)
    editor = OpenText(buffer.uri, text)
    changes: list[types.TextDocumentContentChangeEvent] = []
    for one, other, new in edits:
        start, end = sorted((min(one, len(editor.text)), min(other, len(editor.text))))
        if "\r\n" in (editor.text[start - 1 : start + 1], editor.text[end - 1 : end + 1]):
            continue  # no editor has a cursor between CR and LF
        where = editor.range(start, end, encoding)
        changes.append(types.TextDocumentContentChangePartial(range=where, text=new))
        editor.text = f"{editor.text[:start]}{new}{editor.text[end:]}"
    change(buffers, buffer.uri, *changes)
    assert (buffer.text, buffer.version) == (editor.text, 2)


def test_a_document_is_the_same_however_its_uri_is_escaped() -> None:
    buffers, buffer = opened(DOCUMENT)
    assert buffers.get("file:///folder/a b.yaml") is buffer
    assert buffers.at_path("/folder/a b.yaml") is buffer
    assert buffers.close("file:///folder/a%20b.yaml") is buffer
    assert buffers.get(buffer.uri) is None


def test_half_typed_text_leaves_the_facts_of_the_last_good_one() -> None:
    buffers, buffer = opened(DOCUMENT)
    here = types.Range(types.Position(1, 0), types.Position(1, 0))
    change(buffers, buffer.uri, types.TextDocumentContentChangePartial(range=here, text="x: [\n"))
    assert buffer.facts.file.tree.broken
    (document,) = buffer.good.of(SsmDocument)
    drift = Drift(buffer.good.file.source, buffer.source)
    (step,) = document.steps
    assert (moved := drift.span(step.node.span)) is not None
    assert buffer.source.at(moved) == document.source.at(step.node.span)


def test_a_mark_is_no_part_of_the_text_that_is_read() -> None:
    _, buffer = opened("\ufeff" + DOCUMENT)
    assert (buffer.source.text, buffer.source.had_bom) == (DOCUMENT, True)
    assert buffer.text.startswith("\ufeff")


@given(*(st.text(letters, max_size=4) for letters in ("ab", "xy", "zw", "cd")))
def test_what_is_carried_over_an_edit_is_the_same_text(
    head: str, old: str, new: str, tail: str
) -> None:
    before, after = Source("a", head + old + tail), Source("a", head + new + tail)
    drift = Drift(before, after)
    edit = Span(len(head), len(head) + len(old))
    for start in range(len(before.text) + 1):
        for end in range(start, len(before.text) + 1):
            moved = drift.span(Span(start, end))
            if end <= edit.start or start >= edit.end:
                assert moved is not None
                assert after.at(moved) == before.text[start:end]
            elif start <= edit.start and end >= edit.end:
                assert moved is not None
                assert (
                    after.at(moved)
                    == f"{before.text[start : edit.start]}{new}{before.text[edit.end : end]}"
                )
            else:
                assert moved is None
