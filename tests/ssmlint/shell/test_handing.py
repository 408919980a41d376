"""Scripts that a script writes, and the shells and units that run them."""

from __future__ import annotations

import pytest

from ssmlint.shell.symbolic.events import Happening
from tests.ssmlint.shell.test_stages import ends, report

WRITE = """
STATE=/run/dlm
thaw() { fsfreeze -u "$DATA"; }
write() {
    {
        declare -p DATA
        declare -f
        echo "$1"
    } > "$STATE/$1"
}
DATA=/data
mkdir "$STATE" || exit 204
"""
ARM = "write thaw && systemd-run --on-active=150 --unit=dog /bin/bash $STATE/thaw || exit 201\n"
FREEZE = "fsfreeze -f $DATA || exit 201\n"


def watchdogs(script: str) -> set[tuple[frozenset[str], bool]]:
    """What each watchdog of a successful pre-script releases, and whether all of it is seen."""
    found = report(script).pre.successes
    return {(dog.resources, dog.seen) for end in found for dog in end.watchdogs}


def lacks(script: str) -> set[str]:
    """The variables that started shells read in vain."""
    found = report(script).pre.ends
    return {e.text for end in found for e in end.events if e.kind is Happening.LACK}


FILESYSTEM = {(frozenset({"filesystem"}), True)}
NOTHING = {(frozenset[str](), True)}


def test_a_watchdog_runs_the_script_that_was_written_for_it() -> None:
    assert watchdogs(WRITE + ARM + FREEZE) == FILESYSTEM
    assert lacks(WRITE + ARM + FREEZE) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("declare -f\n", "\n"),
        ('echo "$1"', "true"),
        ("bash $STATE/thaw", "bash $STATE/thaww"),
        ("declare -f\n", "declare -f write\n"),
    ],
)
def test_a_watchdog_that_does_nothing(old: str, new: str) -> None:
    script = WRITE + ARM + FREEZE
    assert old in script
    assert watchdogs(script.replace(old, new)) == NOTHING


def test_a_variable_that_is_not_handed_on() -> None:
    assert lacks((WRITE + ARM + FREEZE).replace("declare -p DATA", "declare -p STATE")) == {"DATA"}


@pytest.mark.parametrize(
    ("command", "expected", "missing"),
    [
        ('bash -c "$(declare -f thaw); thaw"', FILESYSTEM, {"DATA"}),
        ('bash -c "$(declare -p DATA; declare -f thaw); thaw"', FILESYSTEM, set()),
        ("bash -c 'fsfreeze -u /data'", FILESYSTEM, set()),
        ("bash -c thaw", NOTHING, set()),
        ("bash -c 'thaw; /opt/thaw-all'", {(frozenset(), False)}, set()),
    ],
)
def test_a_watchdog_on_one_line(
    command: str, expected: set[tuple[frozenset[str], bool]], missing: set[str]
) -> None:
    script = f"{WRITE}\nsystemd-run --on-active=150 {command} || exit 201\n{FREEZE}"
    assert watchdogs(script) == expected
    assert lacks(script) == missing


def test_a_file_that_may_have_been_there_is_not_judged() -> None:
    script = WRITE.replace("mkdir", "mkdir -p")
    arm = "systemd-run --on-active=150 bash $STATE/from-the-image || exit 201\n"
    assert watchdogs(script + arm + FREEZE) == {(frozenset(), False)}


@pytest.mark.parametrize(
    ("stop", "armed"),
    [
        ("dog.timer", False),
        ("dog.service", True),
        ("dog", True),
        ("cat.timer", True),
        ("dog.timer dog.service", False),
        ("'dog*'", False),
        ('"$UNIT"', False),
    ],
)
def test_a_timer_is_stopped_by_its_own_name(stop: str, armed: bool) -> None:
    script = f"UNIT=$(cat /run/unit)\n{WRITE}{ARM}systemctl stop {stop}\ntrue\n"
    (code,) = {end for end in ends(report(script).pre) if end.startswith("0")}
    assert code == ("0 w" if armed else "0")


LOCK = """
hold() {
    mysql --batch < <(echo 'FLUSH TABLES WITH READ LOCK;'; exec sleep 150)
}
case "{{ command }}" in
    pre-script) systemd-run --unit=holder bash -c "$(declare -f hold); hold" || exit 201 ;;
    post-script) systemctl stop UNIT || exit 202 ;;
esac
"""


@pytest.mark.parametrize(
    ("unit", "after"),
    [
        ("holder.service", {"0", "202"}),
        ("holder", {"0", "202"}),
        ("other.service", {"0 [mysql-read-lock] [other.service]", "202 [mysql-read-lock]"}),
    ],
)
def test_a_unit_holds_a_lock_until_it_is_stopped(unit: str, after: set[str]) -> None:
    found = report(LOCK.replace("UNIT", unit))
    assert ends(found.pre) == {"0 [mysql-read-lock]", "201"}
    assert ends(found.post) == after


def test_a_client_whose_input_ends_holds_nothing() -> None:
    assert ends(report(LOCK.replace("; exec sleep 150", "")).pre) == {"0"}
