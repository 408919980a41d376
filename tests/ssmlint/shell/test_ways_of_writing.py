"""What engineers write in ways of their own: helper scripts, child shells, looked-up mounts."""

from __future__ import annotations

from ssmlint.shell.paths import leaving_place
from ssmlint.shell.stages import Scenario
from ssmlint.shell.symbolic.events import Happening
from tests.ssmlint.shell.test_stages import ends, pre, report


def run(script: str, scenario: Scenario) -> set[str]:
    """The ends of one scenario."""
    return ends(report(script).runs[scenario])


def test_statements_of_a_child_shell_have_statuses_of_their_own() -> None:
    script = 'bash -c "probe && fsfreeze -f /data; rc=\\$?; report; exit \\$rc" || exit 201'
    assert pre(script) == {"0 [/data]", "201"}


def test_a_helper_script_of_pre_script_is_there_in_post_script() -> None:
    script = """
        helper=/usr/local/sbin/thaw
        case {{ command }} in
            pre-script)
                cat > "$helper" <<EOF
        #!/bin/bash
        fsfreeze -u /data
        EOF
                fsfreeze -f /data || exit 201 ;;
            post-script) "$helper" || exit 202 ;;
        esac
        """.replace("        EOF", "EOF")
    assert run(script, Scenario.POST) == {"0", "202 [/data]"}


def test_arming_a_watchdog_has_a_status_of_its_own() -> None:
    """5 is what the client of the application says of a thaw, not what systemd-run says."""
    script = """
        thaw='##Class(Backup.General).ExternalThaw()'
        systemd-run --on-active=150 iris session IRIS -U %SYS "$thaw" || exit 201
        echo armed
        """
    assert pre(script) == {"0 w", "201"}


def test_a_freeze_that_is_put_off_is_no_watchdog() -> None:
    assert pre("systemd-run --on-active=150 fsfreeze -f /data || exit 201") == {"0", "201"}
    assert "0 w" in pre("systemd-run --on-active=150 fsfreeze -u /data || exit 201")


def test_a_list_that_has_succeeded_succeeds_again() -> None:
    """The rollback finds what was found for the freeze."""
    script = """
        target() { findmnt -n -o TARGET --source "LABEL=$1"; }
        target data > /dev/null || exit 206
        mount=$(target data) || exit 99
        fsfreeze -f "$mount" || exit 201
        """
    codes = {end.code for end in report(script).pre.ends}
    assert codes == {"0", "201", "206"}


def test_the_status_of_a_failure_outlives_the_exit_trap() -> None:
    script = """
        set -e
        on_exit() {
            rc=$?
            if [[ $rc -ne 0 ]]; then
                fsfreeze -u /data
                systemctl stop thaw.timer || true
            fi
        }
        systemd-run --unit=thaw --on-active=150 fsfreeze -u /data
        trap on_exit EXIT
        fsfreeze -f /data
        fsfreeze -f /logs
        trap - EXIT
        """
    succeeded = [end for end in report(script).pre.ends if end.succeeds]
    assert {len(end.held) for end in succeeded} == {2}


def test_a_client_stays_as_long_as_its_pipe() -> None:
    script = "{ echo 'FLUSH TABLES WITH READ LOCK;'; sleep 170; } | mysql --unbuffered &"
    assert "0 [mysql-read-lock]" in pre(script)
    acquired = [
        event
        for end in report("echo 'FLUSH TABLES WITH READ LOCK;' | mysql").pre.ends
        for event in end.events
        if event.kind is Happening.ACQUIRE and event.ok
    ]
    assert acquired
    assert all(event.session_lost for event in acquired)


def test_what_is_quoted_in_a_regular_expression_is_no_pattern() -> None:
    refused = '[[ {{ command }} =~ "^(pre|post)-script$" ]] || exit 206\nfsfreeze -f /data'
    taken = "[[ {{ command }} =~ ^(pre|post)-script$ ]] || exit 206\nfsfreeze -f /data || exit 201"
    assert pre(refused) == {"206"}
    assert pre(taken) == {"0 [/data]", "201"}


def test_a_file_that_is_hollow_stays_so() -> None:
    script = """
        if [ -s /run/state ]; then exit 204; fi
        [ -s /run/state ] && exit 99
        [ -e /run/state ] && exit 1
        [ -e /run/state ] && exit 98
        echo data >> /run/state
        [ -s /run/state ] || exit 97
        """
    assert pre(script) == {"0", "1", "204"}


def test_what_a_function_is_given_for_a_child_shell_stands_at_its_call() -> None:
    script = """
        db2cmd() { su - db2inst1 -c "db2 connect to prod && db2 '$1'"; }
        sql() {
            su - oracle -c "sqlplus / as sysdba" <<END
        $1
        END
        }
        db2cmd 'set write suspend for database' || exit 201
        sql "alter database begin backup;" || exit 201
        """.replace("        $1", "$1").replace("        END", "END")
    made = report(script)
    text = made.scripts[0].text
    places = {
        text[event.place.span.start : event.place.span.end]
        for end in made.pre.ends
        for event in end.events
        if event.kind is Happening.ACQUIRE
    }
    assert places == {
        "db2cmd 'set write suspend for database'",
        'sql "alter database begin backup;"',
    }


def test_where_a_path_that_runs_off_its_end_was_decided() -> None:
    made = report("systemd-run --on-active=150 fsfreeze -u /data\nfsfreeze -f /data\ntouch /run/it")
    end = next(e for e in made.pre.ends if not e.succeeds and e.held)
    place = leaving_place(made, end)
    assert made.scripts[0].text[place.span.start : place.span.end] == "touch /run/it"


def test_a_function_that_is_not_handed_on_is_lacking() -> None:
    script = """
        find_it() { findmnt -n -o TARGET --source LABEL=data; }
        thaw() { fsfreeze -u "$(find_it)"; }
        systemd-run --on-active=150 bash -c "$(declare -f {names}); thaw"
        """
    lacking = report(script.replace("{names}", "thaw"))
    whole = report(script.replace("{names}", "find_it thaw"))

    def lacks(made: object) -> set[str]:
        return {
            event.text
            for end in made.pre.ends  # type: ignore[attr-defined]
            for event in end.events
            if event.kind is Happening.LACK
        }

    assert lacks(lacking) == {"find_it()"}
    assert lacks(whole) == set()


def test_a_unit_of_the_script_is_no_service_of_the_host() -> None:
    """Even where the one is named after the other."""
    script = """
        unit={unit}
        systemd-run --unit=restart-$unit --on-active=150 systemctl start neo4j || exit 201
        systemctl stop neo4j || exit 202
        systemctl stop "restart-$unit.service" || exit 203
        """
    assert pre(script.replace("{unit}", "neo4j")) == {
        "0 [neo4j] w",
        "201",
        "202 w",
        "203 [neo4j] w",
    }


def test_a_loop_by_the_length_of_an_array_that_is_empty() -> None:
    script = """
        frozen=()
        for mount in /data /logs; do
            if ! fsfreeze -f $mount; then
                for ((i = ${#frozen[@]} - 1; i >= 0; i--)); do fsfreeze -u "${frozen[i]}"; done
                exit 201
            fi
            {note}
        done
        """
    noted = pre(script.replace("{note}", 'frozen+=("$mount")'))
    assert "201" in noted
    assert pre(script.replace("{note}", ":")) == {"0 [/data] [/logs]", "201", "201 [/data]"}
    assert pre("for ((i = 0; i < 3; i++)); do fsfreeze -f /data || exit 201; done") >= {"201"}
