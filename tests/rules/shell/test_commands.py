"""Commands that find, freeze or run something else than was meant: the guards of each rule."""

from __future__ import annotations

import pytest

from tests.rules.asking import fixed, messages, places, script
from tests.rules.freeze.dlm import dlm


def found(rule: str, text: str) -> list[str]:
    return [place for _, place in places(rule, script(f"#!/bin/bash\n{text}"))]


def count(rule: str, text: str) -> int:
    return len(found(rule, text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("thaw() { :; }\npgrep -f thaw", 1),
        ("thaw() { :; }\npkill -9 --full thaw", 1),
        ("thaw() { :; }\npgrep -x thaw", 0),
        ("sudo pkill -f mysqld", 1),
        ("sudo pkill -f '[m]ysqld'", 0),
        ("sudo pgrep -x mysqld", 0),
        ("pgrep -f mysqld", 0),
        ("ps -ef | grep mysqld", 1),
        ("ps aux | grep -c mysqld | cat", 1),
        ("ps aux | grep '[m]ysqld'", 0),
        ("ps aux | grep mysqld | grep -v grep", 0),
        ("ps aux | grep mysqld | awk '!/grep/'", 0),
        ("ps -e -o comm= | grep mysqld", 0),
    ],
)
def test_searches_that_find_themselves(text: str, number: int) -> None:
    assert count("pgrep-own-name", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("g=$(pgrep -f x)\npkill -g $g", 1),
        ('g=$(ps -o pgid= -p 1)\npkill -P "$g"', 1),
        ("g=$(pgrep -o x)\npkill -g $g", 0),
        ("g=$(pgrep x | head -1)\npkill -g $g", 0),
        ("g=$(pgrep -d, x)\npkill -g $g", 0),
        ("g=$!\npkill -P $g", 0),
        ("pkill -g 12", 0),
    ],
)
def test_lists_that_are_no_word(text: str, number: int) -> None:
    assert count("pkill-word-list", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$(nohup sleep 60 &)", 1),
        ("`fsfreeze -f /data`", 1),
        ("f() { :; }\n$(f)", 1),
        ("$(date > /tmp/x)", 1),
        ("$(aws ecr get-login --no-include-email)", 0),
        ("x=$(fsfreeze -f /data)", 0),
        ("$(which mysql) -e x", 0),
        ("if $(grep -q x /etc/fstab); then date; fi", 0),
    ],
)
def test_outputs_that_are_no_command(text: str, number: int) -> None:
    assert count("substitution-as-command", text) == number


def test_the_command_itself_is_run() -> None:
    text = script("#!/bin/bash\n$(nohup sleep 60 > /dev/null 2>&1 &)\n`fsfreeze -f /data`")
    assert fixed("substitution-as-command", text).endswith(
        "        nohup sleep 60 > /dev/null 2>&1 &\n        fsfreeze -f /data\n"
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('m=$(fsfreeze -f /d 2>&1)\n[[ $m == *"is busy"* ]]', 1),
        ('B="is busy"\nm=$(fsfreeze -f /d 2>&1)\n[[ $m == *"$B"* ]]', 1),
        ('m=$(fsfreeze -f /d 2>&1)\ncase $m in *"is busy"*) date ;; esac', 1),
        ('export LC_ALL=C\nm=$(fsfreeze -f /d 2>&1)\n[[ $m == *"is busy"* ]]', 0),
        ('m=$(LC_ALL=C fsfreeze -f /d 2>&1)\n[[ $m == *"is busy"* ]]', 0),
        ('m=$(lsblk -no FSTYPE)\n[[ $m == *"is busy"* ]]', 0),
        ("m=$(systemctl is-active x 2>&1)\n[[ $m == active ]]", 0),
    ],
)
def test_messages_in_one_language(text: str, number: int) -> None:
    assert count("locale-dependent-match", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("check() { mount -o remount,noatime /d; }", 1),
        ("is_frozen() { mount -o remount,noatime /d; }", 1),
        ("retune() { mount -o remount,noatime /d; }", 0),
        ("check() { mount /d; }", 0),
    ],
)
def test_questions_that_change_something(text: str, number: int) -> None:
    assert count("remount-as-probe", text) == number


