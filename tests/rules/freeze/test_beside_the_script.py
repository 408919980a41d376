"""What goes on beside a script (sessions, units, jobs), and what that does to locks and files."""

from __future__ import annotations

import pytest

from ssmlint.shell.symbolic.delays import delay_of
from tests.rules.freeze.dlm import said, stages

LOCK = "FLUSH TABLES WITH READ LOCK; SELECT 1; SELECT SLEEP(160)"
HOLD = f'setsid mysql -e "{LOCK}" > /run/lock.out 2>&1 &\necho $! > /run/lock.pid'
ARM = "systemd-run --on-active=150 --unit=thaw fsfreeze -u /data || exit 201\n"


@pytest.mark.parametrize(
    ("release", "reported"),
    [
        ('kill "$(cat /run/lock.pid)"', False),
        ("pkill -f GET_LOCK", False),
        ('mysql -e "KILL $(< /run/connection)"', False),
        ('mysql -e "KILL QUERY $(< /run/connection)"', True),
        ('kill -0 "$(cat /run/lock.pid)"', True),
        ("mysql -e 'UNLOCK TABLES'", True),
    ],
)
def test_a_lock_ends_with_its_client(release: str, reported: bool) -> None:
    assert bool(said("freeze-without-thaw", stages(HOLD, release))) is reported


@pytest.mark.parametrize(("stop", "reported"), [("hold", False), ("other", True)])
def test_a_lock_ends_with_the_unit_of_its_client(stop: str, reported: bool) -> None:
    hold = f'systemd-run --unit=hold podman exec db mysql -e "{LOCK}" || exit 201'
    stopped = f"systemctl stop {stop}.service"
    assert bool(said("freeze-without-thaw", stages(hold, stopped))) is reported


def test_a_watchdog_need_not_end_a_session_that_only_sleeps() -> None:
    assert said("idle-watchdog", stages(ARM + HOLD)) == []
    endless = "mkfifo /run/sql\nmysql < /run/sql &\nexec 7> /run/sql\n"
    lock = "echo 'FLUSH TABLES WITH READ LOCK;' >&7"
    assert said("idle-watchdog", stages(f"{ARM}{endless}{lock}\n{HOLD}")) == []


@pytest.mark.parametrize(
    ("client", "reported"),
    [
        ("mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(160)' &", False),
        ("mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(86400)' &", True),
        ("mysql < <(echo 'FLUSH TABLES WITH READ LOCK;'; sleep 160) &", False),
        ("mysql < <(echo 'FLUSH TABLES WITH READ LOCK;'; sleep 1d) &", True),
        ("(echo 'FLUSH TABLES WITH READ LOCK;'; sleep 160) | mysql &", False),
        ("(echo 'FLUSH TABLES WITH READ LOCK;'; sleep infinity) | mysql &", True),
        ("(echo 'FLUSH TABLES WITH READ LOCK;'; sleep \"$LONG\") | mysql &", False),
        ("mongosh --eval 'db.fsyncLock(); sleep(160000)' &", True),
    ],
)
def test_a_session_that_sleeps_for_long_has_to_be_ended(client: str, reported: bool) -> None:
    assert bool(said("idle-watchdog", stages(ARM + client))) is reported


BEGIN = """\
begin() {
mkdir /run/dlm || exit 201
cat > /run/dlm/hold <<'END'
#!/bin/bash
touch /run/dlm/held
sleep 100
rm -f /run/dlm/held
END
JOB
[ -e /run/dlm/held ] || exit 201
fsfreeze -f /data || exit 201
}
"""


@pytest.mark.parametrize(
    "job",
    [
        "systemd-run --unit=hold bash /run/dlm/hold || exit 201",
        "{ touch /run/dlm/held; sleep 100; rm -f /run/dlm/held; } &",
    ],
)
def test_a_file_that_another_makes_and_removes_may_be_there(job: str) -> None:
    begin = BEGIN.replace("JOB", job)
    assert said("stage-never-succeeds", stages("begin", functions=begin)) == []
    removed = BEGIN.replace("JOB", f"{job}\nrm -f /run/dlm/held")
    assert said("stage-never-succeeds", stages("begin", functions=removed))


