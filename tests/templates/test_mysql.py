"""The read lock of the MySQL template: it needs a session that outlives the script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.templates.applications import MYSQL, Application
from tests.templates.host import Host


@pytest.fixture
def host(host_for: Callable[[Application], Host]) -> Host:
    return host_for(MYSQL)


def test_the_lock_is_taken_before_the_freeze_and_given_back_after_the_thaw(host: Host) -> None:
    host.run("pre-script")
    host.run("post-script")
    calls = (host.root / "calls").read_text().splitlines()
    lock = calls.index("mysql session: FLUSH TABLES WITH READ LOCK;")
    freeze = calls.index("fsfreeze -f /data")
    thaw = calls.index("fsfreeze -u /data")
    unlock = calls.index("systemctl stop dlm-mysql-lock.service")
    assert lock < freeze < thaw < unlock


def test_the_session_waits_a_limited_time_and_is_marked_once_it_has_the_lock(host: Host) -> None:
    host.run("pre-script")
    calls = (host.root / "calls").read_text().splitlines()
    assert [call for call in calls if call.startswith("mysql session:")] == [
        "mysql session: SET SESSION lock_wait_timeout = 20;",
        "mysql session: FLUSH TABLES WITH READ LOCK;",
        "mysql session: SELECT GET_LOCK('dlm-mysql-lock', 0);",
    ]


def test_a_lock_that_is_not_granted_freezes_nothing(host: Host) -> None:
    host.put("mysql/busy")
    assert host.run("pre-script") == 201
    assert "did not get the read lock" in host.output
    assert host.calls("fsfreeze") == []
    assert host.units() == []
    assert host.leftovers() == []


def test_a_lock_that_got_lost_makes_the_snapshot_suspect(host: Host) -> None:
    host.run("pre-script")
    host.close()
    (host.root / "mysql/read-lock").unlink(missing_ok=True)
    (host.root / "mysql/named-lock").unlink(missing_ok=True)
    assert host.run("post-script") == 203
    assert host.held() == set()
    assert host.leftovers() == []


def test_a_lock_that_can_not_be_given_back_is_a_failure(host: Host) -> None:
    host.run("pre-script")
    host.fail("systemctl stop dlm-mysql-lock")
    assert host.run("post-script") == 202
    assert host.held() == {"read lock"}
    host.mend()
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()


def test_every_folder_of_the_server_counts(host: Host) -> None:
    host.put("mysql/variables", "datadir\t/data/\ninnodb_undo_directory\t/mnt/my data/undo/\n")
    host.run("pre-script")
    assert host.held() == {"/data", "/mnt/my data", "read lock"}
