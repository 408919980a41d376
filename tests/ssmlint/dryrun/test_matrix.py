"""The full matrix: the good twins keep every promise, the published documents do not."""

from __future__ import annotations

from typing import Any

import pytest

from ssmlint.dryrun.host.settings import complete
from ssmlint.dryrun.matrix import Laboratory, Plan, baseline, run_all, run_matrix, variants
from ssmlint.dryrun.sandbox.toolbox import Toolbox
from tests.ssmlint.dryrun.conftest import FIXTURES, SAMPLES, TEMPLATES, document, promises

FOLDERS = ["/data/app", "/logs/app"]

TWINS: dict[str, tuple[tuple[str, str] | None, dict[str, Any]]] = {
    "mysql": (None, {}),
    "postgresql": (None, {}),
    "mongodb": (None, {}),
    "iris": (None, {}),
    "empty": (
        ("FOLDERS=(/srv/application)", f"FOLDERS=({' '.join(FOLDERS)})"),
        {"files": {"folders": FOLDERS}},
    ),
}


@pytest.mark.parametrize("name", TWINS)
def test_a_good_twin_keeps_every_promise_under_every_fault(
    name: str, bwrap: str, toolbox: Toolbox
) -> None:
    replace, host = TWINS[name]
    read = document(TEMPLATES / f"{name}.yaml", replace)
    laboratory = Laboratory(read, complete(host, ""), bwrap, toolbox)
    cells = list(run_matrix(laboratory, [], everything=True))
    assert laboratory.fits
    assert len(cells) > 60
    # How often the lock is asked for until it is granted is a matter of luck.
    unmet = {cell.fault.partition(":")[0] for cell in cells if not cell.fault_hit}
    assert unmet <= {"pre-script/mysql", "pre-script/systemctl", "pre-script/sleep"}
    broken = {(c.scenario, c.fault): [b.message for b in c.breaches] for c in cells if c.breaches}
    assert broken == {}


PUBLISHED = {
    "mysql": {
        *("locks-last", "given-back", "tag-is-true", "documented-codes", "vital-filesystems-stay"),
    },
    "postgresql": {
        *("given-back", "tag-is-true", "documented-codes", "vital-filesystems-stay"),
    },
    "iris": {"tag-is-true", "documented-codes"},
    "template": {"tag-is-true", "order-is-checked", "documented-codes", "success-means-rest"},
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_document_breaks_what_it_breaks(
    name: str, bwrap: str, toolbox: Toolbox
) -> None:
    path = SAMPLES / f"{name}.yaml"
    if not path.exists():
        pytest.skip("the published samples are not here")
    laboratory = Laboratory(document(path), complete({}, ""), bwrap, toolbox)
    cells = run_all(laboratory, [*baseline(), *variants(laboratory)])
    found = {promise for cell in cells for promise in promises(cell)}
    assert found >= PUBLISHED[name]


def test_a_document_that_does_not_fit_the_host_is_told_so(bwrap: str, toolbox: Toolbox) -> None:
    laboratory = Laboratory(document(TEMPLATES / "empty.yaml"), complete({}, ""), bwrap, toolbox)
    (cell,) = run_matrix(laboratory, [Plan("snapshot")])
    assert cell.codes == (206,)
    assert "--host" in " ".join(cell.notes)
    assert cell.breaches == []


def test_the_cells_of_a_matrix_come_from_what_the_first_has_called(
    bwrap: str, toolbox: Toolbox
) -> None:
    laboratory = Laboratory(
        document(FIXTURES / "checkpoint.yaml"), complete({}, ""), bwrap, toolbox
    )
    cells = list(run_matrix(laboratory, [], everything=True))
    faults = {cell.fault for cell in cells}
    assert {"", "swap", "psql=missing", "pre-script/psql:1=hang"} <= faults
    assert {"pre-script/fsfreeze:2=kill", "post-script/fsfreeze:1=fail"} <= faults
