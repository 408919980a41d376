"""What a check costs in a process that is warm, beside shellcheck on the same script.

The published samples and the corpus lie outside of the project; where they are missing the
templates of `ssmlint new` stand in.
"""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ssmlint.embedded import Script, scripts_of
from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.model.references import REFERENCE
from ssmlint.packs import all_rules
from ssmlint.reuse import forget
from ssmlint.settings import Settings, enabled_rules
from ssmlint.source import Source, decode

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def rows(runs: int, shellcheck: str | None) -> Iterator[str]:
    """Rows of the table: whole documents against shellcheck, then the largest scripts."""
    for path in documents():
        source = _load(path)
        ours, theirs = _in_turns(source, runs, shellcheck)
        peer = "shellcheck is not installed" if theirs is None else f"shellcheck {theirs:.0f} ms"
        ratio = "" if theirs is None else f"{ours / theirs:.2f}"
        yield f"| {path.name}, warm, all rules | {ours:.0f} ms | {peer} | {ratio} |"
    scripts = _corpus_scripts()
    for lines, source in [*scripts[:1], *_joined(scripts)]:
        ours, _ = _in_turns(source, runs, None)
        name = Path(source.path).name
        yield f"| {name} with a script of {lines:,} lines, warm | {ours:.0f} ms | | |"


def documents() -> list[Path]:
    """The published samples, or else the templates."""
    samples = sorted((SHARED / "samples").glob("*.yaml"))
    return samples or sorted((ROOT / "ssmlint" / "templates").glob("*.yaml"))


def _load(path: Path) -> Source:
    return decode(path.read_bytes(), str(path))


def _in_turns(source: Source, runs: int, program: str | None) -> tuple[float, float | None]:
    """Milliseconds of one check of a text and of shellcheck on its scripts, medians.

    Ours is all rules in a warm process that remembers nothing of the text.  The two take
    turns, so that whatever else the machine does slows both.
    """
    rules = enabled_rules(all_rules(), Settings())
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        files = _written(source, Path(folder)) if program else []
        for _ in range(runs + 1):
            forget()
            start = time.perf_counter()
            check_file(read(source), rules)
            ours.append(time.perf_counter() - start)
            if program:
                start = time.perf_counter()
                subprocess.run([program, *files], capture_output=True, check=False)
                theirs.append(time.perf_counter() - start)
    return _median(ours), _median(theirs) if theirs else None


def _median(seconds: list[float]) -> float:
    """In milliseconds; the first run only warms up."""
    return statistics.median(seconds[1:]) * 1000


def _written(source: Source, folder: Path) -> list[str]:
    """The scripts of a document as files, references as variables."""
    files = []
    for number, script in enumerate(_scripts(source)):
        file = folder / f"{number}.sh"
        file.write_text(REFERENCE.sub("$reference", script.text), encoding="utf-8")
        files.append(str(file))
    return files


def _scripts(source: Source) -> list[Script]:
    return [script for document in read(source).documents for script in scripts_of(document)]


def _corpus_scripts() -> list[tuple[int, Source]]:
    """The corpus's shell scripts, the longest first: lines, and the file they stand in."""
    found: list[tuple[int, Source]] = []
    for path in sorted((SHARED / "corpus").rglob("*")):
        if path.is_file():
            source = _load(path)
            found += [(script.text.count("\n") + 1, source) for script in _scripts(source)]
    return sorted(found, key=lambda pair: -pair[0])


def _joined(scripts: list[tuple[int, Source]]) -> Iterator[tuple[int, Source]]:
    """A document with more than a thousand lines of script: the longest ones in a row."""
    lines: list[str] = []
    for _, source in scripts:
        for script in _scripts(source):
            if script.interpreter in ("bash", "sh") and len(lines) <= 1000:
                lines += script.text.splitlines()
    if len(lines) > 1000:
        step = "mainSteps:\n- action: aws:runShellScript\n  name: all\n  inputs:\n    runCommand:\n    - |\n"
        body = "".join(f"      {line}\n" for line in ("#!/bin/bash", *lines))
        yield len(lines) + 1, Source("joined.yaml", f"schemaVersion: '2.2'\n{step}{body}")
