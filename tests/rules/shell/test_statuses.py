"""Statuses that are lost, beside what the pages show."""

from __future__ import annotations

import pytest

from tests.rules.asking import messages, places, script


def found(rule: str, text: str) -> list[str]:
    return [place for _, place in places(rule, script(f"#!/bin/bash\n{text}"))]


def hidden(text: str) -> list[str]:
    return found("declaration-hides-status", text)


@pytest.mark.parametrize(
    "text",
    [
        "x=$(findmnt /data) || exit 1",
        "export X=$(findmnt /data)",
        "export X=$(findmnt /data) || true",
        "export X=$(hostname) || X=none",
        "export X=$(lsblk | head -1) || X=none",
        "export X=$(findmnt /data || echo none) && date",
        "export X; X=$(findmnt /data) || exit",
        "[ -e /x ] && export X=$(findmnt /data)",
        "[ -e /x ] && export X=$(findmnt /data) || exit 1",
        "if export X=1; then date; fi",
    ],
)
def test_a_declaration_may_hide_what_nobody_asks_for(text: str) -> None:
    assert hidden(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "export X=$(findmnt /data) && date",
        "if ! export X=$(findmnt /data); then exit 1; fi",
        "readonly X=$(findmnt /data) || exit 1",
        "f() { local a=1 x=$(wc -l < /x) || return; }",
        "declare -r X=`findmnt /data` || exit 1",
        "set -o pipefail\nexport X=$(lsblk | head -1) || X=none",
    ],
)
def test_a_declaration_hides_the_status_that_is_asked_for(text: str) -> None:
    assert len(hidden(text)) == 1


def unread(text: str) -> list[str]:
    return found("status-never-used", text)


@pytest.mark.parametrize(
    "text",
    [
        "mkfs /dev/x || rc=1\nexit $rc",
        "mkfs /dev/x || { rc=1; exit 1; }",
        "mkfs /dev/x || rc=1\nexport rc",
        "mkfs /dev/x || found=1",
        "rc=0",
        'mkfs /dev/x || rc=1\neval "$code"',
        "mkfs /dev/x || rc=1\nfinish() { exit $rc; }\ntrap finish EXIT",
        "mkfs /dev/x || rc=1\ntrap 'exit $rc' EXIT",
        "mkfs /dev/x || exit_coed=1\nexit $exit_code",
        "set -e\nmkfs /dev/x\nrc=$?",
    ],
)
def test_a_status_that_is_used_or_none_is_left_alone(text: str) -> None:
    assert unread(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "mkfs /dev/x\nrc=$?",
        "for d in a b; do mkfs $d || failures=$((failures + 1)); done\nexit 0",
        "for d in a b; do mkfs $d || ((failed++)); done\nexit 0",
        "f() { local status=0; mkfs a || status=1; }\nf",
        "case x in x) if mkfs /dev/x; then :; else EXIT_CODE=201; fi ;; esac",
    ],
)
def test_a_status_that_nothing_reads_is_found(text: str) -> None:
    assert len(unread(text)) == 1


def waits(text: str) -> list[str]:
    return found("wait-forgets-status", text)


@pytest.mark.parametrize(
    "text",
    [
        "sleep 5 &\nwait || exit",
        "backup &\nwait",
        "fsfreeze -f /data & pid=$!\nwait $pid",
        "fsfreeze -f /data || touch /run/failed &\nwait",
        "wait || exit",
        "f() { fsfreeze -f /data & }\nwait || exit",
    ],
)
def test_a_wait_that_hides_nothing_is_left_alone(text: str) -> None:
    assert waits(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "fsfreeze -f /data &\nwait",
        "freeze_all() { fsfreeze -f /data; }\nfreeze_all & wait",
        "tar -cf /x /y &\nwait\nif [ $? -ne 0 ]; then exit 1; fi",
        "tar -cf /x /y &\nif ! wait; then exit 1; fi",
    ],
)
def test_a_wait_that_hides_a_failure_is_found(text: str) -> None:
    assert len(waits(text)) == 1


def deaf(text: str) -> list[str]:
    return found("sql-error-unnoticed", text)


@pytest.mark.parametrize(
    "text",
    [
        "psql -c 'checkpoint' || exit 1",
        "psql -v ON_ERROR_STOP=1 -f /x.sql || exit 1",
        "psql --set=ON_ERROR_STOP=on <<< 'checkpoint;' || exit 1",
        "psql -f /x.sql\ndate",
        "psql -f /x.sql || true",
        "psql -f /x.sql | tail -1",
        "psql <<< 'select 1' || exit 206",
        "psql <<END || exit 1\n\\set ON_ERROR_STOP on\ncheckpoint;\nEND",
        "sqlplus / @/x.sql || exit 1",
        "out=$(echo 'alter system switch logfile;' | sqlplus /) || exit\n"
        'echo "$out" | grep -q ORA- && exit 1',
        "echo 'whenever sqlerror exit sql.sqlcode' > /x\ncat /x | sqlplus / || exit 1",
        "mysql <<< 'flush tables' || exit 1",
    ],
)
def test_a_client_that_fails_with_its_statements_is_left_alone(text: str) -> None:
    assert deaf(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "psql <<< 'checkpoint;' || exit 1",
        "set -e\npsql -f /x.sql\ndate",
        "date\npsql -f /x.sql",
        "if ! docker exec db psql -f /x.sql; then exit 1; fi",
        "sqlplus / <<< 'whenever sqlerror exit\nalter database begin backup;' || exit 1",
        "su - oracle -c 'sqlplus -s /' <<END || exit 1\nalter database begin backup;\nEND",
        "out=$(sqlplus / <<< 'alter database begin backup;')\n[ $? -eq 0 ] || exit 1",
    ],
)
def test_a_client_that_goes_on_is_found(text: str) -> None:
    assert len(deaf(text)) == 1


def test_the_message_says_how_to_make_the_client_fail() -> None:
    text = script("#!/bin/bash\npsql -f /x.sql || exit 1")
    (message,) = messages("sql-error-unnoticed", text)
    assert "-v ON_ERROR_STOP=1" in message
