"""The simulated commands, as a script sees them; and time, which is virtual."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ssmlint.dryrun.conftest import Run
from tests.ssmlint.dryrun.test_agent import document


def printed(run: Run, text: str, host: dict[str, Any] | None = None, *faults: str) -> list[str]:
    """What a script prints, line by line."""
    step = {"runCommand": ["#!/bin/bash", f"exec 2>&1\n{text}"]}
    cell = run(document(step), "dry-run", *faults, host=host)
    assert cell.stopped == ""
    return cell.stages[0].output.splitlines()


# --- time --------------------------------------------------------------------------------------------


def test_sleep_costs_nothing_and_every_clock_follows(run: Run) -> None:
    lines = printed(
        run,
        "echo $SECONDS; sleep 1800; echo $SECONDS $((SECONDS + 1)); date -u +%H:%M\n"
        "SECONDS=0; sleep 1m; echo $SECONDS; (sleep 5; echo $SECONDS)\n"
        "before=$EPOCHSECONDS; sleep 7; echo $((EPOCHSECONDS - before))",
    )
    assert lines == ["0", "1800 1801", "03:30", "60", "65", "7"]


def test_a_loop_that_waits_ends_when_it_should(run: Run) -> None:
    text = (
        "deadline=$((SECONDS + 30)); until [ $SECONDS -ge $deadline ]; do sleep 4; done; date +%S"
    )
    assert printed(run, text) == ["32"]


def test_timeout_ends_real_programs_and_simulated_ones(run: Run) -> None:
    lines = printed(
        run,
        "timeout 5 sleep 10; echo $?; timeout 5 bash -c 'sleep 10'; echo $?; timeout 5 true; echo $?\n"
        "timeout 20 mysql -e 'SELECT SLEEP(60)'; echo $?; date +%S",
        {"host": {"applications": ["mysql"]}},
    )
    assert lines == ["124", "124", "0", "124", "30"]


def test_background_jobs_run_beside(run: Run) -> None:
    text = "(sleep 10; echo ten) & (sleep 5; echo five) & wait; date +%S"
    assert printed(run, text) == ["five", "ten", "10"]


def test_timers_outlive_the_script_s_group(run: Run) -> None:
    lines = printed(
        run,
        "systemd-run --unit=later --on-active=1min touch /run/later\n"
        "systemctl is-active later.timer; sleep 61; systemctl is-active later.timer; ls /run\n"
        "echo 'date +%M > /run/at' | at now + 2 minutes > /dev/null 2>&1; sleep 130; cat /run/at\n"
        "systemd-run --unit=gone --on-active=5 touch /run/gone; systemctl stop gone.timer; sleep 9\n"
        "ls /run",
    )
    assert lines == ["active", "inactive", "later", "03", "at", "later"]


def test_stopping_a_unit_ends_all_of_it(run: Run) -> None:
    lines = printed(
        run,
        "systemd-run --unit=long bash -c '(sleep 500; touch /run/no) & sleep 400; touch /run/no'\n"
        "sleep 1; pgrep -fc '^sleep [45]00'; systemctl stop long; pgrep -fc '^sleep [45]00'\n"
        "sleep 600; ls /run",
    )
    assert lines == ["2", "0"]


# --- filesystems -----------------------------------------------------------------------------------------


def test_what_the_kernel_says(run: Run) -> None:
    lines = printed(
        run,
        "fsfreeze -u /data; fsfreeze -f /data; fsfreeze -f /data; fsfreeze -u /data\n"
        "fsfreeze -f /boot/efi; fsfreeze -f /nowhere; fsfreeze /data; echo $?\n"
        "mount -o remount,noatime /data; fsfreeze -f /data; mount -o remount,noatime /data; echo $?",
    )
    assert lines == [
        "fsfreeze: /data: unfreeze failed: Invalid argument",
        "fsfreeze: /data: freeze failed: Device or resource busy",
        "fsfreeze: /boot/efi: freeze failed: Operation not supported",
        "fsfreeze: cannot open /nowhere: No such file or directory",
        "fsfreeze: neither --freeze or --unfreeze specified",
        "1",
        "mount: /data: mount point is busy.",
        "32",
    ]


def test_a_writer_waits_for_the_thaw(run: Run) -> None:
    lines = printed(
        run,
        "fsfreeze -f /data; (sleep 30; fsfreeze -u /data) & touch /data/x; date +%S; ls /data",
        {"host": {"applications": ["files"]}},
    )
    assert lines[0] == "30"
    assert "x" in lines


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("lsblk -nlo MOUNTPOINTS", ["/", "/boot/efi", "/data", "/srv/b", "[SWAP]"]),
        ("lsblk -nro NAME,MOUNTPOINT | tail -2", ["nvme1n1 /data", "nvme2n1 [SWAP]"]),
        ("findmnt -n -o FSTYPE,TARGET --target /data", ["xfs /srv/b"]),
        ("findmnt -nlo TARGET -t vfat", ["/boot/efi"]),
        ("df --output=target /data | tail -1", ["/srv/b"]),
        ("mountpoint -q /data; echo $?; mountpoint -q /data/x; echo $?", ["0", "32"]),
        ("lsblk -no FSTYPE /dev/nvme1n1; blkid -s TYPE -o value /dev/nvme1n1", ["xfs", "xfs"]),
        ("swapon --show | wc -l", ["1"]),
    ],
)
def test_lists_of_mounts(run: Run, command: str, expected: list[str]) -> None:
    mounts = [
        {"device": "nvme0n1p1", "type": "ext4", "at": ["/"]},
        {"device": "nvme0n1p15", "type": "vfat", "at": ["/boot/efi"]},
        {"device": "nvme1n1", "type": "xfs", "at": ["/data", "/srv/b"]},
        {"device": "nvme2n1", "type": "swap"},
    ]
    found = printed(run, command, {"mount": mounts, "host": {"applications": ["files"]}})
    assert [line.replace("/data", "/srv/b") for line in found] == [
        line.replace("/data", "/srv/b") for line in expected
    ]


# --- databases --------------------------------------------------------------------------------------------


def test_a_read_lock_lasts_as_long_as_its_session(run: Run) -> None:
    lines = printed(
        run,
        "exec 3> >(mysql); echo 'FLUSH TABLES WITH READ LOCK;' >&3\n"
        "echo \"SELECT GET_LOCK('mine', 0);\" >&3; sleep 1\n"
        "mysql -Ne \"SELECT IS_USED_LOCK('mine') IS NOT NULL\"; exec 3>&-; sleep 1\n"
        "mysql -Ne \"SELECT IS_USED_LOCK('mine') IS NOT NULL\"",
        {"host": {"applications": ["mysql"]}},
    )
    assert [line for line in lines if line in "01"] == ["1", "1", "0"] or lines[-1] == "0"


def test_a_lock_waits_for_a_long_statement(run: Run) -> None:
    lines = printed(
        run,
        "mysql -e 'SET SESSION lock_wait_timeout = 5; FLUSH TABLES WITH READ LOCK'; date +%S\n"
        "mysql -e 'FLUSH TABLES WITH READ LOCK'; date +%S",
        {"host": {"applications": ["mysql"]}, "mysql": {"long-statement": 40}},
    )
    assert "Lock wait timeout exceeded" in lines[0]
    assert lines[1:] == ["05", "40"]


def test_postgresql(run: Run) -> None:
    lines = printed(
        run,
        "pg_isready -q; echo $?; psql -Atc 'SHOW data_directory'; psql -c 'SELECT pg_backup_stop()'\n"
        "psql -p 5433 -c 'CHECKPOINT'; echo $?",
        {"host": {"applications": ["postgresql"]}},
    )
    assert lines[1:3] == ["0", "/data/postgresql"]
    assert lines[3].startswith("ERROR:  backup is not in progress")
    assert lines[-1] == "2"


def test_mongodb_counts_its_locks(run: Run) -> None:
    lines = printed(
        run,
        "for i in 1 2; do mongosh --eval 'db.fsyncLock()' > /dev/null; done\n"
        "mongosh --eval 'db.fsyncUnlock()' | grep -c completed\n"
        "mongosh --eval 'db.currentOp().fsyncLock'; mongosh --eval 'db.fsyncUnlock()' > /dev/null\n"
        "mongosh --eval 'db.fsyncUnlock()'; echo $?",
        {"host": {"applications": ["mongodb"]}},
    )
    assert lines == ["1", "true", "MongoServerError: fsyncUnlock called when not locked", "1"]


def test_an_instance_in_a_container(run: Run) -> None:
    host = {
        "host": {"applications": ["iris"]},
        "iris": {"container": "db", "instances": ["ONE"]},
        "container": [{"name": "db"}],
    }
    lines = printed(
        run,
        "iris qlist; docker exec db iris qlist | cut -d^ -f1; docker exec other true; echo $?\n"
        "docker exec db irissession ONE -U %SYS '##Class(Backup.General).ExternalFreeze()'; echo $?\n"
        "docker exec db irissession ONE -U %SYS '##Class(Backup.General).IsWDSuspendedExt()'; echo $?\n"
        "docker pause db; docker exec db iris qlist; echo $?",
        host,
    )
    assert lines[0] == "iris: command not found"
    assert lines[1] == "ONE"
    assert lines[2:4] == ["Error response from daemon: No such container: other", "1"]
    assert lines[4:6] == ["5", "5"]
    assert lines[-1] == "1"


# --- processes and users --------------------------------------------------------------------------------------


def test_processes_are_shown_as_what_they_stand_for(run: Run) -> None:
    lines = printed(
        run,
        "sleep 77 & pid=$!; sleep 0.1; ps -o args= -p $pid; pgrep -f 'sleep 77' | grep -cx $pid\n"
        "ps -o pgid= -p $pid | tr -d ' ' | grep -cx \"$(ps -o pgid= -p $$ | tr -d ' ')\"\n"
        "pkill -f 'sleep 77'; wait $pid; echo $?",
    )
    assert lines == ["sleep 77", "1", "1", "143"]


def test_who_runs_a_command_does_not_matter(run: Run) -> None:
    lines = printed(
        run,
        "f() { echo exported; }; export -f f\n"
        "sudo -u postgres hostname; su - postgres -c hostname; runuser -u postgres -- hostname\n"
        "sudo -n bash -c f; nice bash -c f; ionice -c3 hostname; sudo nothing-like-that; echo $?",
    )
    name = "ip-10-0-0-10"
    assert lines[:6] == [name, name, name, "exported", "exported", name]
    assert lines[-1] in ("1", "127")


def test_messages_follow_the_locale(run: Run) -> None:
    lines = printed(
        run,
        "fsfreeze -u /data; LC_ALL=C fsfreeze -u /data",
        {"host": {"language": "de_DE.UTF-8"}},
    )
    assert "Auftauen ist fehlgeschlagen: Das Argument ist ungültig" in lines[0]
    assert lines[1].endswith("unfreeze failed: Invalid argument")
