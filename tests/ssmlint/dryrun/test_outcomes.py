"""What was seen when such documents were run against stub commands comes out here, too.

Each test runs on a document of our own, and on the published one where it is there.  Not shown
here: T11b (the machine's own `pkill`, which is not run), and that T8b ends with 202: what `lsblk`
lists is there, so that a path that has gone is not tried; its filesystem stays frozen all the same.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ssmlint.dryrun.conftest import FIXTURES, SAMPLES, Run, calls, promises
from tests.ssmlint.dryrun.test_agent import document as steps


def both(own: str, sample: str) -> pytest.MarkDecorator:
    """A document of our own, and the published one that it takes after."""
    published = SAMPLES / sample
    mark = pytest.mark.skipif(not published.exists(), reason="the published samples are not here")
    parameters = [
        pytest.param(FIXTURES / own, id="own"),
        pytest.param(published, id="published", marks=mark),
    ]
    return pytest.mark.parametrize("path", parameters)


mount_list = both("mount-list.yaml", "mysql.yaml")
instance_list = both("instance-list.yaml", "iris.yaml")
checkpoint = both("checkpoint.yaml", "postgresql.yaml")

SESSION = "irissession:{} -U %SYS ##Class(Backup.General).{}={}"


# --- mysql.yaml and its like ---------------------------------------------------------------------


@mount_list
def test_t1_all_is_well_but_for_the_lock(run: Run, path: Path) -> None:
    cell = run(path, "snapshot")
    assert cell.codes == (0, 0)
    assert cell.held_at_end == ()
    assert promises(cell) == {"locks-last"}
    (lock,) = (hold for hold in cell.holds if "lock" in hold.what)
    assert (lock.seconds(cell.end), lock.ended_by) == (0, "the end of its session")


@mount_list
def test_t2_the_second_mount_fails(run: Run, path: Path) -> None:
    cell = run(path, "retry", "fsfreeze:-f /logs=fail")
    assert cell.codes == (201, 204)
    assert cell.held_at_end == ("/data",)
    assert "due to error - \n" in cell.stages[0].output or "can not freeze :" in (
        cell.stages[0].output
    )


@mount_list
def test_t3_an_lsblk_without_the_column(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "old-util-linux")
    assert cell.codes == (0, 0)
    assert calls(cell, "fsfreeze") == []
    assert "tag-is-true" in promises(cell)


@mount_list
def test_t4_a_bind_mount(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "bind-mount")
    assert cell.codes == (204,)
    assert cell.held_at_end == ("/data",)
    assert calls(cell, "sleep") == []


@mount_list
@pytest.mark.parametrize("fault", ["swap", "space"])
def test_t5_and_t6_what_is_no_mount_point(run: Run, path: Path, fault: str) -> None:
    assert run(path, "snapshot", fault).codes == (201,)


@mount_list
def test_t7_an_error_in_the_watchdog_stops_it(run: Run, path: Path) -> None:
    cell = run(path, "no-post", "fsfreeze:-u /data=fail")
    assert cell.codes == (0,)
    assert cell.held_at_end == ("/data", "/logs")
    assert calls(cell, "fsfreeze", "background") == ["fsfreeze -u /data"]


@mount_list
def test_t8_a_mount_appears_meanwhile(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "mount-appears")
    assert cell.codes == (0, 205)
    assert cell.held_at_end == ("/data", "/logs")


@mount_list
def test_t8b_a_mount_vanishes_meanwhile(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "mount-vanishes")
    assert cell.held_at_end == ("/scratch",)


@mount_list
def test_t9_the_watchdog_dies_with_the_command(run: Run, path: Path) -> None:
    end = "date:+%s=kill" if "fixtures" in str(path) else "date:+%s:2=kill"
    cell = run(path, "snapshot", f"pre-script/{end}")
    assert cell.codes == (137,)
    assert "sleep 60" in calls(cell, "sleep", "pre-script")
    assert cell.held_at_end == ("/data", "/logs")


@mount_list
def test_t10_killed_during_the_freeze(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "fsfreeze:-f:2=kill")
    assert cell.codes == (137,)
    assert cell.held_at_end == ("/data",)
    assert calls(cell, "sleep") == []


@mount_list
def test_t11_two_watchdogs_and_none_is_killed(run: Run, path: Path) -> None:
    # Runs so short that the first one's watchdog still sleeps in the second.
    host = {"dlm": {"execution-timeout": 12, "pause-between-runs": 5}}
    cell = run(path, "second-run", "post-script/pkill:1=fail", host=host)
    assert cell.codes == (0, 0, 0, 0)
    last = [event for event in cell.trace if event.command == "pkill"][-1]
    assert (last.status, len(last.arguments.split())) == (1, 3)
    assert len([c for c in calls(cell, "fsfreeze", "background") if "-u" in c]) >= 2


@mount_list
def test_t12_the_watchdog_came_first(run: Run, path: Path) -> None:
    cell = run(path, "late-post")
    assert cell.codes == (0, 205)
    assert "documented-codes" in promises(cell)


@mount_list
def test_t13_a_name_with_boot_in_it(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "boot-name")
    assert cell.codes == (0, 0)
    assert "/data/bootstrap" not in {hold.what for hold in cell.holds}
    assert "tag-is-true" in promises(cell)


@mount_list
def test_t14_a_unit_of_another_name(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "unit-renamed")
    assert cell.codes == (0, 0)
    assert calls(cell, "mysql") == []


def test_t16_a_word_in_brackets_is_a_pattern(run: Run) -> None:
    loop = "for t in $(lsblk -nlo MOUNTPOINTS); do echo target=$t; done"
    read = steps(
        {"runCommand": ["touch /tmp/S"]}, {"runCommand": [loop], "workingDirectory": "/tmp"}
    )
    assert "target=S" in run(read, "dry-run", "swap").stages[0].output.split()
    assert "target=[SWAP]" not in run(read, "dry-run", "swap").stages[0].output.split()


def test_y_a_watchdog_has_the_group_of_the_script(run: Run) -> None:
    lines = [
        "#!/bin/bash",
        "later() { sleep 50; echo; }",
        "export -f later",
        "nohup bash -c later > /dev/null 2>&1 &",
        "sleep 1",
        "pkill -g $(pgrep -f 'bash -c later' | xargs -I {} ps -h -p {} -o pgid)",
        "echo survived",
    ]
    (stage,) = run(steps({"runCommand": lines}), "dry-run").stages
    assert stage.code == 128 + 15
    assert "survived" not in stage.output


@mount_list
def test_t20_somebody_else_is_killed(run: Run, path: Path) -> None:
    word = "rescue_later" if "fixtures" in str(path) else "execute_schedule_auto_thaw"
    host = {"unit": [{"name": "vi.service", "command": f"vi {word}.txt"}]}
    cell = run(path, "snapshot", "nohup=missing", host=host)
    assert cell.codes == (0, 0)
    (kill,) = calls(cell, "pkill")
    assert kill.split()[:2] == ["pkill", "-g"]
    assert any(f"`vi {word}.txt`" in change for change in cell.touched)


@mount_list
def test_p2_everything_on_the_root_filesystem(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "on-root")
    assert cell.codes == (0, 0)
    assert calls(cell, "fsfreeze") == []
    assert "tag-is-true" in promises(cell)


@mount_list
def test_p3_a_watchdog_of_the_first_run_thaws_the_second(run: Run, path: Path) -> None:
    cell = run(path, "second-run", "post-script/pkill:1=fail")
    assert cell.codes[:3] == (0, 0, 0)
    second = cell.snapshots[1]
    assert not second.is_consistent
    assert "background" in {hold.ended_by for hold in cell.holds if "/data" in hold.what}


@mount_list
def test_c_no_sudo(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "no-sudo", "on-root")
    assert cell.codes == (0, 0)
    assert "tag-is-true" in promises(cell)
    assert run(path, "snapshot", "no-sudo").codes == (201,)


@mount_list
def test_l_messages_in_german(run: Run, path: Path) -> None:
    assert run(path, "snapshot", "frozen-before").codes == (204,)
    assert run(path, "snapshot", "frozen-before", "german").codes == (201,)


@checkpoint
@pytest.mark.parametrize("fault", ["service-down", "unit-renamed"])
def test_p1_no_checkpoint_and_nobody_minds(run: Run, path: Path, fault: str) -> None:
    cell = run(path, "snapshot", fault)
    assert cell.codes == (0, 0)
    assert calls(cell, "psql") == []


# --- iris.yaml and its like ---------------------------------------------------------------------------


@instance_list
def test_i1_docker_is_there_for_something_else(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "docker")
    assert cell.codes == (0, 0)
    assert "tag-is-true" in promises(cell)
    assert cell.holds == []


@instance_list
def test_i2_the_second_instance_refuses(run: Run, path: Path) -> None:
    cell = run(path, "no-post", SESSION.format("IRISB", "ExternalFreeze", 3))
    assert cell.codes == (201,)
    (hold,) = cell.holds
    assert (hold.what, hold.seconds(cell.end)) == ("iris IRISA", 300)
    assert hold.ended_by == "the write daemon, by itself"


@instance_list
def test_i3_no_answer_is_taken_for_thawed(run: Run, path: Path) -> None:
    fault = SESSION.format("IRISA", "IsWDSuspended", 1)
    cell = run(path, "snapshot", f"post-script/{fault}")
    assert cell.codes == (0, 205)
    assert [h.seconds(cell.end) for h in cell.holds if h.what == "iris IRISA"] == [300]


@instance_list
def test_i4_no_instance_is_up(run: Run, path: Path) -> None:
    cell = run(path, "snapshot", "service-down")
    assert cell.codes == (0, 0)
    assert calls(cell, "irissession") == []
    # What does not run does not write.
    assert "tag-is-true" not in promises(cell)


@instance_list
def test_i5_the_last_code_wins(run: Run, path: Path) -> None:
    thaw = "ExternalThaw"
    option = "-U%SYS" if "shared" in str(path) else "-U %SYS"
    first = f"post-script/irissession:IRISA {option} ##Class(Backup.General).{thaw}=3"
    second = f"post-script/{SESSION.format('IRISB', 'IsWDSuspended', 3)}"
    assert run(path, "snapshot", first).codes == (0, 202)
    assert run(path, "snapshot", first, second).codes == (0, 205)


# --- another shell --------------------------------------------------------------------------------------


def test_t15_dash_knows_no_double_brackets(run: Run) -> None:
    cell = run(FIXTURES / "late-shebang.yaml", "snapshot", host={"host": {"shell": "dash"}})
    assert cell.codes == (127,)
    output = cell.stages[0].output
    assert "unexpected operator" in output
    assert "[[: not found" in output
