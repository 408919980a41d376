"""Somebody types: texts stay the same on both sides, and what is shown in the end is what a
process finds that has never seen anything else.

`SSMLINT_EDITS=1000` makes as many edits of each document (`make edits`), `SSMLINT_SEED` makes
others.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcRequestCancelled

from ssmlint.source import LineIndex
from ssmlint_lsp.places import path_of
from tests.ssmlint_lsp.editor import Editor, OpenText, capabilities, session
from tests.ssmlint_lsp.fresh import Fresh
from tests.ssmlint_lsp.test_diagnostics import POLICY

ROOT = Path(__file__).parents[2]

EDITS = int(os.environ.get("SSMLINT_EDITS", "16"))
SEED = os.environ.get("SSMLINT_SEED", "1")

#: Edits between two looks at what is shown.
PAUSE = 8

FOLDERS = {
    "bad": "fixtures/bad",
    "good": "fixtures/good",
    "bad policies": "fixtures/policies/bad",
    "good policies": "fixtures/policies/good",
    "good runbooks": "fixtures/automation/good",
    "dry run": "fixtures/dry-run",
    "templates": "ssmlint/templates",
}

#: What people type, and what breaks things.
SNIPPETS = (
    *"a$\"'{}[]:,#|&;()<> \n\t\\-!*",
    "😀",
    "日本",
    "\u2028",
    "\x0c",
    "\r\n",
    "\r",
    "  ",
    "{{ command }}",
    "$(date)",
    "exit 1\n",
    "if true; then\n",
    "fi\n",
    "fsfreeze -f /data\n",
    "# ssmlint: ignore[ALL]",
    "- name: step\n",
    "<<EOF\n",
)


#: What a typist does: first what may break a text, then what mostly does not.
KINDS = ("type", "delete", "paste", *("word", "line", "drop", "comment", "undo", "again") * 2)

WORD = re.compile(r"[\w$-]{2,}")


class Typist:
    """Edits a document at random, and takes back what it has done."""

    def __init__(self, editor: Editor, opened: OpenText, seed: str, others: list[str]) -> None:
        self.editor = editor
        self.opened = opened
        self.random = random.Random(seed)
        self.first = opened.text
        self.others = others
        self.undone: list[tuple[int, int, str]] = []

    def edit(self) -> None:
        """Make one edit, or none where there is nothing to do."""
        getattr(self, self.random.choice(KINDS))()

    def type(self) -> None:
        at = self.place(self.random.randint(0, len(self.opened.text)))
        self.replace(at, at, self.random.choice(SNIPPETS))

    def delete(self) -> None:
        start = self.place(self.random.randint(0, len(self.opened.text)))
        most = self.random.choice((1, 1, 5, 40, 400))
        end = min(len(self.opened.text), start + self.random.randint(1, most))
        self.replace(start, self.place(end), "")

    def paste(self) -> None:
        at = self.place(self.random.randint(0, len(self.opened.text)))
        other = self.random.choice(self.others)
        start = self.random.randint(0, max(0, len(other) - 1))
        self.replace(at, at, other[start : start + self.random.choice((3, 30, 300))])

    def word(self) -> None:
        """Put one word of the document in the place of another."""
        words = list(WORD.finditer(self.opened.text))
        if words:
            old, new = self.random.choice(words), self.random.choice(words)
            self.replace(*old.span(), new[0])

    def line(self) -> None:
        """Say a line twice, or put it elsewhere."""
        start, end = self.random_line()
        at, _ = self.random_line() if self.random.random() < 0.3 else (start, end)
        self.replace(at, at, self.opened.text[start:end])

    def drop(self) -> None:
        self.replace(*self.random_line(), "")

    def comment(self) -> None:
        """Put a comment at the end of a line, or before its first word."""
        start, end = self.random_line()
        text = self.opened.text[start:end]
        head = len(text) - len(text.lstrip(" "))
        at = start + (len(text.rstrip("\r\n")) if self.random.random() < 0.5 else head)
        self.replace(at, at, self.random.choice((" # why 😀", "# ", "  # ssmlint: ignore[SH]")))

    def undo(self) -> None:
        if self.undone:
            start, end, text = self.undone.pop()
            if (self.place(start), self.place(end)) == (start, end):
                self.editor.edit(self.opened, start, end, text)

    def again(self) -> None:
        """Go back to the text as it was in the beginning."""
        if self.random.random() < 0.3:
            self.undone.clear()
            self.editor.replace(self.opened, self.first)

    def replace(self, start: int, end: int, text: str) -> None:
        start, end = self.place(start), self.place(end)
        self.undone.append((start, start + len(text), self.opened.text[start:end]))
        self.editor.edit(self.opened, start, end, text)

    def random_line(self) -> tuple[int, int]:
        """A line of the document with its end."""
        lines = LineIndex(self.opened.text)
        number = self.random.randrange(len(lines))
        start = lines.line_span(number).start
        last = number + 1 == len(lines)
        return start, len(self.opened.text) if last else lines.line_span(number + 1).start

    def place(self, offset: int) -> int:
        """An offset where a cursor can be: not between CR and LF."""
        inside = self.opened.text[max(0, offset - 1) : offset + 1] == "\r\n"
        return offset - 1 if inside else offset


def documents(folder: str) -> list[Path]:
    return sorted(p for p in (ROOT / folder).iterdir() if p.suffix in (".yaml", ".yml", ".json"))


def shown(editor: Editor, uri: str) -> Any:
    """What is shown of a document, as `Fresh` has it."""
    severities = {1: "error", 2: "warning", 3: "info"}
    return [
        [
            diagnostic.code,
            severities[(diagnostic.severity or types.DiagnosticSeverity.Error).value],
            diagnostic.message,
            *corners(diagnostic.range),
            [
                [note.message, path_of(note.location.uri), *corners(note.location.range)]
                for note in diagnostic.related_information or ()
            ],
        ]
        for diagnostic in editor.published[uri].diagnostics
    ]


def corners(where: types.Range) -> list[int]:
    start, end = where.start, where.end
    return [start.line, start.character, end.line, end.character]


async def agree(editor: Editor, fresh: Fresh, *opened: OpenText) -> None:
    """Texts are the same, and what is shown is what is found."""
    for one in opened:
        assert await editor.text_of_server(one) == one.text
    texts = {path_of(one.uri): one.text for one in opened}
    expected = fresh.found(texts, editor.encoding)
    for one in opened:
        await editor.settled(one)
        path = path_of(one.uri)
        if one.uri in editor.published:
            assert shown(editor, one.uri) == expected[path], one.text
        else:
            assert expected[path] == [], one.text


def encodings() -> Iterator[str]:
    while True:
        yield from ("utf-16", "utf-8", "utf-32")


@pytest.mark.parametrize("folder", FOLDERS)
async def test_typing_leaves_nothing_behind(tmp_path: Path, folder: str) -> None:
    paths = documents(FOLDERS[folder])
    texts = [path.read_bytes().decode() for path in paths]
    encoding = dict(zip(FOLDERS, encodings(), strict=False))[folder]
    able = capabilities(encoding=encoding)
    async with session(tmp_path, able=able, options={"debounce": 5}) as editor:
        with Fresh() as fresh:
            for path, text in zip(paths, texts, strict=True):
                opened = editor.open(tmp_path / path.name, text)
                typist = Typist(editor, opened, f"{SEED} {path.name}", texts)
                for number in range(EDITS):
                    typist.edit()
                    if number % PAUSE == PAUSE - 1:
                        await agree(editor, fresh, opened)
                    elif number % 3 == 0:
                        await asyncio.sleep(0.01)
                await agree(editor, fresh, opened)
                editor.close(opened)


async def test_two_documents_and_questions_that_are_taken_back(tmp_path: Path) -> None:
    """A policy and its document, edited in turns, while answers are asked for and cancelled."""
    document = (ROOT / "ssmlint" / "templates" / "empty.yaml").read_text("utf-8")
    (tmp_path / "policy.json").write_text(json.dumps(POLICY, indent=2))
    texts = [document, json.dumps(POLICY)]
    dice = random.Random(SEED)
    async with session(tmp_path, able=capabilities(), options={"debounce": 5}) as editor:
        policy = editor.open(tmp_path / "policy.json")
        opened = editor.open(tmp_path / "database.yaml", document)
        typists = [Typist(editor, one, f"{SEED} {one.uri}", texts) for one in (policy, opened)]
        with Fresh() as fresh:
            for _ in range(max(3, EDITS // PAUSE)):
                asked: list[asyncio.Future[Any]] = []
                for _ in range(PAUSE):
                    dice.choice(typists).edit()
                    number = f"question {dice.random()}"
                    params = types.DocumentDiagnosticParams(
                        types.TextDocumentIdentifier(opened.uri)
                    )
                    method = types.TEXT_DOCUMENT_DIAGNOSTIC
                    asked.append(asyncio.ensure_future(editor.ask(method, params, number)))
                    if dice.random() < 0.6:
                        await asyncio.sleep(dice.choice((0, 0, 0.01, 0.05)))
                        editor.cancel(number)
                for answer in await asyncio.gather(*asked, return_exceptions=True):
                    cancelled = isinstance(answer, JsonRpcRequestCancelled)
                    assert cancelled or isinstance(
                        answer, types.RelatedFullDocumentDiagnosticReport
                    )
                await agree(editor, fresh, policy, opened)
