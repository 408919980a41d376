"""Every template, stage by stage, on a host made of files."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable

import pytest

from tests.templates.applications import APPLICATIONS, ON_FILESYSTEMS, Application
from tests.templates.host import EXECUTION, GUARD, Host

HostFor = Callable[[Application], Host]

every_application = pytest.mark.parametrize(
    "application", APPLICATIONS, ids=lambda application: application.template
)
on_filesystems = pytest.mark.parametrize(
    "application", ON_FILESYSTEMS, ids=lambda application: application.template
)


def assert_untouched(host: Host) -> None:
    """Nothing is held up, scheduled or noted."""
    assert host.held() == set()
    assert host.units() == []
    assert host.leftovers() == []


def watchdog_of(application: Application) -> str:
    name = "application" if application.template == "empty" else application.template
    return f"{name}-watchdog.timer"


# --- as it should be ------------------------------------------------------------------------


@every_application
def test_pre_script_freezes_and_post_script_thaws(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    assert host.run("pre-script") == 0, host.output
    assert host.held() == application.held
    assert host.run("post-script") == 0, host.output
    assert_untouched(host)


@every_application
def test_every_line_of_the_log_bears_the_execution(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    assert EXECUTION in host.output
    host.run("post-script")
    assert f"ending the freeze of execution {EXECUTION}" in host.output


@every_application
def test_dry_run_succeeds_and_changes_nothing(application: Application, host_for: HostFor) -> None:
    host = host_for(application)
    assert host.run("dry-run") == 0, host.output
    assert_untouched(host)
    assert host.calls("fsfreeze", "systemctl", "sync") == []
    assert host.calls("systemd-run") == ["systemd-run --collect --version"]


@every_application
def test_the_watchdog_is_armed_before_anything_is_held_up(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    calls = (host.root / "calls").read_text().splitlines()
    (armed,) = (i for i, call in enumerate(calls) if "--on-active=" in call)
    first = min(i for i, call in enumerate(calls) if call.startswith(application.acquire))
    assert armed < first
    assert "--collect" in calls[armed]


@every_application
def test_the_next_run_after_a_good_one_is_good(application: Application, host_for: HostFor) -> None:
    host = host_for(application)
    codes = [host.run(stage) for stage in ("pre-script", "post-script") * 2]
    assert codes == [0, 0, 0, 0]


# --- not ready ------------------------------------------------------------------------------


@every_application
@pytest.mark.parametrize("command", ["pre-scrip", "", "Dry-Run"])
def test_an_unknown_command_fails(
    application: Application, host_for: HostFor, command: str
) -> None:
    host = host_for(application)
    assert host.run(command) == 206
    assert (host.root / "calls").read_text() == ""


@every_application
@pytest.mark.parametrize("stage", ["pre-script", "dry-run"])
def test_an_application_that_is_not_ready_is_not_touched(
    application: Application, host_for: HostFor, stage: str
) -> None:
    host = host_for(application)
    application.break_down(host)
    assert host.run(stage) == 206
    assert "ERROR" in host.output
    assert_untouched(host)


@every_application
def test_every_missing_tool_is_found_before_it_is_needed(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    tools = re.search(r"for tool in (.*); do", host.script)
    assert tools is not None
    for tool in tools[1].split():
        path = host.root / "bin" / tool
        path.rename(host.root / "away")
        assert host.run("dry-run") == 206, tool
        assert f"{tool} is not installed" in host.output
        (host.root / "away").rename(path)
    assert host.run("dry-run") == 0


@every_application
def test_a_systemd_without_collect_is_not_ready(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.fail("systemd-run --collect --version", "unrecognized option '--collect'")
    assert host.run("dry-run") == 206


# --- in the wrong order -----------------------------------------------------------------------


@every_application
def test_a_second_pre_script_leaves_the_first_freeze_alone(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    assert host.run("pre-script") == 204
    assert host.held() == application.held
    assert host.run("post-script") == 0
    assert_untouched(host)


@every_application
def test_a_post_script_without_a_pre_script(application: Application, host_for: HostFor) -> None:
    host = host_for(application)
    assert host.run("post-script") == 205
    assert_untouched(host)


@every_application
def test_a_second_post_script_has_nothing_to_end(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    host.run("post-script")
    assert host.run("post-script") == 205


# --- the watchdog -----------------------------------------------------------------------------


@every_application
def test_a_post_script_after_the_watchdog_says_so(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    host.fire_watchdog()
    assert host.held() == set()
    assert host.run("post-script") == 203
    assert_untouched(host)


@every_application
def test_a_run_that_only_the_watchdog_has_ended_does_not_stop_the_next(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    host.fire_watchdog()
    assert host.run("pre-script") == 0, host.output
    assert host.held() == application.held
    assert host.run("post-script") == 0, host.output


@every_application
def test_without_a_watchdog_nothing_is_frozen(application: Application, host_for: HostFor) -> None:
    host = host_for(application)
    host.fail("systemd-run --quiet --collect --unit", "Failed to start transient timer unit")
    assert host.run("pre-script") == 201
    assert_untouched(host)
    calls = (host.root / "calls").read_text().splitlines()
    assert not any(call.startswith(application.acquire) for call in calls)


@every_application
def test_a_watchdog_that_can_not_be_disarmed_is_a_failure(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    host.fail(f"systemctl stop dlm-{watchdog_of(application)}")
    assert host.run("post-script") == 202
    assert host.held() == set()
    host.mend()
    assert host.run("post-script") == 0, host.output
    assert_untouched(host)


# --- failures on the way ------------------------------------------------------------------------


@every_application
def test_a_failed_freeze_is_rolled_back(application: Application, host_for: HostFor) -> None:
    host = host_for(application)
    host.fail(application.fails_to_acquire)
    assert host.run("pre-script") == 201
    assert_untouched(host)
    host.mend()
    assert host.run("pre-script") == 0, host.output
    assert host.run("post-script") == 0, host.output


@every_application
def test_a_failed_thaw_does_not_stop_the_others_and_can_be_tried_again(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    host.fail(application.fails_to_release)
    assert host.run("post-script") == 202
    assert host.held() == {application.left}
    assert host.run("pre-script") == 204
    host.mend()
    assert host.run("post-script") == 0, host.output
    assert_untouched(host)


@every_application
def test_what_a_post_script_could_not_thaw_is_left_to_the_watchdog(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    host.run("pre-script")
    host.fail(application.fails_to_release)
    assert host.run("post-script") == 202
    host.mend()
    host.fire_watchdog()
    assert host.held() == set()
    assert [host.run(stage) for stage in ("pre-script", "post-script")] == [0, 0]
    assert_untouched(host)


@on_filesystems
def test_a_rollback_goes_on_after_an_error(application: Application, host_for: HostFor) -> None:
    host = host_for(application)
    host.put("mounts", "259:1 xfs /data\n259:2 ext4 /logs\n259:3 xfs /logs/x\n")
    host.script = host.script.replace('done <<< "$folders"', "done <<< \"$folders\"$'\\n'/logs/x")
    host.fail("fsfreeze -f /logs/x")
    host.fail("fsfreeze -u /logs")
    assert host.run("pre-script") == 201
    assert host.held() == {"/logs"}
    host.mend()
    host.fire_watchdog()
    assert host.held() == set()
    assert [host.run(stage) for stage in ("pre-script", "post-script")] == [0, 0]


def start_and_wait_for_the_freeze(host: Host, mount_point: str) -> int:
    """Start a pre-script that does not get past the freeze of `mount_point`; its group."""
    host.put("slow/" + mount_point.replace("/", ":"))
    process = host.start("pre-script")
    deadline = time.monotonic() + GUARD
    while mount_point not in host.held():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.02)
    return process.pid


@on_filesystems
def test_a_pre_script_killed_in_the_freeze_is_undone_by_the_watchdog(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    group = start_and_wait_for_the_freeze(host, "/logs")
    os.killpg(group, signal.SIGKILL)
    os.waitpid(group, 0)
    assert host.held() == application.held
    host.fire_watchdog()
    assert host.held() == set()
    assert host.run("post-script") == 203
    assert_untouched(host)


@on_filesystems
def test_a_pre_script_that_is_asked_to_end_rolls_back(
    application: Application, host_for: HostFor
) -> None:
    host = host_for(application)
    group = start_and_wait_for_the_freeze(host, "/data")
    os.killpg(group, signal.SIGTERM)
    _, status = os.waitpid(group, 0)
    assert os.waitstatus_to_exitcode(status) in (201, -signal.SIGTERM)
    deadline = time.monotonic() + GUARD
    while host.leftovers() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert_untouched(host)