def test_no_pre_post_script_retunes_mounts() -> None:
    assert places("remount-as-probe", dlm("mount -o remount,noatime /d")) != []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("lsblk -nlo MOUNTPOINTS", 1),
        ("lsblk -n --output NAME,mountpoints", 1),
        ("lsblk -nlo MOUNTPOINTS || lsblk -nlo MOUNTPOINT", 0),
        ("if lsblk -nlo MOUNTPOINTS; then date; fi", 0),
        ("lsblk --version\nlsblk -nlo MOUNTPOINTS", 0),
        ("lsblk -nlo MOUNTPOINT", 0),
    ],
)
def test_columns_that_older_hosts_lack(text: str, number: int) -> None:
    assert count("lsblk-mountpoints-column", text) == number


LOOP = "for t in $({}); do {}; done"


@pytest.mark.parametrize(
    ("lister", "body", "number"),
    [
        ("lsblk -nlo MOUNTPOINT", 'fsfreeze -f "$t"', 1),
        ("lsblk -nlo MOUNTPOINT | sort -u", 'mount -o remount "$t"', 1),
        ("lsblk -nlo MOUNTPOINT | grep ^/", 'fsfreeze -f "$t"', 0),
        ("lsblk -nlo MOUNTPOINT | grep -v SWAP", 'fsfreeze -f "$t"', 0),
        ("lsblk -nlo MOUNTPOINT", '[ -d "$t" ] || continue; fsfreeze -f "$t"', 0),
        ("lsblk -nlo MOUNTPOINT", '[[ $t == /* ]] && fsfreeze -f "$t"', 0),
        ("lsblk -nlo MOUNTPOINT", "case $t in /*) fsfreeze -f $t ;; esac", 0),
        ("lsblk -nlo NAME", 'fsfreeze -f "/$t"', 0),
        ("findmnt -nlo TARGET", 'fsfreeze -f "$t"', 0),
        ("lsblk -nlo MOUNTPOINT", 'echo "$t"', 0),
    ],
)
def test_lists_with_swap_in_them(lister: str, body: str, number: int) -> None:
    assert count("swap-or-special-mount", LOOP.format(lister, body)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (LOOP.format("findmnt -no TARGET", "date"), 1),
        (LOOP.format("ls /backup", "date"), 1),
        ("for t in `df --output=target`; do date; done", 1),
        ("for t in $(lsblk -nlo NAME); do date; done", 0),
        ("while read -r t; do date; done < <(findmnt -no TARGET)", 0),
        ("findmnt -no TARGET | while read -r t; do date; done", 0),
        ('for t in "$(findmnt -no TARGET)"; do date; done', 0),
        ("IFS=$'\\n'\nfor t in $(findmnt -no TARGET); do date; done", 0),
    ],
)
def test_lists_that_are_split_at_blanks(text: str, number: int) -> None:
    assert count("word-split-path-list", text) == number


@pytest.mark.parametrize(
    ("lister", "body", "number"),
    [
        ("findmnt -no TARGET", '[[ $t == *"/boot"* ]] && continue', 1),
        ("findmnt -no TARGET", "case $t in */boot*) continue ;; esac", 1),
        ("findmnt -no TARGET | grep -v /boot", "date", 1),
        ("findmnt -no TARGET | grep -vE '/boot'", "date", 1),
        ("findmnt -no TARGET | grep -v '^/boot'", "date", 0),
        ("findmnt -no TARGET | grep -vx /boot", "date", 0),
        ("findmnt -no TARGET", "[[ $t == /boot* ]] && continue", 0),
        ("findmnt -no TARGET", "case $t in /boot | /boot/*) continue ;; esac", 0),
        ("findmnt -no TARGET", "case $t in */lost+found) continue ;; esac", 0),
        ("findmnt -no TARGET", '[[ $other == *"/boot"* ]] && continue', 0),
        ("seq 3", '[[ $t == *"/boot"* ]] && continue', 0),
    ],
)
def test_tests_of_paths_that_hold_for_others(lister: str, body: str, number: int) -> None:
    assert count("unanchored-path-test", LOOP.format(lister, body)) == number


