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
from ssmlint.settings import Settings, enabled_rules
from ssmlint.source import Source, decode

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"


def rows(runs: int, shellcheck: str | None) -> Iterator[str]:
    """Rows of the table: whole documents against shellcheck, then the largest script."""
    for path in _documents():
        source = _load(path)
        ours = _checked(source, runs)
        theirs = _shellchecked(source, runs, shellcheck)
        peer = "shellcheck is not installed" if theirs is None else f"shellcheck {theirs:.0f} ms"
        ratio = "" if theirs is None else f"{ours / theirs:.2f}"
        yield f"| {path.name}, warm, all rules | {ours:.0f} ms | {peer} | {ratio} |"
    largest = _largest_script()
    if largest is not None:
        lines, source = largest
        name = Path(source.path).name
        ours = _checked(source, runs)
        yield f"| {name} with a script of {lines:,} lines, warm | {ours:.0f} ms | | |"


def _documents() -> list[Path]:
    samples = sorted((SHARED / "samples").glob("*.yaml"))
    return samples or sorted((ROOT / "ssmlint" / "templates").glob("*.yaml"))


def _load(path: Path) -> Source:
    return decode(path.read_bytes(), str(path))


def _checked(source: Source, runs: int) -> float:
    """Milliseconds of one check of a text, everything imported and nothing remembered."""
    rules = enabled_rules(all_rules(), Settings())
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        check_file(read(source), rules)
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def _shellchecked(source: Source, runs: int, program: str | None) -> float | None:
    """Milliseconds of shellcheck on the scripts of a document, references as variables."""
    if program is None:
        return None
    times = []
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, script in enumerate(_scripts(source)):
            file = Path(folder) / f"{number}.sh"
            file.write_text(REFERENCE.sub("$reference", script.text), encoding="utf-8")
            files.append(str(file))
        for _ in range(runs + 1):
            start = time.perf_counter()
            subprocess.run([program, *files], capture_output=True, check=False)
            times.append(time.perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def _scripts(source: Source) -> list[Script]:
    return [script for document in read(source).documents for script in scripts_of(document)]


def _largest_script() -> tuple[int, Source] | None:
    """The number of lines of the corpus's largest script, and the file it stands in."""
    found: list[tuple[int, Source]] = []
    for path in sorted((SHARED / "corpus").rglob("*")):
        if path.is_file():
            source = _load(path)
            found += [(script.text.count("\n") + 1, source) for script in _scripts(source)]
    return max(found, key=lambda pair: pair[0], default=None)
