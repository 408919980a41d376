"""Watchdogs that do not thaw, and stages that do not belong together."""

from __future__ import annotations

import pytest

from tests.rules.freeze.dlm import said, stages

ARM = "systemd-run --on-active=150 --unit=dog {command} || exit 201\n"
THAW = "fsfreeze -u /data || exit 202\nsystemctl stop dog.timer\n"
FUNCTIONS = "DATA=/data\nthaw() { fsfreeze -u $DATA; }\nthaw_more() { thaw; /opt/more; }\n"


@pytest.mark.parametrize(
    ("command", "idle"),
    [
        ("fsfreeze -u /data", False),
        ("bash -c 'fsfreeze -u /data'", False),
        ("bash -c thaw", True),
        ("bash -c 'echo thawing'", True),
        ('bash -c "$(declare -f thaw); thaw"', False),
        ("/opt/thaw-all", False),
        ("bash /opt/thaw-all", False),
        ("bash -c 'psql -c CHECKPOINT'", True),
        ('bash -c "$(declare -f); thaw_more"', False),
    ],
)
def test_a_watchdog_thaws_or_does_not(command: str, idle: bool) -> None:
    pre = ARM.format(command=command) + "fsfreeze -f $DATA || exit 201\n"
    assert bool(said("idle-watchdog", stages(pre, THAW, FUNCTIONS))) is idle


def test_a_watchdog_forgets_the_second_thing() -> None:
    pre = ARM.format(command="bash -c 'fsfreeze -u /data'")
    pre += "docker pause db || exit 201\nfsfreeze -f /data || exit 201\n"
    (message,) = said("idle-watchdog", stages(pre, "docker unpause db\n" + THAW))
    assert message == "this watchdog does not undo `docker pause db`"


@pytest.mark.parametrize(
    ("pre", "post", "reported"),
    [
        ("true", "fsfreeze -u /data || exit 202", True),
        ("fsfreeze -u /data", "fsfreeze -u /data || exit 202", True),
        ("fsfreeze -f /data || exit 201", "fsfreeze -u /data || exit 202", False),
        ("[ -e /x ] && fsfreeze -f /data", "fsfreeze -u /data || exit 202", False),
        ("sync", "systemctl start db || exit 202", False),
    ],
)
def test_a_thaw_belongs_to_a_freeze(pre: str, post: str, reported: bool) -> None:
    assert bool(said("thaw-without-freeze", stages(pre, post))) is reported


@pytest.mark.parametrize(
    ("pre", "reported"),
    [
        ("fsfreeze -f /data && psql -c CHECKPOINT", True),
        ("psql -c CHECKPOINT && fsfreeze -f /data", False),
        ("fsfreeze -f /data && sync", False),
        ("fsfreeze -f /a; fsfreeze -u /a; psql -c CHECKPOINT; fsfreeze -f /data", False),
    ],
)
def test_a_flush_comes_before_the_freeze(pre: str, reported: bool) -> None:
    assert bool(said("flush-behind-freeze", stages(pre, THAW))) is reported


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("DATA", ["`DATA` is no absolute path; did you mean `$DATA`?"]),
        ("./data", ["`./data` is no absolute path"]),
        ("$DATA", []),
        ('"$1"', []),
    ],
)
def test_a_mount_point_is_an_absolute_path(target: str, message: list[str]) -> None:
    pre = f"set -- $(cat /etc/mounts)\nfsfreeze -f {target} || exit 201"
    assert said("relative-freeze-target", stages(pre, THAW, FUNCTIONS)) == message


@pytest.mark.parametrize(
    ("arm", "code", "told"),
    [
        ("systemd-run --on-active=150 --unit=t fsfreeze -u /data", "0", True),
        ("systemd-run --on-active=150 --unit=t fsfreeze -u /data", "205", False),
        ("true", "0", False),
    ],
)
def test_post_script_may_come_behind_its_watchdog(arm: str, code: str, told: bool) -> None:
    pre = f"{arm} || exit 201\ntouch /run/frozen\nfsfreeze -f /data || exit 201"
    post = f"[ -e /run/frozen ] || exit {code}\nfsfreeze -u /data || exit 202"
    assert bool(said("post-before-pre-undetected", stages(pre, post))) is told
