"""Runs what the pages of this folder show.

`python -m tests.prose.running PAGE...` writes into pages what their commands print now, for a
person to read over.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.command import ssmlint
from tests.prose.reading import Block, Command, Section, commands, sections

#: Options that leave no choice of a format, or that decide for themselves.
SPEAKING = (
    "--output-format",
    "--show-settings",
    "--show-files",
    "--statistics",
    "--diff",
    "--fix-only",
)

#: What git must not know of the person who runs the tests.
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.org",
    "GIT_COMMITTER_NAME": "somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.org",
}


class MissingProgram(Exception):
    """A command of a page is not installed."""


def outcomes(section: Section) -> Iterator[tuple[Block | Command, str]]:
    """What a section shows and what is so, in order; writes files and runs commands.

    Everything happens in the current directory.  Raises `MissingProgram`.
    """
    for block in section.blocks:
        if block.words[:1] == ("console",):
            for command in commands(block):
                yield command, run(command.line)
        elif block.words[2:] == ("now",):
            yield block, Path(block.words[1]).read_text(encoding="utf-8")
        elif len(block.words) == 2:
            _write(block)


def _write(block: Block) -> None:
    path = Path(block.words[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def run(line: str) -> str:
    """What a command line prints, standard output first, and its exit status."""
    words = shlex.split(line)
    if words[0] == "ssmlint":
        result = ssmlint(*_concise(words[1:]))
        return _text(result.out, result.err, result.status)
    if shutil.which(words[0]) is None:
        raise MissingProgram(words[0])
    ended = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, timeout=60, check=False
    )
    return _text(ended.stdout, ended.stderr, ended.returncode)


def _concise(arguments: list[str]) -> list[str]:
    chosen = any(argument.startswith(SPEAKING) for argument in arguments)
    configured = any("output-format" in path.read_text() for path in Path().glob("*.toml"))
    if arguments[:1] != ["check"] or chosen or configured:
        return arguments
    return [*arguments, "--output-format", "concise"]


def _text(out: str, err: str, status: int) -> str:
    return out + err + (f"[{status}]\n" if status else "")


def rewritten(page: Path) -> str:
    """A page with what its commands print now, and what its files have become."""
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    changes: list[tuple[int, int, str]] = []
    for section in sections(page):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            for shown, said in outcomes(section):
                first = shown.number - isinstance(shown, Block)
                old = shown.text if isinstance(shown, Block) else shown.expected
                changes.append((first, first + len(old.splitlines()), said))
    for first, last, said in sorted(changes, reverse=True):
        lines[first:last] = [said]
    return "".join(lines)


if __name__ == "__main__":
    os.environ.update(ENVIRONMENT)
    for page in [Path(name).resolve() for name in sys.argv[1:]]:
        page.write_text(rewritten(page), encoding="utf-8")
