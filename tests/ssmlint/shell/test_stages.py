"""Every way a stage can end: exit code, what is still held, which watchdog is armed."""

from __future__ import annotations

import textwrap

import pytest

from ssmlint.files import read
from ssmlint.shell.stage_runs import stage_report
from ssmlint.shell.stages import Scenario, StageReport, StageRun
from ssmlint.shell.symbolic.events import Happening
from ssmlint.source import Source

HEAD = """\
schemaVersion: '2.2'
description: An example
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
"""

STEP = """\
  - action: aws:runShellScript
    name: step{number}
{extra}    inputs:
      runCommand:
        - |
"""


def report(*scripts: str, extras: tuple[str, ...] = ()) -> StageReport:
    """The stages of a document with these scripts, one a step."""
    text = HEAD
    for number, script in enumerate(scripts):
        extra = extras[number] if extras else ""
        body = "#!/bin/bash\n" + textwrap.dedent(script)
        text += STEP.format(number=number, extra=extra) + textwrap.indent(body, " " * 10)
    found = stage_report(read(Source("document.yaml", text)).documents[0])
    assert found is not None
    return found


def ends(run: StageRun) -> set[str]:
    """Each end as `code`, with what is held in brackets and a `w` for a watchdog."""
    assert run.complete, run.why
    return {
        (end.code or "?")
        + "".join(f" [{held.target or held.resource}]" for held in end.held)
        + (" w" if end.watchdogs else "")
        for end in run.ends
    }


def pre(*scripts: str) -> set[str]:
    """The ends of pre-script for a document whose scripts are these."""
    return ends(report(*scripts).pre)


def test_a_freeze_succeeds_or_fails() -> None:
    assert pre("fsfreeze -f /data") == {"0 [/data]", "?"}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("fsfreeze -f /data || exit 201", {"0 [/data]", "201"}),
        ("if ! fsfreeze -f /data; then exit 201; fi", {"0 [/data]", "201"}),
        ("fsfreeze -f /data\nif [ $? -ne 0 ]; then exit 201; fi", {"0 [/data]", "201"}),
        ("fsfreeze -f /data\nrc=$?\n[[ $rc == 0 ]] || exit 201", {"0 [/data]", "201"}),
        ("fsfreeze -f /data\nrc=$?\nif (( rc != 0 )); then exit 201; fi", {"0 [/data]", "201"}),
        ("out=$(fsfreeze -f /data 2>&1)\n[ $? -eq 0 ] || exit 201", {"0 [/data]", "201"}),
        ("set -e\nfsfreeze -f /data\necho done", {"0 [/data]", "?"}),
        ("fsfreeze -f /data; echo done", {"0 [/data]", "0"}),
        ("fsfreeze -f /data; exit 3", {"3 [/data]", "3"}),
        ("fsfreeze -f /data || true", {"0 [/data]", "0"}),
        ("sudo -n timeout 10 fsfreeze -f /data || exit 201", {"0 [/data]", "201"}),
        ("bash -c 'fsfreeze -f /data' || exit 201", {"0 [/data]", "201"}),
    ],
)
def test_how_a_script_looks_at_a_status(script: str, expected: set[str]) -> None:
    assert pre(script) == expected


@pytest.mark.parametrize(
    ("dispatch", "expected"),
    [
        ('case "{{ command }}" in pre-script) exit 7;; *) exit 8;; esac', {"7"}),
        ("OPERATION={{ command }}\ncase $OPERATION in pre-*) exit 7;; *) exit 8;; esac", {"7"}),
        ('if [ "{{command}}" = "post-script" ]; then exit 8; else exit 7; fi', {"7"}),
        ("op='{{ command }}'; if [[ $op == pre-script ]]; then exit 7; fi; exit 8", {"7"}),
        ('op="{{ command }}"; case ${op%%-*} in pre) exit 7;; post) exit 8;; esac', {"7"}),
        ('case "$SSM_command" in pre-script) exit 7;; *) exit 8;; esac', {"7"}),
        ('main() { case $1 in pre-script) exit 7;; esac; exit 8; }\nmain "{{ command }}"', {"7"}),
    ],
)
def test_how_a_script_tells_stages_apart(dispatch: str, expected: set[str]) -> None:
    assert pre(dispatch) == expected


def test_a_second_freeze_that_fails_leaves_the_first() -> None:
    script = """
        for mount in /data /logs; do
            fsfreeze -f "$mount" || exit 201
        done
    """
    assert pre(script) == {"0 [/data] [/logs]", "201 [/data]", "201"}


def test_an_unknown_list_has_no_item_one_or_two() -> None:
    script = """
        for mount in $(findmnt -n -o TARGET -t xfs); do
            fsfreeze -f "$mount" || exit 201
        done
        exit 0
    """
    held = [len(end.held) for end in report(script).pre.ends if end.code == "0"]
    assert sorted(held) == [0, 1, 2]


