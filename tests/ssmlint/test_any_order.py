"""What a file is told does not depend on what its process has checked before.

An editor's process checks thousands of texts, many of them almost the same, so that a cache
with too coarse a key would show here.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from ssmlint.engine import check
from ssmlint.settings import Settings
from ssmlint.source import Source

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "fixtures").rglob("*.yaml"))
TEMPLATES = [ROOT / "ssmlint" / "templates" / f"{name}.yaml" for name in ("mongodb", "postgresql")]


def texts() -> dict[str, str]:
    """Fixtures and twins, and of each a version that lacks one line, under the same path."""
    found: dict[str, str] = {}
    chance = random.Random(7)
    for path in [*FIXTURES, *TEMPLATES]:
        whole = path.read_text(encoding="utf-8", errors="replace")
        lines = whole.splitlines(keepends=True)
        gone = chance.randrange(len(lines) // 2, len(lines))
        found[f"{path.name}#whole"] = whole
        found[f"{path.name}#cut"] = "".join(lines[:gone] + lines[gone + 1 :])
    return found


def told(names: list[str]) -> dict[str, list[object]]:
    """All that is found in some of the texts, one after the other, traces included."""
    every = texts()
    results: dict[str, list[object]] = {}
    for name in names:
        results[name] = [
            [
                finding.rule.name,
                finding.span.start,
                finding.span.end,
                finding.message,
                [[note.span.start, note.message] for note in finding.problem.trace],
            ]
            for finding in check(Source(name.partition("#")[0], every[name]), Settings())
        ]
    return results


def told_elsewhere(names: list[str]) -> dict[str, list[object]]:
    """The same, in a process of its own, with other seeds for hashes."""
    code = f"import json; from {__name__} import told; print(json.dumps(told({names!r})))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_findings_do_not_depend_on_what_was_checked_before() -> None:
    names = sorted(texts())
    mixed = list(names)
    random.Random(11).shuffle(mixed)
    there, back = told_elsewhere(names), told_elsewhere([*mixed, *reversed(names)])
    assert there == back
