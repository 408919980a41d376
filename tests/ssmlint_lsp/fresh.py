"""What a process finds in a text that has never seen another one.

Each text is checked in a fork of a process that has imported everything and checked nothing,
so that nothing can be remembered.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from types import TracebackType
from typing import Any

from ssmlint import engine
from ssmlint.packs import all_rules
from ssmlint.rule import Note
from ssmlint.settings import DEFAULTS, enabled_rules
from ssmlint.source import Source, Span
from ssmlint.workspace import Workspace


class Fresh:
    """Checks texts, each as if it were the first; a context."""

    def __enter__(self) -> Fresh:
        command = (sys.executable, "-m", __name__)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def found(self, texts: dict[str, str], encoding: str) -> dict[str, list[Any]]:
        """What a run on some files finds in each, in the terms of the protocol."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([texts, encoding]) + "\n")
        self._process.stdin.flush()
        found: dict[str, list[Any]] = json.loads(self._process.stdout.readline())
        return found


def main() -> None:
    """Answer every line of input by a line of output."""
    rules = enabled_rules(all_rules(), DEFAULTS)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            texts, encoding = json.loads(line)
            print(json.dumps(check(texts, encoding, rules)), flush=True)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status != 0:
            sys.exit("a check has crashed")


def check(texts: dict[str, str], encoding: str, rules: Any) -> dict[str, list[Any]]:
    """All findings of a run on some texts."""
    files = [engine.read(Source(path, text)) for path, text in texts.items()]
    workspace = Workspace(promise for file in files for promise in file.promises)
    return {
        file.source.path: [
            [
                finding.rule.name,
                finding.severity.value,
                finding.message,
                *place(finding.source, finding.span, encoding),
                [
                    note_of(finding.source, note, encoding)
                    for note in (*finding.problem.related, *finding.problem.trace)
                ],
            ]
            for finding in engine.check_file(file, rules, workspace)
        ]
        for file in files
    }


def note_of(source: Source, note: Note, encoding: str) -> list[Any]:
    where = note.source or source
    return [note.message, where.path, *place(where, note.span, encoding)]


def place(source: Source, span: Span, encoding: str) -> list[int]:
    start = source.lines.position_in(span.start, encoding)
    end = source.lines.position_in(span.end, encoding)
    return [start.line, start.column, end.line, end.column]


if __name__ == "__main__":
    main()