@pytest.mark.parametrize(
    ("makes", "reported"),
    [
        ("install -d -m 700 /run/dlm", False),
        ("cp -r /etc/dlm /run/dlm", False),
        ("/opt/dlm/prepare --folder=/run/dlm", False),
        ("chmod 700 /run/dlm", True),
    ],
)
def test_a_program_may_make_what_it_is_given(makes: str, reported: bool) -> None:
    pre = f"[ ! -e /run/dlm ] || exit 204\n{makes}\nfsfreeze -f /data || exit 201"
    post = "[ -e /run/dlm ] || exit 205\nfsfreeze -u /data || exit 202"
    assert bool(said("stage-never-succeeds", stages(pre, post))) is reported


def test_a_mode_is_no_folder() -> None:
    pre = "mkdir -m 700 /run/dlm || exit 204\nfsfreeze -f /data || exit 201"
    post = "fsfreeze -u /data || exit 202\nrm -rf /run/dlm"
    assert said("state-left-behind", stages(pre, post)) == []


def test_the_journal_takes_every_message() -> None:
    say = 'log() { systemd-cat -t dlm <<< "$1"; }\n'
    undo = 'undo() { log "undoing"; fsfreeze -u /data /logs; }\n'
    pre = f"set -e\ntrap undo EXIT\n{ARM}fsfreeze -f /data\nfsfreeze -f /logs\ntrap - EXIT"
    assert said("freeze-without-rollback", stages(pre, functions=say + undo)) == []
    asks = undo.replace('log "undoing"', "grep -q data /etc/fstab")
    assert said("freeze-without-rollback", stages(pre, functions=say + asks))


def test_a_job_is_judged_by_the_number_that_it_prints() -> None:
    arm = "job=$(echo 'fsfreeze -u /data' | at now + 3 minutes 2>&1 | awk '/^job/ { print $2 }')\n"
    freeze = "fsfreeze -f /data || exit 201"
    assert said("failure-ignored", stages(f'{arm}[ -n "$job" ] || exit 201\n{freeze}')) == []
    assert said("failure-ignored", stages(f"{arm}{freeze}"))


def test_a_rollback_that_cannot_log_in_has_been_tried() -> None:
    db2 = "as_db2() { su - db2 -c \"db2 connect to X && db2 '$1'\"; }\n"
    arm = (
        'systemd-run --on-active=150 su - db2 -c "db2 set write resume for database" || exit 201\n'
    )
    begin = "as_db2 'set write suspend for database' || exit 201\n"
    failed = "fsfreeze -f /data || { as_db2 'set write resume for database'; exit 201; }"
    assert said("freeze-without-rollback", stages(arm + begin + failed, functions=db2)) == []
    forgets = failed.replace("set write resume for database", "values 1")
    assert said("freeze-without-rollback", stages(arm + begin + forgets, functions=db2))


@pytest.mark.parametrize(
    "start", ["setsid psql -f /run/sql &", "setsid -f /opt/metrics", "setsid --fork psql -f x"]
)
def test_what_is_put_into_the_background_ends_no_analysis(start: str) -> None:
    script = stages(f"{start}\nfsfreeze -f /data || exit 201\nexit 201")
    assert said("stage-never-succeeds", script)


@pytest.mark.parametrize(
    ("watchdog", "idle"),
    [
        ("su - db2 -c 'db2 connect to X; db2 set write resume for database'", False),
        ("su - db2 -c 'db2 connect to X; db2 set write suspend for database'", True),
        ("curl -s -X POST http://localhost/resume", True),
        ("/opt/db2/resume", False),
    ],
)
def test_a_watchdog_is_looked_into(watchdog: str, idle: bool) -> None:
    begin = "su - db2 -c 'db2 connect to X && db2 set write suspend for database' || exit 201"
    pre = f'systemd-run --on-active=150 sh -c "{watchdog}" || exit 201\n{begin}'
    assert bool(said("idle-watchdog", stages(pre))) is idle


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [
        ("--on-active=1m30s --unit=w", 90.0),
        ("--on-active 2min 1s", 121.0),
        ("--on-active=50 fsfreeze", 50.0),
        ("--on-active=1min500ms", 60.5),
        ("--on-active=1fortnight", None),
        ("at now + 3 minutes", 180.0),
    ],
)
def test_a_time_span_has_parts(delay: str, seconds: float | None) -> None:
    assert delay_of(delay) == seconds


