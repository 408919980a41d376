"""Which lines of which files have changed since a git revision."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping

from ssmlint.errors import UserError
from ssmlint.records import dataclass
from ssmlint.rule import Finding

_HUNK = re.compile(rb"@@ -\S+ \+(?P<start>\d+)(?:,(?P<count>\d+))? @@")
_QUOTED = re.compile(rb"\\(?:(?P<octal>[0-7]{3})|(?P<letter>.))")
_LETTERS = {b"a": 7, b"b": 8, b"t": 9, b"n": 10, b"v": 11, b"f": 12, b"r": 13}

#: Nothing of the user's configuration may change what is printed.
_DIFF = (
    *("-c", "core.quotePath=false", "-c", "diff.noprefix=false", "diff"),
    *("--unified=0", "--find-renames", "--no-color", "--no-ext-diff", "--no-textconv"),
    *("--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules"),
)


@dataclass(frozen=True, eq=False)
class Changes:
    """What is different from a revision, in the files of one repository."""

    lines: Mapping[str, tuple[range, ...]]
    """By the real path of a file, the lines (from 1) that are new or border on a deletion."""
    tracked: frozenset[str]
    """The real paths of all files that git knows; every other file is new."""

    def touch(self, finding: Finding) -> bool:
        """Whether any line of a finding's primary place has changed."""
        path = os.path.realpath(finding.source.path)
        if path not in self.tracked:
            return True
        text, span = finding.source.text, finding.span
        # Lines as git counts them: only a line feed ends one.
        first = text.count("\n", 0, span.start) + 1
        last = first + text.count("\n", span.start, max(span.start, span.end - 1))
        return any(
            changed.start <= last and first < changed.stop for changed in self.lines.get(path, ())
        )


def changes_since(revision: str, directory: str = os.curdir) -> Changes:
    """The changes of a folder's repository since it left a revision's line of history.

    That is: since the revision itself, or since the last commit that both have, where the
    revision (`origin/main`) has gone on by itself.  Raises `UserError`.
    """
    root = os.path.realpath(
        os.fsdecode(_git(directory, "rev-parse", "--show-toplevel").rstrip(b"\n"))
    )
    commit = _commit(directory, revision)
    base = _git(directory, "merge-base", commit, "HEAD", may_fail=True).strip().decode() or commit
    diff = _git(root, *_DIFF, base, "--")
    names = _git(root, "ls-files", "-z").split(b"\0")
    tracked = (os.path.realpath(os.path.join(root, os.fsdecode(name))) for name in names if name)
    return Changes(dict(_changed(diff, root)), frozenset(tracked))


def _commit(directory: str, revision: str) -> str:
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    found = _git(directory, *asked, may_fail=True).strip().decode()
    if not found:
        hint = "is it fetched? a shallow clone has few revisions"
        raise UserError(f"git knows no revision `{revision}`", hint=hint)
    return found


def _changed(diff: bytes, root: str) -> Iterator[tuple[str, tuple[range, ...]]]:
    path: str | None = None
    ranges: list[range] = []
    for line in diff.split(b"\n"):
        if line.startswith(b"diff --git "):
            if path is not None:
                yield path, tuple(ranges)
            path, ranges = None, []
        elif line.startswith(b"+++ ") and not ranges:
            path = _path_in(line[4:], root)
        elif line.startswith(b"@@ "):
            ranges.extend(_range(line))
    if path is not None:
        yield path, tuple(ranges)


def _path_in(written: bytes, root: str) -> str | None:
    name = written.rstrip(b"\t")
    if name.startswith(b'"'):
        name = _QUOTED.sub(_unquoted, name[1:-1])
    if not name.startswith(b"b/"):
        return None
    return os.path.realpath(os.path.join(root, os.fsdecode(name[2:])))


def _unquoted(match: re.Match[bytes]) -> bytes:
    if match["octal"]:
        return bytes([int(match["octal"], 8) & 255])
    letter = match["letter"]
    return bytes([_LETTERS[letter]]) if letter in _LETTERS else letter


def _range(line: bytes) -> Iterator[range]:
    match = _HUNK.match(line)
    if match is None:
        return
    start, count = int(match["start"]), int(match["count"] or 1)
    # Where only lines were deleted, the lines on both sides have got new neighbours.
    yield range(start, start + count) if count else range(start, start + 2)


def _git(directory: str, *arguments: str, may_fail: bool = False) -> bytes:
    try:
        ended = subprocess.run(
            ["git", "-C", directory, *arguments], capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise UserError("`--new-since` needs git, which is not installed") from error
    if ended.returncode != 0 and not may_fail:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = said[0] if said else f"status {ended.returncode}"
        raise UserError(f"git cannot say what has changed: {reason}")
    return ended.stdout if ended.returncode == 0 else b""
