"""Failures that a stage does not notice, and ends with 0 that come too early."""

from __future__ import annotations

import pytest

from tests.rules.asking import places
from tests.rules.freeze.dlm import dlm, said, stages

READY = "is_ready() { command -v fsfreeze || return 1; }\n"
FREEZE = "fsfreeze -f /data || exit 201\n"
THAW = "fsfreeze -u /data || exit 202\n"


@pytest.mark.parametrize(
    ("call", "noticed"),
    [
        ("is_ready", False),
        ("is_ready; echo checked", False),
        ("is_ready || exit 206", True),
        ("is_ready\n[ $? -eq 0 ] || exit 206", True),
        ("if ! is_ready; then exit 206; fi", True),
        ("is_ready || echo 'not ready'", True),
        ("set -e\nis_ready", True),
    ],
)
def test_a_function_says_that_it_has_failed(call: str, noticed: bool) -> None:
    script = stages(f"{call}\n{FREEZE}", THAW, READY)
    assert (said("ignored-verdict", script) == []) is noticed


@pytest.mark.parametrize(
    "function",
    [
        'is_ready() { [ -n "$DEBUG" ] && echo verbose; }',
        "is_ready() { return 0; }",
        "is_ready() { grep -q data /proc/mounts; }",
    ],
)
def test_a_function_that_does_not_say_so(function: str) -> None:
    assert said("ignored-verdict", stages(f"is_ready\n{FREEZE}", THAW, function)) == []


def test_the_failed_freeze_is_reported_once() -> None:
    functions = "freeze() { fsfreeze -f /data || return 1; }"
    script = stages("freeze\necho done", THAW, functions)
    assert said("ignored-verdict", script) == []
    assert said("failure-ignored", script) == [
        "pre-script ends with 0 even if `fsfreeze -f /data` fails; check its status"
    ]


def test_a_watchdog_that_is_not_armed_is_noticed() -> None:
    arm = "systemd-run --on-active=150 --unit=thaw fsfreeze -u /data"
    assert said("failure-ignored", stages(f"{arm}\n{FREEZE}", THAW))
    assert said("failure-ignored", stages(f"{arm} || exit 201\n{FREEZE}", THAW)) == []


@pytest.mark.parametrize(
    ("guard", "reported"),
    [
        ("[ -e /run/frozen ] && exit 0", True),
        ("command -v fsfreeze || exit 0", True),
        ("[ -e /run/frozen ] && exit 204", False),
        ("[ '{{ executionId }}' = None ] && exit 0", False),
        ('[ "$SSM_COMMAND_ID" = x ] && exit 0', False),
    ],
)
def test_an_early_end(guard: str, reported: bool) -> None:
    assert bool(said("early-success", stages(f"{guard}\n{FREEZE}", THAW))) is reported


@pytest.mark.parametrize(
    ("pre", "post", "reported"),
    [
        ("", "[ -e /run/frozen ] || exit 0\n", True),
        ("touch /run/frozen\n", "[ -e /run/frozen ] || exit 0\n", False),
        ("", "[ -e /run/frozen ] || exit 205\n", False),
        ("", "if [ -e /run/frozen ]; then echo thawing; else exit 0; fi\n", True),
        ("", "db.status || exit 0\n", True),
    ],
)
def test_a_thaw_that_is_passed_over(pre: str, post: str, reported: bool) -> None:
    assert bool(said("thaw-skipped", stages(pre + FREEZE, post + THAW))) is reported


def test_a_rollback_is_wanted_even_with_a_watchdog() -> None:
    arm = "systemd-run --on-active=150 --unit=thaw fsfreeze -u /a /b || exit 201\n"
    freeze = "for m in /a /b; do fsfreeze -f $m || exit 201; done\n"
    (message,) = said("freeze-without-rollback", stages(arm + freeze, "fsfreeze -u /a /b"))
    assert message.endswith("until the watchdog fires")
    (message,) = said("freeze-without-rollback", stages(freeze, "fsfreeze -u /a /b"))
    assert message.endswith("nothing will undo it")


JUDGED = "out=$(fsfreeze -u /data 2>&1)\ncase $out in *failed*) exit 202 ;; esac\n"
LOST = """\
left=0
if ! out=$(fsfreeze -u /data 2>&1); then
  case $out in *Invalid*) exit 203 ;; *) left=1 ;; esac
fi
"""


@pytest.mark.parametrize(
    ("thaw", "noticed"),
    [(JUDGED, True), (f"{LOST}exit $left", True), (f"{LOST}echo $left", False)],
)
def test_a_script_may_judge_by_what_a_command_prints(thaw: str, noticed: bool) -> None:
    assert (said("failure-ignored", stages(FREEZE, thaw)) == []) is noticed


