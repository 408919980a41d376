"""Correct documents of several styles that rules took for defects, and their defects."""

from __future__ import annotations

import pytest

from ssmlint.rule import Severity
from tests.rules.asking import ask
from tests.rules.freeze.dlm import dlm, said, stages

ARM = "systemd-run --on-active=150 --unit=thaw fsfreeze -u /data || exit 201\n"
THAW = "fsfreeze -u /data || exit 202\n"


@pytest.mark.parametrize("name", ['"${stage//-/_}"', '"do_$stage"', "$stage", '"${does[$stage]}"'])
def test_a_command_whose_name_is_put_together_may_call_any_function(name: str) -> None:
    script = f"stage='{{{{ command }}}}'\npre_script() {{ fsfreeze -f /data; }}\n{name}\n"
    assert said("uncalled-function", script) == []


def test_scripts_that_hold_no_statement_do_nothing() -> None:
    assert said("stage-succeeds-without-work", "# to be written\n") == [
        f"{stage} ends with 0 and does nothing but print" for stage in ("post-script", "pre-script")
    ]
    assert len(said("unknown-stage-succeeds", "# to be written\n")) == 1


def test_arguments_are_written_out_where_they_are_given() -> None:
    script = 'retry() { "$@"; }\nthaw() { fsfreeze -u /data; }\nretry fsfreeze -f /data\n'
    assert said("uncalled-function", script) == ["nothing calls the function `thaw`"]


def test_nobody_looks_at_the_status_of_a_job_for_later() -> None:
    at = "echo \"echo 'alter database end backup;' | sqlplus / as sysdba\" | at now + 3 minutes"
    assert said("sql-error-unnoticed", f"{at} || exit 201\n") == []
    assert said(
        "sql-error-unnoticed", "echo 'alter system resume;' | sqlplus / as sysdba || exit 9"
    )


def test_a_variable_of_a_function_is_no_exit_code_of_another_one() -> None:
    die = 'die() { local rc=$1; echo "$2"; exit "$rc"; }\n'
    thaw = "thaw() {\n  local rc=0\n  fsfreeze -u /data || rc=1\n  return $rc\n}\n"
    assert said("undocumented-exit-code", stages("", "thaw || die 202 x", die + thaw)) == []
    shared = thaw.replace("local rc=0", "rc=0")
    assert said("undocumented-exit-code", stages("", "thaw; exit $rc", shared))


def test_a_question_about_the_next_mount_is_none_about_the_last_one() -> None:
    loop = (
        "for mount in /data /logs; do\n"
        "  mountpoint -q $mount || exit 206\n"
        "  fsfreeze -f $mount || exit 201\n"
        "done"
    )
    rollback = loop.replace("exit 201", "{ fsfreeze -u /data; exit 201; }")
    rollback = rollback.replace("exit 206", "{ fsfreeze -u /data; exit 206; }")
    thaw = "fsfreeze -u /logs || rc=202\nfsfreeze -u /data || rc=202\nexit $rc"
    assert said("freeze-without-rollback", stages(loop, f"rc=0\n{thaw}"))
    assert said("freeze-without-rollback", stages(rollback, f"rc=0\n{thaw}")) == []


def test_a_watchdog_makes_it_less_severe() -> None:
    def severities(before: str, after: str = "") -> set[Severity | None]:
        script = stages(f"{before}fsfreeze -f /data || exit 201\n{after}", THAW)
        found = ask("freeze-without-rollback", dlm(script))
        return {finding.severity for finding in found}

    assert severities("", "fsfreeze -f /logs || exit 201") == {Severity.ERROR}
    watchdog = (
        "systemd-run --on-active=150 bash -c 'fsfreeze -u /logs; fsfreeze -u /data' || exit 201\n"
    )
    assert severities(watchdog, "fsfreeze -f /logs || exit 201") == {Severity.WARNING}
    assert severities(watchdog, "touch /run/state || exit 201") == {Severity.INFO}


def test_what_is_not_found_is_not_given_up() -> None:
    functions = (
        'thaw_label() { mount=$(findmnt -n -o TARGET LABEL=$1) && fsfreeze -u "$mount"; }\n'
        "thaw_all() {\n"
        "  bad=0\n"
        "  for label in logs data; do thaw_label $label || bad=1; done\n"
        "  return $bad\n"
        "}\n"
    )
    freeze = (
        "data=$(findmnt -n -o TARGET LABEL=data) || exit 206\n"
        "logs=$(findmnt -n -o TARGET LABEL=logs) || exit 206\n"
        'fsfreeze -f "$data" || exit 201\n'
        'fsfreeze -f "$logs" || { thaw_all; exit 201; }'
    )
    good = stages(freeze, "thaw_all || exit 202", functions)
    bad = stages(freeze, "thaw_all || exit 202", functions.replace("|| bad=1", "|| return 1"))
    assert said("thaw-stops-early", good) == []
    assert said("thaw-stops-early", bad)


def test_a_post_script_that_cannot_succeed_disarms_nothing() -> None:
    script = stages(f"{ARM}fsfreeze -f /data || exit 201", f"{THAW}systemctl stop thaw.timer")
    misspelled = script.replace("post-script)", "post_script)")
    assert said("watchdog-not-disarmed", misspelled) == []
    assert said("stage-never-succeeds", misspelled) == [
        "post-script can only fail: no branch of the script is for it; "
        "did you mean `post-script` here?"
    ]