@pytest.mark.parametrize(("unit", "left"), [("thaw", False), ("thawing", True)])
def test_another_unit_is_stopped(unit: str, left: bool) -> None:
    post = f"fsfreeze -u /data || exit 202\nkill $(cat /run/pid)\nsystemctl stop {unit}.timer"
    script = stages(f"{ARM}fsfreeze -f /data || exit 201", post)
    assert bool(said("watchdog-not-disarmed", script)) is left


LIST = "volumes() { findmnt -rno TARGET | grep ^/data; }\n"
FREEZE = """\
volumes > /run/list || exit 201
nodetool disablebinary || exit 201
while read -r v; do
  if ! fsfreeze -f "$v"; then
    UNDO
    nodetool enablebinary
    exit 201
  fi
done < /run/list
"""


def test_a_list_that_is_kept_in_a_file_is_that_list() -> None:
    asked = f'[ -n "$(volumes)" ] || exit 206\n{FREEZE}'
    assert said("stage-succeeds-without-work", stages(asked, "fsfreeze -u /data", LIST)) == []
    assert said("stage-succeeds-without-work", stages(FREEZE, "fsfreeze -u /data", LIST))


def test_a_rollback_in_a_loop_makes_it_no_thaw() -> None:
    undo = FREEZE.replace("UNDO", 'while read -r w; do fsfreeze -u "$w"; done < /run/list')
    assert said("freeze-without-rollback", stages(FREEZE.replace("UNDO", ":"), functions=LIST))
    assert said("freeze-without-rollback", stages(undo, functions=LIST)) == []


LIBRARY = """\
make() {
cat > /run/lib.sh <<'END'
thaw() { fsfreeze OPTION /data; }
END
}
"""


@pytest.mark.parametrize(("option", "reported"), [("-u", False), ("-v", True)])
def test_a_file_of_functions_that_the_script_wrote_is_read(option: str, reported: bool) -> None:
    library = LIBRARY.replace("OPTION", option)
    script = stages("make\nfsfreeze -f /data || exit 201", ". /run/lib.sh\nthaw", library)
    assert bool(said("freeze-without-thaw", script)) is reported


@pytest.mark.parametrize(
    ("job", "idle"),
    [
        ("sleep 150; fsfreeze -u /data", True),
        ("sleep 150; fsfreeze -u /data; xfs_freeze -u /logs", False),
        ("sleep 150; fsfreeze -u /data; nodetool enablebinary", False),
        ("sleep 150; fsfreeze -u /data; /opt/resume", False),
    ],
)
def test_a_job_in_the_background_is_looked_into(job: str, idle: bool) -> None:
    begin = (
        "fsfreeze -f /data || exit 201"
        if "/logs" in job
        else ("nodetool disablebinary || exit 201\nfsfreeze -f /data || exit 201")
    )
    script = stages(f"setsid bash -c '{job}' > /dev/null 2>&1 &\n{begin}")
    assert bool(said("idle-watchdog", script)) is idle


def test_a_trap_that_only_says_so_leaves_the_status() -> None:
    functions = (
        "trap 'echo \"line $LINENO: $?\" >&2' ERR\nthaw() { fsfreeze -u /data || return 202; }\n"
    )
    assert said("failure-ignored", stages("", "thaw\nrc=$?\nexit $rc", functions)) == []
    assert said("failure-ignored", stages("", "thaw\nexit 0", functions))


UNDO = "undo() { fsfreeze -u /data /logs; }\n"
BEGIN_BOTH = "fsfreeze -f /data || exit 201\nfsfreeze -f /logs || exit 201\ntrap - EXIT"


