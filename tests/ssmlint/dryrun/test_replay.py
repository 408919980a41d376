"""Static and dynamic agree: what the symbolic run says can happen does happen."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.dryrun.host.settings import complete
from ssmlint.dryrun.matrix import Laboratory
from ssmlint.dryrun.replay import Replay
from ssmlint.dryrun.sandbox.toolbox import Toolbox
from ssmlint.engine import check_files
from ssmlint.files import File
from ssmlint.packs import all_rules
from ssmlint.rule import Finding, Note, Problem
from ssmlint.settings import Settings
from ssmlint.source import Span, decode
from tests.command import ssmlint
from tests.ssmlint.dryrun.conftest import FIXTURES, SAMPLES, TEMPLATES, document

OWN = ["mount-list", "instance-list", "checkpoint"]
PUBLISHED = ["mysql", "postgresql", "iris"]


def paths() -> list[Path]:
    own = [FIXTURES / f"{name}.yaml" for name in OWN]
    return own + [SAMPLES / f"{name}.yaml" for name in PUBLISHED]


def findings(path: Path) -> list[Finding]:
    source = decode(path.read_bytes(), path.name)
    found = check_files([File(source)], all_rules(), Settings())
    return [finding for finding in found if finding.problem.trace]


@pytest.mark.parametrize("path", paths(), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_every_finding_of_a_path_comes_true(path: Path, bwrap: str, toolbox: Toolbox) -> None:
    if not path.exists():
        pytest.skip("the published samples are not here")
    replay = Replay(Laboratory(document(path), complete({}, ""), bwrap, toolbox))
    found = findings(path)
    assert found
    shown = {f"{f.rule.name} {f.span.start}": replay.reproduce(f) for f in found}
    assert [name for name, reproduction in shown.items() if reproduction is None] == []


def test_what_is_not_so_does_not_come_true(bwrap: str, toolbox: Toolbox) -> None:
    path = TEMPLATES / "mysql.yaml"
    read = document(path)
    replay = Replay(Laboratory(read, complete({}, ""), bwrap, toolbox))
    freeze = read.source.text.index('fsfreeze -f "$mount_point"')
    place = Span(freeze, freeze + 26)
    (real,) = {f.rule for f in findings(FIXTURES / "checkpoint.yaml") if "rollback" in f.rule.name}
    trace = (
        Note(place, "freeze of the first mount: succeeds, from here it is held"),
        Note(place, "freeze of the second mount: fails"),
        Note(place, "ends with `exit 201`"),
    )
    claim = Finding(real, read.source, Problem(place, "pre-script fails here", trace=trace))
    assert replay.reproduce(claim) is None


def test_check_marks_them(bwrap: str) -> None:
    del bwrap
    path = str(FIXTURES / "checkpoint.yaml")
    result = ssmlint("check", "--replay", "--output-format", "json", path)
    traces = [f["trace"] for f in result.json["findings"] if f["trace"]]
    assert traces
    assert all(trace[-1]["message"].startswith("reproduced: ") for trace in traces)
    assert "reproduced by a dry run" in result.err