def test_a_list_that_was_looked_at_is_not_empty() -> None:
    script = """
        mounts=$(findmnt -n -o TARGET -t xfs)
        [ -n "$mounts" ] || exit 206
        for mount in $mounts; do fsfreeze -f "$mount" || exit 201; done
        exit 0
    """
    held = [len(end.held) for end in report(script).pre.ends if end.code == "0"]
    assert sorted(held) == [1, 2]


def test_a_list_that_was_collected_has_two_items_as_well() -> None:
    script = """
        mounts=()
        while read -r folder; do
            mount=$(findmnt -n -o TARGET --target "$folder") || exit 206
            mounts+=("$mount")
        done < /etc/folders
        for mount in "${mounts[@]}"; do
            fsfreeze -f "$mount" || exit 201
        done
    """
    held = {(end.code, len(end.held)) for end in report(script).pre.ends}
    assert held == {("206", 0), ("0", 0), ("0", 1), ("0", 2), ("201", 0), ("201", 1)}


def test_a_field_of_a_line_is_an_item_of_the_output_that_the_line_is() -> None:
    script = """
        line=$(findmnt -n -o SOURCE,TARGET --target "$DATA")
        read -r device mount <<< "$line"
        fsfreeze -f "$mount"
    """
    found = report(script)
    target = found.pre.successes[0].held[0].target
    assert [effect.kind.value for effect in found.symbols[target].effects] == ["list"]


def test_a_counter_tells_that_nothing_was_frozen() -> None:
    script = """
        count=0
        while read -r mount; do
            case $mount in /|/boot*) continue ;; esac
            fsfreeze -f "$mount" || exit 201
            count=$((count + 1))
        done < <(findmnt -n -o TARGET)
        if [ "$count" -eq 0 ]; then exit 206; fi
        exit 0
    """
    run = report(script).pre
    assert all(end.held for end in run.successes)
    assert "206" in ends(run)


def test_a_rollback_over_what_was_noted_leaves_nothing() -> None:
    script = """
        frozen=()
        for mount in /data /logs /more; do
            if fsfreeze -f "$mount"; then
                frozen+=("$mount")
            else
                for done in "${frozen[@]}"; do fsfreeze -u "$done"; done
                exit 201
            fi
        done
    """
    left = [h for end in report(script).pre.ends if end.code == "201" for h in end.held]
    assert all(held.attempted for held in left)


def test_a_loop_releases_what_is_held_through_a_function_that_runs_its_arguments() -> None:
    script = """
        on_host() { sudo "$@"; }
        case "{{ command }}" in
            pre-script) for m in /a /b; do fsfreeze -f $m || exit 201; done ;;
            post-script)
                mapfile -t mounts < /run/frozen
                for ((i = 0; i < ${#mounts[@]}; i++)); do
                    on_host fsfreeze -u "${mounts[i]}" || exit 202
                done
        esac
    """
    assert ends(report(script).post) == {"0", "202 [/b]", "202 [/a] [/b]"}


def test_an_exit_trap_runs_on_every_way_out() -> None:
    script = """
        undo() { [ "$done" = yes ] || fsfreeze -u /data; }
        trap undo EXIT
        fsfreeze -f /data || exit 201
        mysql -e 'SELECT 1' || exit 201
        done=yes
    """
    run = report(script).pre
    assert {end.code for end in run.successes if end.held} == {"0"}
    assert all(h.attempted for e in run.ends if not e.succeeds for h in e.held)


def test_what_failed_before_the_trap_was_taken_back_is_remembered() -> None:
    script = """
        trap 'fsfreeze -u /data; exit 201' EXIT
        psql -c CHECKPOINT
        fsfreeze -f /data || exit 201
        trap - EXIT
    """
    done = report(script).pre.successes
    flushes = [e.ok for end in done for e in end.events if e.kind is Happening.FLUSH]
    assert sorted(map(bool, flushes)) == [False, True]


def test_what_a_function_is_given_to_run_stands_where_it_was_called() -> None:
    script = """
        sql() { timeout 20 psql --command="$1"; }
        on_host() { sudo "$@"; }
        sql CHECKPOINT || exit 201
        on_host fsfreeze -f /data || exit 201
    """
    found = report(script)
    text = found.scripts[0].text
    (end,) = found.pre.successes
    flush, freeze = (e for e in end.events if e.kind in (Happening.FLUSH, Happening.ACQUIRE))
    assert text[flush.place.span.start : flush.place.span.end] == "sql CHECKPOINT"
    assert text[freeze.place.span.start : freeze.place.span.end] == "on_host fsfreeze -f /data"