@pytest.mark.parametrize(
    "leave",
    ["exit 202", "return 1", "break", ""],
)
def test_a_thaw_that_gives_up_is_shown_where_it_does(leave: str) -> None:
    functions = f"""\
thaw_all() {{
  failed=0
  for mount in /a /b; do
    if ! fsfreeze -u $mount; then
      failed=1
      {leave}
    fi
  done
  [ $failed -eq 0 ]
}}
"""
    freeze = "for mount in /a /b; do fsfreeze -f $mount || exit 201; done"
    text = dlm(stages(freeze, "failed=1\nthaw_all || exit 202", functions))
    found = places("thaw-stops-early", text)
    assert [at for _, at in found] == ([leave] if leave else [])


@pytest.mark.parametrize(("asks", "early"), [("$i", True), ("A B", False)])
def test_asking_about_one_thing_is_not_asking_about_all(asks: str, early: bool) -> None:
    functions = """\
iris() { timeout 9 docker exec iris iris session "$1" -U %SYS "##Class(Backup.General).$2"; }
"""
    freeze = """\
for i in A B; do
  iris $i 'ExternalFreeze()'
  [ $? -eq 5 ] || exit 201
done
"""
    thaw = f"""\
for i in A B; do
  for j in {asks}; do
    iris $j 'IsWDSuspendedExt()'
    [ $? -eq 5 ] || exit 202
  done
  iris $i 'ExternalThaw()'
  [ $? -eq 5 ] || exit 202
done
"""
    assert bool(said("thaw-stops-early", stages(freeze, thaw, functions))) is early


@pytest.mark.parametrize(
    ("freeze", "leave", "early"),
    [
        ('docker pause "${ids[@]}" || exit 201', "exit 202", True),
        ('docker pause "${ids[@]}" || exit 201', "break", True),
        ('docker pause "${ids[@]}" || exit 201', "failed=1", False),
        ("docker pause app || exit 201", "exit 202", False),
    ],
)
def test_a_list_is_gone_through_to_its_end(freeze: str, leave: str, early: bool) -> None:
    pre = f'mapfile -t ids < <(docker ps -q)\nprintf "%s\\n" "${{ids[@]}}" > /run/list\n{freeze}'
    post = f"""\
failed=0
while read -r id; do
  docker unpause "$id" || {leave if leave != "break" else "{ failed=1; break; }"}
done < /run/list
[ $failed = 0 ] || exit 202
"""
    assert bool(said("thaw-stops-early", stages(pre, post))) is early


@pytest.mark.parametrize(
    ("test", "inverted"),
    [
        ("mountpoint -q /data && exit 206", True),
        ("mountpoint -q /data || exit 206", False),
        ("if mysqladmin ping; then echo down; exit 206; fi", True),
        ("if ! mysqladmin ping; then echo down; exit 206; fi", False),
        ("pg_isready\nif [ $? -eq 0 ]; then exit 206; fi", True),
        ("pgrep pg_dump && exit 206", False),
        ("systemctl is-active --quiet vacuum && exit 206", False),
        ("if mountpoint -q /standby; then exit 204; fi", False),
    ],
)
def test_a_readiness_test_the_wrong_way_round(test: str, inverted: bool) -> None:
    pre = f"{test}\nfsfreeze -f /data || exit 201"
    assert bool(said("readiness-inverted", stages(pre, "fsfreeze -u /data"))) is inverted


@pytest.mark.parametrize(
    ("pre", "limit", "late"),
    [
        ("sync; sleep 300; fsfreeze -f /data", "60", True),
        ("sleep 5; fsfreeze -f /data", "60", False),
        ("sleep 300; fsfreeze -f /data", "'{{ limit }}'", False),
        ("[ -e /run/slow ] && sleep 300\nfsfreeze -f /data", "60", False),
        ("fsfreeze -f /data || { sleep 300; exit 201; }", "60", False),
        ("(sleep 300; fsfreeze -u /data) &\nfsfreeze -f /data", "60", False),
        ("for i in 1 2 3; do sleep 25; done\nfsfreeze -f /data", "60", True),
    ],
)
def test_a_stage_that_sleeps_past_its_own_timeout(pre: str, limit: str, late: bool) -> None:
    text = dlm(stages(pre, "fsfreeze -u /data"))
    text = text.replace("  inputs:\n", f"  inputs:\n      timeoutSeconds: {limit}\n")
    assert bool(places("sleeps-past-timeout", text)) is late