def test_docker_in_a_terminal_of_its_own() -> None:
    ask_docker = "docker exec -it db psql -c CHECKPOINT || exit 201\n"
    assert said("terminal-for-container", ask_docker)
    assert said("terminal-for-container", "sudo docker container run --rm -ti db true\n")
    for fine in ("exec -i", "exec -t", "exec -e MODE=-it", "run -dit"):
        assert said("terminal-for-container", ask_docker.replace("exec -it", fine)) == []
    assert said("terminal-for-container", f"[ -t 0 ] && {ask_docker}") == []
    assert said("terminal-for-container", f'script -c "{ask_docker.strip()}" /dev/null') == []


@pytest.mark.parametrize(
    ("test", "reported"),
    [
        ('[ "$x" -eq "dry-run" ]', True),
        ("[ $x -ne yes ]", True),
        ("[ $x -eq 0 ]", False),
        ("[ $x -lt 010 ]", False),
        ('[ "$x" -eq "$y" ]', False),
        ("[[ $x -eq y ]]", False),
        ("[[ $x -eq dry-run ]]", True),
        ("[ dir -nt file ]", False),
    ],
)
def test_texts_and_numbers(test: str, reported: bool) -> None:
    script = f"x=1\ny=2\nif {test}; then echo; fi\n"
    assert bool(said("text-compared-as-number", script)) is reported


@pytest.mark.parametrize(
    ("watchdog", "reported"),
    [
        ("fsfreeze -u /data", False),
        ("fsfreeze -u /data/", False),
        ("fsfreeze -u /dat", True),
        ("fsfreeze -u /data/db", False),
        ("bash -c 'fsfreeze -u /logs'", True),
        ("bash -c 'fsfreeze -u /logs; fsfreeze -u /data'", False),
        ("bash -c 'for m in /logs /data; do fsfreeze -u $m; done'", False),
        ('fsfreeze -u "$SOMETHING"', False),
    ],
)
def test_a_watchdog_for_another_mount(watchdog: str, reported: bool) -> None:
    arm = f"systemd-run --unit=thaw --on-active=150 {watchdog} || exit 201\n"
    script = stages(f"{arm}fsfreeze -f /data || exit 201", f"{THAW}systemctl stop thaw.timer")
    assert bool(said("idle-watchdog", script)) is reported


def test_a_watchdog_for_each_mount() -> None:
    loop = (
        "for mount in /data /logs; do\n"
        "  systemd-run --on-active=150 fsfreeze -u $mount || exit 201\n"
        "done\n"
        "fsfreeze -f /data || exit 201\n"
        "fsfreeze -f /logs || { fsfreeze -u /data; exit 201; }"
    )
    assert said("idle-watchdog", stages(loop, THAW)) == []


def test_a_misspelled_parameter_is_one_finding() -> None:
    script = stages("fsfreeze -f /data || exit 201", THAW)
    assert said("undeclared-parameter", script) == []
    misspelled = script.replace("{{ command }}", "{{ comand }}")
    assert said("undeclared-parameter", misspelled)
    for rule in ("dry-run-has-effects", "unknown-stage-succeeds", "exit-code-of-other-stage"):
        assert said(rule, misspelled) == []


def test_a_short_function_with_two_letters_swapped() -> None:
    assert said("misspelled-function", "undo() { fsfreeze -u /data; }\nunod || exit 201\n")
    assert said("misspelled-function", "lock() { fsfreeze -f /data; }\nlack || exit 201\n") == []


def test_what_is_fed_to_a_client_stands_where_it_was_given() -> None:
    functions = (
        "js() {\n  mongosh --quiet <<EOF\nconst r = $1;\nif (r.ok !== 1) { quit(3); }\nEOF\n}\n"
    )
    script = stages("js 'db.fsyncLock()' || exit 201", "true", functions)
    assert said("freeze-without-thaw", script) == [
        "`js 'db.fsyncLock()'` is never undone by post-script"
    ]


@pytest.mark.parametrize(
    ("removal", "reported"),
    [
        ("true", True),
        ("rm -f /run/dlm/other", True),
        ("rm -f /run/dlm/frozen", False),
        ("rm -rf /run/dlm", False),
        ("rm -f /run/dlm/*", False),
        ('rm -f "$(cat /etc/state-file)"', False),
        ("mv /run/dlm/frozen /var/tmp", False),
        ("/opt/dlm/clean-up", False),
        ("trap 'rm -f /run/dlm/frozen' EXIT", False),
    ],
)
def test_what_a_run_leaves_behind(removal: str, reported: bool) -> None:
    pre = "[ -e /run/dlm/frozen ] && exit 204\nfsfreeze -f /data || exit 201\ntouch /run/dlm/frozen"
    script = stages(pre, f"fsfreeze -u /data || exit 202\n{removal}")
    assert bool(said("state-left-behind", script)) is reported


def test_a_file_that_nobody_asks_for_may_stay() -> None:
    script = stages("fsfreeze -f /data || exit 201\ndate > /run/last-freeze", THAW)
    assert said("state-left-behind", script) == []


def test_a_watchdog_that_forgets_what_nobody_waits_for() -> None:
    begin = "hdbsql -U KEY 'BACKUP DATA FOR FULL SYSTEM CREATE SNAPSHOT' || exit 201"
    freeze = "fsfreeze -f /data || { fsfreeze -u /data; exit 201; }"
    (finding,) = ask("idle-watchdog", dlm(stages(f"{ARM}{begin}\n{freeze}", THAW)))
    assert finding.severity is Severity.WARNING