@pytest.mark.parametrize(
    ("inside", "outside", "left"),
    [
        ("trap undo EXIT", "", False),
        ("", "trap undo EXIT", False),
        ("", "", True),
        ("trap - EXIT; trap 'echo left' EXIT", "", True),
    ],
)
def test_a_subshell_has_an_exit_trap_of_its_own(inside: str, outside: str, left: bool) -> None:
    commands = f"{inside}\n{ARM}{BEGIN_BOTH}"
    pre = f"{outside}\n(\n{commands}\n) 9> /run/lock/dlm || exit 201\ntrap - EXIT"
    assert bool(said("freeze-without-rollback", stages(pre, functions=UNDO))) is left


def test_a_trap_that_only_says_how_long_it_took_hides_no_question() -> None:
    asks = "id=$(mysql -e 'SELECT IS_USED_LOCK(1)') || return 1\n[ -n \"$id\" ] || return 1\n"
    unlock = f'unlock() {{\n{asks}mysql -e "KILL $id"\n}}\n'
    pre = f"{HOLD}\nfsfreeze -f /data || {{ unlock; exit 201; }}"
    quiet = said("freeze-without-rollback", stages(pre, functions=unlock))
    loud = said(
        "freeze-without-rollback", stages(f"trap 'date; echo $?' EXIT\n{pre}", functions=unlock)
    )
    assert loud == quiet


@pytest.mark.parametrize(
    ("hold", "reported"),
    [
        (HOLD, False),
        (HOLD.replace("SLEEP(160)", "SLEEP(86400)"), True),
        (
            "systemd-run --unit=hold --property=RuntimeMaxSec=100 "
            "mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(86400)' || exit 201",
            False,
        ),
    ],
)
def test_a_session_that_ends_by_itself_needs_no_watchdog(hold: str, reported: bool) -> None:
    assert bool(said("missing-watchdog", stages(hold))) is reported


@pytest.mark.parametrize("beside", ["systemd-run --unit=hold", "setsid"])
def test_a_text_for_a_client_may_make_the_files_that_it_names(beside: str) -> None:
    sql = "FLUSH TABLES WITH READ LOCK; SYSTEM touch /run/locked; SELECT SLEEP(100)"
    script = (
        "rm -f /run/locked\n"
        f'{beside} mysql -e "{sql}" {"&" if beside == "setsid" else "|| exit 201"}\n'
        "sleep 3\n"
        "[ -e /run/locked ] || exit 201"
    )
    assert said("stage-never-succeeds", stages(script)) == []
    other = script.replace("SYSTEM touch /run/locked", "SELECT 1")
    assert said("stage-never-succeeds", stages(other))


def test_a_watchdog_may_be_told_what_is_not_known() -> None:
    script = """\
dir="$(cat /etc/data-directory)"
setsid bash -c "sleep 150; fsfreeze -u '$dir'" > /dev/null 2>&1 &
fsfreeze -f "$dir" || exit 201
"""
    assert said("missing-watchdog", stages(script)) == []


def test_a_line_added_to_a_log_does_not_fail() -> None:
    script = "fsfreeze -f /data || exit 201\necho frozen | tee -a /var/log/dlm.log\nexit $?"
    assert said("freeze-without-rollback", stages(script)) == []
    other = script.replace("tee -a /var/log/dlm.log", "tee /proc/sys/kernel/panic")
    assert said("freeze-without-rollback", stages(other))


KEEPER = """\
MOUNTS=(/data)
cat > /run/keeper <<END
#!/bin/bash
thaw() {
    RELEASE
}
sleep 100
thaw
END
"""


@pytest.mark.parametrize(
    ("release", "reported"),
    [
        ("fsfreeze -u /data", False),
        ("$(printf 'fsfreeze -u %q\\n' \"${MOUNTS[@]}\")", False),
        ("echo thawed", True),
    ],
)
def test_a_watchdog_may_have_functions_of_its_own(release: str, reported: bool) -> None:
    start = "systemd-run --unit=keeper bash /run/keeper || exit 201\nfsfreeze -f /data || exit 201"
    script = stages(start, functions=KEEPER.replace("RELEASE", release))
    assert bool(said("missing-watchdog", script)) is reported
