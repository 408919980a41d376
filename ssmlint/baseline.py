"""Findings that are known: a file that lists them, so that only new ones are reported.

An entry is the fingerprint of a finding (`ssmlint.fingerprint`), not its line, below the
path of its file from the folder of the baseline.  An entry is *stale* when its file has been
checked by its rule and the finding is not there any more, or when the file is gone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ssmlint.errors import UserError
from ssmlint.fingerprint import fingerprints, text_at
from ssmlint.records import dataclass
from ssmlint.rule import INTERNAL_ERROR, Finding

#: Of the file.
VERSION = 1

#: What it is called where nobody has chosen a name.
DEFAULT_NAME = "ssmlint-baseline.json"

#: Whether a rule (by its id) has said of a file (by its path) all that it can say.
Judged = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One known finding."""

    path: str
    """From the folder of the baseline, with `/`."""
    rule: str
    name: str
    text: str
    """What the finding is about, for people who read the file."""
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.path}: {self.rule} {self.name} `{self.text}`"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The findings of a run beside a baseline."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    stale: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    """Those of the baseline that are not stale."""


def compare(
    findings: Sequence[Finding], entries: Iterable[Entry], path: str, judged: Judged
) -> Comparison:
    """Hold all findings of a run against the baseline at a path."""
    root = os.path.dirname(os.path.abspath(path))
    entries = tuple(entries)
    keys = {(entry.path, entry.fingerprint) for entry in entries}
    found = [(entry.path, entry.fingerprint) for entry in entries_of(findings, path)]
    is_known = [key in keys for key in found]
    present = set(found)
    stale = [
        entry
        for entry in entries
        if (entry.path, entry.fingerprint) not in present and _is_over(entry, root, judged)
    ]
    return Comparison(
        tuple(f for f, known in zip(findings, is_known, strict=True) if not known),
        tuple(f for f, known in zip(findings, is_known, strict=True) if known),
        tuple(stale),
        tuple(entry for entry in entries if entry not in stale),
    )


def _is_over(entry: Entry, root: str, judged: Judged) -> bool:
    path = os.path.join(root, *entry.path.split("/"))
    return not os.path.exists(path) or judged(path, entry.rule)


def entries_of(findings: Sequence[Finding], path: str) -> list[Entry]:
    """An entry for each finding of a whole run, for the baseline at a path."""
    root = os.path.dirname(os.path.abspath(path))
    return [
        Entry(
            _relative(finding.source.path, root),
            finding.rule.id,
            finding.rule.name,
            text_at(finding.source, finding.span)[:80],
            fingerprint,
        )
        for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]


def _relative(path: str, root: str) -> str:
    return os.path.relpath(os.path.abspath(path), root).replace(os.sep, "/")


def read(path: str) -> tuple[Entry, ...]:
    """The entries of a baseline.  Raises `UserError`, with a line where there is one."""
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
    except OSError as error:
        hint = "`--write-baseline` writes it"
        raise UserError(f"cannot read `{path}`: {error.strerror or error}", hint=hint) from error
    except json.JSONDecodeError as error:
        raise UserError(f"not JSON: {error.msg}", path=path, line=error.lineno) from error
    except (ValueError, RecursionError) as error:  # bytes, digits or depth without end
        raise UserError("not JSON", path=path) from error
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        hint = "write it again with `--write-baseline`"
        raise UserError("no baseline of this version of ssmlint", path=path, hint=hint)
    return tuple(_entries_in(data, path))


def _entries_in(data: Mapping[str, Any], path: str) -> Iterable[Entry]:
    try:
        for file, rows in data["findings"].items():
            for row in rows:
                texts = (row["rule"], row["name"], row["text"], row["fingerprint"])
                if not all(isinstance(text, str) for text in (file, *texts)):
                    raise TypeError
                yield Entry(file, *texts)
    except (KeyError, TypeError, AttributeError) as error:
        hint = "write it again with `--write-baseline`"
        raise UserError("not the shape of a baseline", path=path, hint=hint) from error


def written(entries: Iterable[Entry]) -> str:
    """A baseline as text: the same entries give the same text."""
    files: dict[str, list[dict[str, str]]] = {}
    for entry in sorted(set(entries)):
        row = {"rule": entry.rule, "name": entry.name, "text": entry.text}
        files.setdefault(entry.path, []).append({**row, "fingerprint": entry.fingerprint})
    data = {"version": VERSION, "findings": files}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def write(path: str, entries: Iterable[Entry]) -> None:
    """Write a baseline.  Raises `UserError`."""
    text = written(entries)
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"cannot write `{path}`: {error.strerror or error}") from error


def can_hold(finding: Finding) -> bool:
    """Whether a finding may be known: a crash is no finding, whatever it is of."""
    return finding.rule is not INTERNAL_ERROR
