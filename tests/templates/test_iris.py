"""The IRIS template knows three answers to "is it frozen?", and two places to ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.templates.applications import IRIS_INSTANCES, Application
from tests.templates.host import Host

SESSION = "iris session {} -U %SYS ##Class(Backup.General).{}"


@pytest.fixture
def host(host_for: Callable[[Application], Host]) -> Host:
    return host_for(IRIS_INSTANCES)


def test_the_freeze_ends_by_itself_when_the_watchdog_s_time_has_come(host: Host) -> None:
    host.run("pre-script")
    (freeze,) = (call for call in host.calls("iris") if "LEFT" in call and "Freeze" in call)
    arguments = freeze[freeze.index("(,") + 1 : -1].split(",")
    assert len(arguments) == 10
    assert arguments[1].startswith('"DLM ')
    assert arguments[9] == "150"


def test_an_instance_that_is_down_is_left_alone(host: Host) -> None:
    host.run("pre-script")
    host.run("post-script")
    assert not [call for call in host.calls("iris") if "DOWN" in call]


def test_an_instance_that_does_not_tell_its_state_is_not_ready(host: Host) -> None:
    host.put("iris/RIGHT", "mute")
    for stage in ("dry-run", "pre-script"):
        assert host.run(stage) == 206
        assert "RIGHT does not tell its state" in host.output
    assert host.held() == set()


def test_an_instance_that_somebody_else_has_frozen_stays_frozen(host: Host) -> None:
    host.put("iris/RIGHT", "frozen")
    assert host.run("pre-script") == 204
    assert host.held() == {"RIGHT"}
    assert host.leftovers() == []


def test_an_instance_that_refuses_is_rolled_back(host: Host) -> None:
    host.put("iris/RIGHT", "stuck")
    assert host.run("pre-script") == 201
    assert "RIGHT could not freeze" in host.output
    assert host.held() == set()
    assert host.leftovers() == []


def test_an_instance_that_does_not_tell_its_state_is_thawed_all_the_same(host: Host) -> None:
    host.run("pre-script")
    host.fail(SESSION.format("RIGHT", "IsWDSuspendedExt"))
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()


def test_an_instance_that_has_gone_on_by_itself_makes_the_snapshot_suspect(host: Host) -> None:
    host.run("pre-script")
    host.put("iris/LEFT", "running")
    assert host.run("post-script") == 203
    assert host.held() == set()


def test_a_worse_error_is_not_hidden_by_a_later_one(host: Host) -> None:
    host.run("pre-script")
    host.put("iris/LEFT", "running")
    host.fail(SESSION.format("RIGHT", "ExternalThaw"))
    assert host.run("post-script") == 202
    assert host.held() == {"RIGHT"}


def test_they_may_run_in_a_container(host: Host) -> None:
    host.script = host.script.replace("CONTAINER=''", "CONTAINER=database")
    host.put("container", "database")
    assert host.run("pre-script") == 0, host.output
    assert host.held() == {"LEFT", "RIGHT"}
    assert host.calls("runuser") == []
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()


def test_a_container_that_is_not_there_is_not_ready(host: Host) -> None:
    host.script = host.script.replace("CONTAINER=''", "CONTAINER=database")
    host.put("container", "other")
    assert host.run("pre-script") == 206


def test_docker_for_something_else_does_not_matter(host: Host) -> None:
    host.put("container", "other")
    assert host.run("pre-script") == 0, host.output
    assert host.calls("docker") == []
