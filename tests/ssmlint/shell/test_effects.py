"""What commands mean to the resources of a host."""

from __future__ import annotations

import shlex
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.shell.commands import UNKNOWN, Field, invocation
from ssmlint.shell.effects import (
    Effect,
    EffectKind,
    default_table,
    is_harmless,
    is_scratch,
    mutates_host,
)
from ssmlint.shell.programs import programs
from ssmlint.shell.tables import load
from ssmlint.source import Span
from tests.ssmlint.shell.command_lines import fields_of, run


def effects(command: str, stdin: str | None = None) -> tuple[Effect, ...]:
    return default_table().effects(run(command, stdin))


def row_of(command: str) -> Any:
    return effects(command)[0].row


@pytest.mark.parametrize(
    ("command", "session"),
    [
        ("mysql -e 'FLUSH TABLES WITH READ LOCK'", True),
        ("mysql -e 'LOCK INSTANCE FOR BACKUP'", True),
        ("mysql -e 'SET GLOBAL read_only = 1'", False),
        ("mariadb -e 'BACKUP STAGE START'", True),
        ("psql -c \"SELECT pg_backup_start('x')\"", True),
        ("psql -c \"SELECT pg_start_backup('x')\"", False),
        ("psql -c \"SELECT pg_start_backup('x', true, true)\"", False),
        ("psql -c \"SELECT pg_start_backup('x', true, false)\"", True),
        ("psql -c \"SELECT pg_start_backup(now()::text, true, exclusive => 'f')\"", True),
        ("psql -c 'LOCK TABLE t'", True),
        ("mongosh --eval 'db.fsyncLock()'", False),
        ("sqlcmd -Q 'ALTER DATABASE a SET SUSPEND_FOR_SNAPSHOT_BACKUP=ON'", True),
        ("db2 set write suspend for db", False),
        ("fsfreeze -f /data", False),
    ],
)
def test_what_ends_with_the_client(command: str, session: bool) -> None:
    assert row_of(command).session is session


def test_rows_carry_what_the_manuals_say() -> None:
    assert dict(row_of("irissession A '##class(Backup.General).ExternalFreeze()'").status) == {
        5: "frozen",
        3: "the freeze failed",
    }
    assert row_of("lsblk -no MOUNTPOINTS").requires == "util-linux 2.37"
    assert row_of("lsblk -o NAME,mountpoints,SIZE").requires == "util-linux 2.37"
    assert row_of("lsblk -no MOUNTPOINT").requires == ""
    assert row_of("mysql -e 'FLUSH TABLES WITH READ LOCK'").waits
    assert row_of("redis-cli client pause 5").expires


def test_an_effect_of_sql_stands_at_its_statement() -> None:
    text = "SHOW STATUS; FLUSH TABLES WITH READ LOCK"
    fields = [Field("mysql", Span(0, 5)), Field("-e", Span(6, 8)), Field(text, Span(9, 51), True)]
    spans = [effect.span for effect in default_table().effects(invocation(fields))]
    assert spans == [Span(10, 21), Span(23, 50)]


def test_a_text_that_stands_nowhere_is_placed_at_its_command() -> None:
    made = invocation([Field("mysql", Span(7, 12))], Field("FLUSH TABLES", Span(0, 0)))
    assert default_table().effects(made)[0].span == Span(7, 12)


def test_a_target_knows_its_word() -> None:
    effect = effects("sudo fsfreeze -f /data")[0]
    assert effect.target_field is not None
    assert effect.target_field.span == Span(17, 22)
    assert effect.span == Span(0, 22)