LOCK = "FLUSH TABLES WITH READ LOCK"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"mysql -e '{LOCK}'", 1),
        (f"mysql <<EOF\n{LOCK};\nEOF", 1),
        (f"echo '{LOCK}' | mysql", 1),
        (f"docker exec db mysql -e '{LOCK}'", 1),
        (f"mysql -e '{LOCK}; SELECT SLEEP(60)' &", 0),
        (f"mysql -e '{LOCK}; SHOW MASTER STATUS; UNLOCK TABLES'", 0),
        (f"mysql -e '{LOCK}; \\! lvcreate -s -n snap /dev/vg/data'", 0),
        (f"coproc L {{ mysql; }}\necho '{LOCK}' >&${{L[1]}}", 0),
        ("mysql -e 'SHOW PROCESSLIST'", 0),
        ("psql -c 'CHECKPOINT'", 0),
        ("psql -c \"SELECT pg_backup_start('x')\"", 1),
    ],
)
def test_locks_that_end_with_their_client(text: str, number: int) -> None:
    assert count("lock-dies-with-client", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"mysql -e '{LOCK}'\nmysql -e 'UNLOCK TABLES'", 1),
        ("mysql -e 'UNLOCK TABLES'", 0),
        (f"mysql -e '{LOCK}; UNLOCK TABLES'", 0),
        ("psql -c \"SELECT pg_backup_start('x')\"\npsql -c 'SELECT pg_backup_stop()'", 1),
        ("psql -c \"SELECT pg_backup_start('x')\"\nmysql -e 'UNLOCK TABLES'", 0),
    ],
)
def test_releases_in_another_session(text: str, number: int) -> None:
    assert count("session-split", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (f"mysql -e '{LOCK}; SELECT SLEEP(9)'", 1),
        (f"mysql -e 'SET lock_wait_timeout=5; {LOCK}; SELECT SLEEP(9)'", 0),
        (f"timeout 20 mysql -e '{LOCK}; SELECT SLEEP(9)'", 0),
        ("mysql -e 'SELECT 1'", 0),
    ],
)
def test_waits_without_a_limit(text: str, number: int) -> None:
    assert count("unbounded-lock-wait", text) == number


@pytest.mark.parametrize(
    ("path", "number"), [("./log", 1), (".", 1), ("../x", 1), ("/var/log", 0), (".hidden", 0)]
)
def test_paths_that_a_server_resolves(path: str, number: int) -> None:
    call = '##Class(Backup.General).ExternalFreeze(\\"$D/x\\")'
    text = f'D={path}\nirissession IRIS -U %SYS "{call}"'
    assert count("relative-path-to-server", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("x=$(findmnt /d)\n[ -n $x ]", 1),
        ("x=$(findmnt /d)\n[ $x = /d ]", 1),
        ("read -r x\ntest $x != y", 1),
        ("x=$(findmnt /d)\nfsfreeze -f $x", 1),
        ('x=$(findmnt /d)\n[ -n "$x" ]', 0),
        ("x=$(findmnt /d)\n[[ -n $x ]]", 0),
        ("x=$(wc -l < /etc/fstab)\n[ $x = 3 ]", 0),
        ("x=$?\n[ $x = 0 ]", 0),
        ("x=/data\nfsfreeze -f $x", 0),
        ("for x in /a /b; do [ $x = /a ] || fsfreeze -f $x; done", 0),
        ("a=('/a b')\nfor x in \"${a[@]}\"; do fsfreeze -f $x; done", 1),
        ('x="/a /b"\nfsfreeze -f $x', 0),
    ],
)
def test_quotes_that_are_missing(text: str, number: int) -> None:
    assert count("unquoted-variable", text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("sudo date", 1), ("sudo -u mysql date", 0), ("sudo FOO=1 date", 0), ("date", 0)],
)
def test_root_is_root_already(text: str, number: int) -> None:
    assert count("sudo-as-root", text) == number


def test_the_rest_of_the_script_may_be_a_here_document() -> None:
    text = script("#!/bin/bash\ncat <<EOF\none\n  EOF\ndate")
    (message,) = messages("unterminated-here-document", text)
    assert "EOF" in message