def told(script: str, scenario: Scenario, *, calls: bool = False) -> list[str]:
    """The steps of the shortest success of a stage, in words."""
    found = report(script)
    end = min(found.runs[scenario].successes, key=lambda end: len(end.events))
    return [note.message for note in found.trace(end, calls=calls)]


def test_a_trace_tells_the_calls_inside_of_which_something_happens() -> None:
    script = """
        log() { echo "$1"; }
        freeze() { log freezing; fsfreeze -f /data; }
        pre() { log begin; freeze || exit 201; }
        pre
    """
    freeze = "freeze of `/data`: succeeds, from here it is held"
    assert told(script, Scenario.PRE) == ["`pre` begins", "`freeze` begins", freeze]


def test_a_trace_tells_where_a_function_hides_a_failure() -> None:
    script = """
        freeze() {
            fsfreeze -f /data
            log done
            return 0
        }
        freeze || exit 201
    """
    found = report(script)
    failed = next(
        end for end in found.pre.successes if any(event.ok is False for event in end.events)
    )
    steps = found.trace(failed)
    assert [step.message for step in steps] == [
        "`freeze` begins",
        "freeze of `/data`: fails",
        "`freeze` ends with 0 all the same",
    ]
    source = found.document.source.text
    assert source[steps[-1].span.start : steps[-1].span.end] == "return 0"


def test_a_trace_with_all_calls_shows_what_does_not_happen() -> None:
    script = """
        look() { systemctl show "$1"; }
        stop() { true; look "$1"; }
        case "{{ command }}" in
            pre-script) fsfreeze -f /data ;;
            post-script) stop database ;;
        esac
    """
    assert told(script, Scenario.POST) == []
    assert told(script, Scenario.POST, calls=True) == ["`stop` begins", "`look` begins"]


def test_many_questions_are_not_too_many() -> None:
    asked = "".join(f"systemctl is-active db{n} && state{n}=up\n" for n in range(12))
    assert pre(f"{asked}fsfreeze -f /data || exit 201\n") == {"0 [/data]", "201"}


def test_a_trap_that_was_taken_back_does_not_run() -> None:
    script = "trap 'fsfreeze -u /data' EXIT\nfsfreeze -f /data || exit 201\ntrap - EXIT\n"
    assert "0 [/data]" in pre(script)


def test_a_subshell_leaves_only_itself_and_loses_its_variables() -> None:
    assert pre("x=1; (x=2; exit 5); [ $? -eq 5 ] && [ $x = 1 ] && exit 7; exit 8") == {"7"}


def test_an_exit_in_a_pipeline_leaves_only_the_pipeline() -> None:
    assert pre("echo a | while read -r x; do exit 5; done; exit 7") == {"7"}


def test_a_background_job_that_thaws_is_a_watchdog() -> None:
    script = """
        later() { sleep 90; fsfreeze -u /data; }
        later &
        fsfreeze -f /data || exit 201
    """
    run = report(script).pre
    assert ends(run) == {"0 [/data] w", "201 w"}
    assert {(dog.detached, dog.delay) for end in run.ends for dog in end.watchdogs} == {(False, 90)}


def test_systemd_run_arms_a_watchdog_that_survives() -> None:
    script = """
        systemd-run --on-active=2min --unit=thaw fsfreeze -u /data || exit 201
        fsfreeze -f /data || exit 201
    """
    dogs = {dog for end in report(script).pre.ends for dog in end.watchdogs}
    assert {(dog.detached, dog.delay, dog.unit) for dog in dogs} == {(True, 120, "thaw")}


def test_a_lock_of_a_client_that_ends_is_not_held() -> None:
    assert pre("mysql -e 'FLUSH TABLES WITH READ LOCK' || exit 201") == {"0", "201"}


def test_another_client_can_not_give_a_lock_back() -> None:
    script = """
        case "{{ command }}" in
            pre-script) mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(100)' & ;;
            post-script) mysql -e 'UNLOCK TABLES' || exit 202 ;;
        esac
    """
    assert ends(report(script).post) == {"0 [mysql-read-lock]", "202 [mysql-read-lock]"}


def test_a_file_of_a_new_folder_is_not_there_before_it_is_written() -> None:
    script = """
        mkdir /run/dlm || exit 204
        mapfile -t mounts < /run/dlm/mounts || exit 7
    """
    assert pre(script) == {"204", "7"}
    assert "0" in pre(script.replace("mkdir", "mkdir -p"))


def test_a_lock_of_a_client_that_stays_is_held() -> None:
    script = "mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(100)' &\n"
    assert pre(script) == {"0 [mysql-read-lock]"}


def test_post_script_starts_where_pre_script_ended() -> None:
    script = """
        case "{{ command }}" in
            pre-script) fsfreeze -f /data || exit 201 ;;
            post-script) fsfreeze -u /data || exit 202 ;;
        esac
    """
    found = report(script)
    assert ends(found.post) == {"0", "202 [/data]"}
    assert ends(found.runs[Scenario.DRY_RUN]) == {"0"}


