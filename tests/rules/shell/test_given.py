"""Functions that run what they are given; functions that nothing calls; arrays without brackets."""

from __future__ import annotations

import pytest

from tests.rules.asking import messages, places, script


def said(rule: str, text: str) -> list[str]:
    found = messages(rule, script(f"#!/bin/bash\n{text}"))
    return [message.partition(": ")[2] for message in found]


def at(rule: str, text: str) -> list[str]:
    return [place for _, place in places(rule, script(f"#!/bin/bash\n{text}"))]


LOCK = "FLUSH TABLES WITH READ LOCK"


@pytest.mark.parametrize(
    "function",
    [
        'sql() { mysql -e "$1"; }',
        'sql() { local query="$1"; mysql --batch -e "$query"; }',
        'sql() { timeout 20 mysql --execute="$1"; }',
        'sql() { mysql -e "$@"; }',
    ],
)
def test_a_client_in_a_function_ends_with_the_function(function: str) -> None:
    call = f"sql '{LOCK}'"
    assert at("lock-dies-with-client", f"{function}\n{call}\necho locked\n") == [call]


@pytest.mark.parametrize(
    ("printing", "ends"),
    [
        (f"echo '{LOCK};'", True),
        (f"printf '%s;\\n' 'SET SESSION lock_wait_timeout = 9' '{LOCK}'", True),
        (f"echo '{LOCK};'; sleep 60", False),
        (f"echo '{LOCK};'; cat /run/fifo", False),
    ],
)
def test_a_client_ends_with_its_input(printing: str, ends: bool) -> None:
    assert bool(said("lock-dies-with-client", f"mysql < <({printing})\necho ok\n")) is ends


@pytest.mark.parametrize(
    "text",
    [
        f"sql() {{ echo \"$1\"; }}\nsql '{LOCK}'\n",
        f"sql() {{ mysql -e \"$1; $2\"; }}\nsql '{LOCK}' 'SELECT SLEEP(60)' &\n",
        'sql() { mysql -e "$1"; }\nsql "$LOCK"\n',
        f"sql() {{ mysql -e \"$2\"; }}\nsql '{LOCK}' 'SELECT 1'\n",
    ],
)
def test_a_function_that_locks_nothing_or_waits(text: str) -> None:
    assert at("lock-dies-with-client", text) == []


def test_begin_and_end_in_two_clients_of_a_function() -> None:
    text = (
        "sql() { psql -c \"$1\"; }\nsql 'SELECT pg_backup_start(1)'\nsql 'SELECT pg_backup_stop()'"
    )
    assert at("session-split", text) == ["sql 'SELECT pg_backup_stop()'"]


@pytest.mark.parametrize(
    ("rest", "called"),
    [
        ("freeze", True),
        ("trap freeze EXIT", True),
        ("export -f freeze", True),
        ("bash -c 'freeze /data'", True),
        ("case $1 in a) freeze ;; esac", True),
        ('"$1" freeze', True),
        ("# freeze is called by hand", False),
        ("freezer", False),
        ("freeze-all", False),
    ],
)
def test_a_function_is_called_where_its_name_stands(rest: str, called: bool) -> None:
    found = at("uncalled-function", f"freeze() {{ fsfreeze -f /data; }}\n{rest}\n")
    assert (found == []) is called


@pytest.mark.parametrize(
    ("make", "is_array"),
    [
        ("mounts=(/data /logs)", True),
        ("mapfile -t mounts < /run/mounts", True),
        ("declare -a mounts", True),
        ("mounts=(); mounts+=(/data)", True),
        ("mounts[0]=/data", True),
        ("mounts=/data", False),
        ("mounts=(/data); mounts=/logs", False),
        ("read -r mounts < /run/mounts", False),
    ],
)
def test_an_array_needs_brackets(make: str, is_array: bool) -> None:
    text = f'{make}\nfsfreeze -f $mounts\n[ -n "$mounts" ] && echo "${{mounts[@]}}"\n'
    assert at("array-without-index", text) == (["$mounts"] if is_array else [])


@pytest.mark.parametrize(
    ("setting", "reported"),
    [
        ("export LC_ALL=C", False),
        ("LC_ALL=C; export LC_ALL", False),
        ("LC_ALL=C", True),
        ("LANG=C", False),
        ("", True),
    ],
)
def test_a_language_that_does_not_reach_the_programs(setting: str, reported: bool) -> None:
    match = "out=$(fsfreeze -f /a 2>&1)\n[[ $out == *'mount point is busy'* ]] && exit 204\n"
    assert bool(said("locale-dependent-match", f"{setting}\n{match}")) is reported
