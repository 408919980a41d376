"""The lock of the MongoDB template belongs to the server, not to a session."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.templates.applications import MONGODB, MONGOSH, Application
from tests.templates.host import Host


@pytest.fixture
def host(host_for: Callable[[Application], Host]) -> Host:
    return host_for(MONGODB)


def test_a_server_that_somebody_else_has_locked_stays_locked(host: Host) -> None:
    host.put("mongodb/lock")
    assert host.run("pre-script") == 204
    assert host.held() == {"server lock"}
    assert host.leftovers() == []


def test_a_server_that_somebody_else_has_unlocked_makes_the_snapshot_suspect(host: Host) -> None:
    host.run("pre-script")
    (host.root / "mongodb/lock").unlink()
    assert host.run("post-script") == 203
    assert host.leftovers() == []


def test_a_server_that_does_not_answer_may_still_be_locked(host: Host) -> None:
    host.run("pre-script")
    (host.root / "mongodb/up").unlink()
    assert host.run("post-script") == 202
    host.put("mongodb/up")
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()


def test_a_lock_whose_state_can_not_be_asked_is_given_back_all_the_same(host: Host) -> None:
    host.run("pre-script")
    host.fail(f"{MONGOSH} print(db.adminCommand(")
    assert host.run("post-script") == 202
    assert host.held() == set()


def test_the_lock_has_no_time_limit_that_could_leave_it_behind(host: Host) -> None:
    assert "timeout 20 mongosh" in host.script
    lock = next(line for line in host.script.splitlines() if "fsyncLock()" in line)
    assert "timeout" not in lock