def test_steps_run_after_one_another_and_a_precondition_skips() -> None:
    condition = "    precondition:\n      StringEquals: ['{{ command }}', '%s']\n"
    found = report(
        "fsfreeze -f /data || exit 201\n",
        "fsfreeze -u /data || exit 202\n",
        extras=(condition % "pre-script", condition % "post-script"),
    )
    assert ends(found.pre) == {"0 [/data]", "201"}
    assert ends(found.post) == {"0", "202 [/data]"}
    assert ends(found.runs[Scenario.OTHER]) == {"0"}


def test_a_failed_step_does_not_stop_the_next_but_decides() -> None:
    assert pre("exit 5\n", "fsfreeze -f /data || exit 6\n") == {"5 [/data]", "5"}


def test_what_is_not_understood_is_not_judged() -> None:
    run = report('eval "$(cat /etc/freeze.sh)"\nfsfreeze -f /data\n').pre
    assert not run.complete
    assert not run.ends


@pytest.mark.parametrize(
    "script",
    [
        "f() { f; }; f\n",
        "while true; do fsfreeze -f /data; done\n",
        "for a in $(x); do for b in $(y); do for c in $(z); do fsfreeze -f $a$b$c; done; done; done\n",
        "".join(f"if cmd{n}; then v{n}=1; fi\n" for n in range(60)) + "fsfreeze -f /data\n",
        "".join(f"fsfreeze -f /m{n}\n" for n in range(40)),
        "x=a; " + "x=$x$x$x$x; " * 40 + "\n",
        "(" * 120 + "true" + ")" * 120 + "\n",
    ],
)
def test_hostile_scripts_end_within_their_bounds(script: str) -> None:
    assert report(script).pre is not None


@pytest.mark.parametrize(
    "guard",
    [
        '[ "${#mounts[@]}" -gt 0 ] || exit 206',
        "(( ${#mounts[@]} )) || exit 206",
        "(( ! ${#mounts[@]} )) && exit 206",
        "(( ${#mounts[@]} > 0 )) || exit 206",
    ],
)
def test_a_list_whose_items_were_counted_is_not_empty(guard: str) -> None:
    script = f"""
        mapfile -t mounts < <(findmnt -n -o TARGET -t xfs)
        {guard}
        for mount in "${{mounts[@]}}"; do fsfreeze -f "$mount" || exit 201; done
        exit 0
    """
    held = {len(end.held) for end in report(script).pre.ends if end.code == "0"}
    assert held == {1, 2}


@pytest.mark.parametrize("again", ["declare -r mount", "declare mount", "readonly mount"])
def test_a_second_declaration_keeps_the_value(again: str) -> None:
    assert pre(f"mount=/data\n{again}\nfsfreeze -f $mount || exit 201") == {"0 [/data]", "201"}
    inside = f"f() {{\nlocal mount=/data\n{again}\nfsfreeze -f $mount || exit 201\n}}\nf"
    assert pre(inside) == {"0 [/data]", "201"}


def test_a_new_local_has_no_value() -> None:
    script = 'mount=/data\nf() { local mount; fsfreeze -f "/logs$mount" || exit 201; }\nf'
    assert pre(script) == {"0 [/logs]", "201"}


def test_a_client_reads_a_file_that_the_script_has_written() -> None:
    script = """
        printf '%s\\n' 'FLUSH TABLES WITH READ LOCK;' 'SELECT SLEEP(100);' > /run/hold.sql
        setsid mysql < /run/hold.sql > /run/out 2>&1 &
    """
    assert pre(script) == {"0 [mysql-read-lock]"}


def test_what_another_user_runs_reads_what_it_is_given() -> None:
    script = """
        home=$(cat /etc/oracle-home)
        su oracle -c "$home/bin/sqlplus -S / as sysdba" <<SQL
        alter database begin backup;
        exit
        SQL
    """
    assert "0 [oracle-backup-mode]" in pre(textwrap.dedent(script))


@pytest.mark.parametrize(
    "call",
    [
        "/run/dlm freeze /data",
        "bash /run/dlm freeze /data",
        "bash -c 'fsfreeze -f \"$1\"' freeze /data",
        'm=$(cat /etc/data)\nbash -c "fsfreeze -f \\$1 # $m" freeze /data',
    ],
)
def test_a_script_that_was_written_is_given_arguments(call: str) -> None:
    script = """
cat > /run/dlm <<'END'
#!/bin/bash
case $1 in
freeze) exec fsfreeze -f "$2" ;;
thaw) exec fsfreeze -u "$2" ;;
esac
exit 64
END
f() {
CALL || exit 201
}
f /other /else
exit 0
"""
    assert pre(script.replace("CALL", call)) == {"0 [/data]", "201"}
