"""The engine that stands in where there is no bubblewrap says the same, or that it can not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.dryrun.host.settings import complete
from ssmlint.dryrun.matrix import Laboratory, Plan
from ssmlint.dryrun.model import CellReport
from tests.ssmlint.dryrun.conftest import FIXTURES, TEMPLATES, Run, document
from tests.ssmlint.dryrun.test_agent import document as steps

pytest.importorskip("bashkit")


def interpreted(name: str, scenario: str, *faults: str) -> CellReport:
    read = document(TEMPLATES / f"{name}.yaml")
    return Laboratory(read, complete({}, ""), "", None).run(Plan(scenario, faults))


def told(cell: CellReport) -> tuple[object, ...]:
    holds = [(hold.what, hold.start, hold.end) for hold in cell.holds]
    caught = [[one.level for one in snapshot.caught] for snapshot in cell.snapshots]
    return cell.codes, holds, caught, [breach.message for breach in cell.breaches]


@pytest.mark.parametrize("name", ["postgresql", "mongodb", "iris"])
@pytest.mark.parametrize(
    "plan",
    [
        ("snapshot",),
        ("late-post",),
        ("pre-twice",),
        ("unknown-stage",),
        ("snapshot", "pre-script/systemd-run:2=fail"),
        ("snapshot", "pre-script/mkdir:1=fail"),
        ("snapshot", "post-script/rm:1=fail"),
        ("snapshot", "service-down"),
    ],
    ids=" ".join,
)
def test_both_engines_agree(name: str, plan: tuple[str, ...], run: Run) -> None:
    one = interpreted(name, *plan)
    assert one.unshown == ""
    assert told(one) == told(run(TEMPLATES / f"{name}.yaml", *plan))


def test_the_agent_s_time_is_up_in_a_call_that_hangs() -> None:
    cell = interpreted("postgresql", "snapshot", "pre-script/fsfreeze:2=hang")
    (stage, *_) = cell.stages
    assert (stage.code, stage.status, stage.seconds) == (137, "TimedOut", 120)
    assert [hold.end for hold in cell.holds if hold.start < 200] == [150]


def test_what_it_can_not_show_is_not_judged() -> None:
    cell = interpreted("mysql", "snapshot")
    assert "would run beside the script" in cell.unshown
    assert cell.breaches == []
    other = interpreted("mysql", "dry-run")
    assert (other.unshown, other.codes) == ("", (0,))


@pytest.mark.parametrize("line", ["timeout 5 cat /etc/passwd", "sudo cat /etc/passwd"])
def test_a_program_behind_a_simulated_one_is_not_shown(line: str) -> None:
    read = steps({"runCommand": [line]})
    cell = Laboratory(read, complete({}, ""), "", None).run(Plan("dry-run"))
    assert "starts another program" in cell.unshown


def test_nothing_of_the_machine_is_seen(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("alive")
    line = f"cat {canary} /etc/shadow; rm -rf {tmp_path}; echo > /dev/tcp/127.0.0.1/1"
    cell = Laboratory(steps({"runCommand": [line]}), complete({}, ""), "", None).run(
        Plan("dry-run")
    )
    assert canary.read_text() == "alive"
    assert "alive" not in cell.stages[0].output
    assert "root:" not in cell.stages[0].output


def test_an_endless_loop_ends() -> None:
    read = steps({"runCommand": ["while :; do :; done"]})
    cell = Laboratory(read, complete({}, ""), "", None).run(Plan("dry-run"))
    assert cell.stopped or cell.codes != (0,)


def test_a_document_with_faults_of_its_own() -> None:
    read = document(FIXTURES / "checkpoint.yaml")
    cell = Laboratory(read, complete({}, ""), "", None).run(
        Plan("snapshot", ("fsfreeze:-f:2=fail",))
    )
    assert cell.held_at_end == ("/data",)
    assert {breach.invariant for breach in cell.breaches} >= {"given-back"}