HARMLESS = [
    *["echo fsfreeze -f /data", "printf %s x", "grep fsfreeze file", "man fsfreeze", "which x"],
    *["command -v fsfreeze", "type fsfreeze", "true", "sleep 60", "date +%s", "cat file"],
    *["sed -n s/a/b/p file", "awk '{print $2}' file", "sort -u", "find /data -name x", "tee"],
    *["systemctl is-active mysqld", "systemctl status mysqld", "systemctl show mysqld", "mount"],
    *["df -h", "ps aux", "pgrep mysqld", "lsblk", "mysql -e 'SHOW STATUS'", "psql -c 'SELECT 1'"],
    *["sudo -u postgres psql -lc 'SELECT 1'", "docker ps", "kill -0 1", "ls /", "rpm -qa", "ip a"],
    *[
        "ip -4 addr show eth0",
        "ip a ls eth0",
        "ifconfig",
        "mktemp -d",
        "yum -q list jq",
        "aws s3 ls",
    ],
    *["curl -s -H 'X: y' http://169.254.169.254/latest/", "curl -sfo /dev/null http://localhost"],
    *["aws --region x ec2 describe-volumes --output text", "aws sts get-caller-identity"],
    *["timeout 5 mysqladmin ping", "iris qall", "env", "hostname", "exec", "crontab -l"],
]
NOT_HARMLESS = [
    *["fsfreeze -f /data", "mysql -e 'FLUSH TABLES WITH READ LOCK'", "systemctl stop mysqld"],
    *["awk '{system(\"reboot\")}'", "awk '{print > \"/etc/x\"}' f", "sed -i s/a/b/ f", "sync"],
    *["tee /etc/x", "find / -delete", "date -s now", "hostname new", "bash -c 'echo x'", "./x.sh"],
    *["mysql -e 'SELECT 1; DROP TABLE t'", "mysql -e 'SELECT 1; frobnicate'", "psql -c $SQL"],
    *[
        "mysql -e 'SELECT 1; system reboot'",
        "at now",
        "$TOOL x",
        "",
        "ip link set x",
    ],
    *["curl -o /etc/x http://x", "curl -X POST http://x", "curl -d a http://x", "curl -O http://x"],
    *[
        "aws ec2 create-snapshot --volume-id x",
        "aws s3 cp a b",
        "ifconfig eth0 down",
        "pip install x",
    ],
    *["sort -o /etc/passwd f", "mount -a", "systemd-run --on-active=5 true", "ssh host ls"],
]


@pytest.mark.parametrize("command", HARMLESS)
def test_commands_that_change_nothing(command: str) -> None:
    made = run(command)
    assert is_harmless(made)
    assert not mutates_host(made)


@pytest.mark.parametrize("command", NOT_HARMLESS)
def test_commands_that_are_not_known_to_be_harmless(command: str) -> None:
    assert not is_harmless(run(command))


MUTATES = [
    *["rm -f /data/x", "mkfs.xfs /dev/sdb", "mount -o remount,ro /data", "umount /data"],
    *["mount -o remount,noatime /data", "systemctl restart mysqld", "docker pause db", "kill 42"],
    *["pkill mysqld", "dd if=/dev/zero of=/dev/sdb", "mv /a /b", "cp /a /etc/b", "touch /data/x"],
    *["sed -i s/a/b/ /etc/my.cnf", "tee -a /etc/my.cnf", "yum install -y x", "apt-get install x"],
    *["fsfreeze -u /data", "mysql -e 'UNLOCK TABLES'", "mv /tmp/new.cnf /etc/my.cnf"],
    *["sudo tee /etc/x", "rm ~/x"],
]
LEAVES_THE_HOST_ALONE = [
    *["touch /run/dlm-state", "mkdir -p /var/log/dlm", "tee -a /var/log/dlm.log", "rm -f /tmp/x"],
    *["cp /etc/my.cnf /tmp/", "touch $STATE", "rm -f $TMP/x", "mkdir out", "sync", "true"],
    *["rm -rf /var/run/x /run/y", "psql -c CHECKPOINT", "frobnicate /data", "$TOOL x", "tee"],
]


@pytest.mark.parametrize("command", MUTATES)
def test_commands_that_certainly_change_the_host(command: str) -> None:
    assert mutates_host(run(command))


@pytest.mark.parametrize("command", LEAVES_THE_HOST_ALONE)
def test_commands_that_do_not_certainly_change_the_host(command: str) -> None:
    assert not mutates_host(run(command))


def test_scratch_is_a_folder_and_not_a_prefix() -> None:
    assert is_scratch(effects("touch /tmp/x")[0])
    assert not is_scratch(effects("touch /tmpdata/x")[0])
    assert not is_scratch(effects("umount /tmp")[0])


# --- the table itself -------------------------------------------------------------------


def test_every_row_has_a_source_and_a_name_of_its_own() -> None:
    rows = default_table().rows
    assert all(row.source.strip() for row in rows)
    assert len({row.name for row in rows}) == len(rows)
    assert all(row["source"].strip() for row in load("effects.toml")["harmless"])


def test_what_is_acquired_can_be_released() -> None:
    rows = default_table().rows
    released = {row.resource for row in rows if row.kind is EffectKind.RELEASE}
    acquired = {row.resource for row in rows if row.kind is EffectKind.ACQUIRE}
    assert acquired == released


def test_statements_are_given_to_clients_that_exist() -> None:
    dialects = {program.dialect for program in programs().values()} - {""}
    assert {row.dialect for row in default_table().rows} - {""} == dialects


USER_ROW = {
    "name": "mydb-freeze",
    "kind": "acquire",
    "commands": ["mydb"],
    "options": ["-f|--freeze"],
    "values": ["--port"],
    "target": "operand",
    "resource": "mydb",
    "source": "our manual",
}


def test_users_add_rows_of_their_own() -> None:
    table = default_table().extended([USER_ROW])
    made = invocation(fields_of("sudo mydb --port 5 -f one"))
    found = table.effects(made)
    assert [(effect.kind, effect.resource, effect.target) for effect in found] == [
        (EffectKind.ACQUIRE, "mydb", "one")
    ]
    assert default_table().effects(made) == ()
    assert "mydb" in table.commands


def test_a_users_row_goes_before_ours() -> None:
    mine = {"name": "quiet", "kind": "query", "commands": ["sync"], "source": "we say so"}
    table = default_table().extended([mine])
    assert [effect.row.name for effect in table.effects(run("sync"))] == ["quiet"]


BAD_ROWS = [
    ({}, "effect without a name: `name` is missing or empty"),
    ({"name": ""}, "effect without a name: `name` is missing or empty"),
    ({"name": 5}, "effect without a name: `name` must be a string"),
    ({"kind": "aquire"}, "effect `mydb-freeze`: `kind` must be one of acquire, "),
    ({"source": ""}, "effect `mydb-freeze`: `source` is missing or empty"),
    ({"comands": ["x"]}, "unknown key `comands`, did you mean `commands`?"),
    ({"zzz": 1}, "effect `mydb-freeze`: unknown key `zzz`"),
    ({"commands": "mydb"}, "`commands` must be a list of strings"),
    ({"commands": []}, "`commands` is missing or empty, and there is no `text`"),
    ({"options": ["freeze"]}, "`options` must hold options such as `-f|--freeze`, not `freeze`"),
    ({"options": ["-o = ("]}, "`options` is no regular expression"),
    ({"operands": "x"}, "`operands` must be a list"),
    ({"operands": [["x"], "y"]}, "`operands` must be a list of strings, or a list of such lists"),
    ({"operands": ["("]}, "`operands` is no regular expression"),
    ({"text": "x"}, "`text` and `dialect` belong together"),
    ({"text": "x", "dialect": "mysql"}, "`commands` and `text` exclude each other"),
    ({"commands": None, "text": "(", "dialect": "mysql"}, "`text` is no regular expression"),
    ({"session": "yes"}, "`session` must be true or false"),
    ({"status": 5}, "`status` must be a table of exit statuses"),
    ({"status": {"five": "x"}}, "`status` must map numbers to strings, not `five`"),
    ({"target": "somewhere"}, "`target` must be one of operand, last, text"),
    ({"dialect": "mysqll", "text": "x"}, "`dialect` must be one of"),
]


@pytest.mark.parametrize(("change", "message"), BAD_ROWS)
def test_bad_rows_are_refused_by_name_and_key(change: dict[str, Any], message: str) -> None:
    given = {**USER_ROW, **change} if change else {}
    row = {key: value for key, value in given.items() if value is not None}
    with pytest.raises(ValueError) as error:
        default_table().extended([row])
    assert message in str(error.value)


_TEXTS = st.one_of(
    st.sampled_from(
        ["fsfreeze", "-f", "/data", "mysql", "-e", "systemctl", "stop", "docker", "at"]
    ),
    st.sampled_from(["sqlplus", "mongosh", "--eval", "iris", "session", "redis-cli", "\\! \\! x"]),
    st.text(alphabet="fF-uU /\\!;'\"`#*{}()\n" + UNKNOWN, max_size=30),
    st.text(max_size=8),
)


@settings(deadline=None)
@given(st.lists(_TEXTS, max_size=8), st.one_of(st.none(), _TEXTS))
def test_no_fields_whatever_raise(texts: list[str], stdin: str | None) -> None:
    fields = [Field(text, Span(at, at + len(text))) for at, text in enumerate(texts)]
    made = invocation(fields, None if stdin is None else Field(stdin, Span(0, len(stdin))))
    assert isinstance(default_table().effects(made), tuple)
    assert not (is_harmless(made) and mutates_host(made))


def test_escapes_inside_escapes_come_to_an_end() -> None:
    command = "fsfreeze -f /data"
    for _ in range(3):
        command = f"mysql -e {shlex.quote(f'system {command}')}"
    assert [effect.target for effect in effects(command)] == ["/data"]
    assert effects(f"mysql -e {shlex.quote(f'system {command}')}") == ()
