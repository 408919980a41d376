"""What a command runs: wrappers, scripts for other shells, text for database clients."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.shell.commands import UNKNOWN, Field, Invocation, invocation
from ssmlint.shell.fields import locate
from ssmlint.shell.programs import programs, wrappers
from ssmlint.shell.tables import load
from ssmlint.source import Span
from tests.ssmlint.shell.command_lines import fields_of, run


def words(made: Invocation) -> str:
    """The program and its arguments, unknown pieces as `?`."""
    fields = (field.text.replace(UNKNOWN, "?") for field in made.arguments)
    return " ".join((made.name, *fields)).strip()


WRAPPED = [
    # command, wrappers, what is run in the end
    ("fsfreeze -f /data", "", "fsfreeze -f /data"),
    ("/usr/sbin/fsfreeze -f /data", "", "fsfreeze -f /data"),
    ("$BIN/fsfreeze -f /data", "", "fsfreeze -f /data"),
    ("sudo fsfreeze -f /data", "sudo", "fsfreeze -f /data"),
    ("/usr/bin/sudo -n fsfreeze -f /data", "sudo", "fsfreeze -f /data"),
    ("sudo -u postgres psql -c x", "sudo", "psql -c x"),
    ("sudo -upostgres psql -c x", "sudo", "psql -c x"),
    ("sudo --user=postgres -H psql", "sudo", "psql"),
    ("sudo --user postgres -- psql -c x", "sudo", "psql -c x"),
    ("sudo -i -u irissys iris qall", "sudo", "iris qall"),
    ("sudo -E -g adm PGUSER=x psql", "sudo", "psql"),
    ("sudo PGPASSWORD=$SECRET -u x psql", "sudo", "psql"),
    ("doas -u postgres psql", "doas", "psql"),
    ("runuser -u postgres -- psql -c x", "runuser", "psql -c x"),
    ("gosu postgres psql", "gosu", "psql"),
    ("nohup fsfreeze -u /data", "nohup", "fsfreeze -u /data"),
    ("env -i LC_ALL=C lsblk -n", "env", "lsblk -n"),
    ("env -u HOME - A=b lsblk", "env", "lsblk"),
    ("env -S 'lsblk -n' -o NAME", "env", "lsblk -n -o NAME"),
    ("timeout 10 sync", "timeout", "sync"),
    ("timeout -k 5s --foreground -s KILL 1m sync", "timeout", "sync"),
    ("timeout --kill-after=5 --signal=TERM 10 sync", "timeout", "sync"),
    ("nice -n 19 ionice -c2 -n7 sync", "nice ionice", "sync"),
    ("nice -19 sync", "nice", "sync"),
    ("chrt -f 10 sync", "chrt", "sync"),
    ("taskset -c 0,1 sync", "taskset", "sync"),
    ("setsid -f -w sync", "setsid", "sync"),
    ("stdbuf -oL lsblk", "stdbuf", "lsblk"),
    ("time -p sync", "time", "sync"),
    ("command sync", "command", "sync"),
    ("command -p sync", "command", "sync"),
    ("builtin echo x", "builtin", "echo x"),
    ("exec -a me sync", "exec", "sync"),
    ("busybox fsfreeze -f /data", "busybox", "fsfreeze -f /data"),
    ("xargs -n1 fsfreeze -f", "xargs", "fsfreeze -f ?"),
    ("xargs -0 -r -P 4 -I {} fsfreeze -u {}", "xargs", "fsfreeze -u ?"),
    ("xargs -I% fsfreeze -u /mnt/%", "xargs", "fsfreeze -u /mnt/?"),
    ("xargs -i ps -hp {} -o pgid", "xargs", "ps -hp ? -o pgid"),
    ("docker exec db mysqladmin ping", "docker exec", "mysqladmin ping"),
    ("docker exec -it -u root -e A=b $NAME mysqladmin ping", "docker exec", "mysqladmin ping"),
    ("docker -H unix:///x container exec db ls", "docker container exec", "ls"),
    ("podman exec --user=1 db ls", "podman exec", "ls"),
    ("docker compose -f x.yml exec -T db ls", "docker compose exec", "ls"),
    ("docker-compose exec -T db ls", "docker-compose exec", "ls"),
    ("docker run --rm --privileged -v /:/host alpine ls /host", "docker run", "ls /host"),
    ("kubectl -n prod exec -i db-0 -c mysql -- mysqladmin ping", "kubectl exec", "mysqladmin ping"),
    ("kubectl exec db-0 ls", "kubectl exec", "ls"),
    ("lxc exec web -- ls", "lxc exec", "ls"),
    ("nsenter -t 1 -m -u -- fsfreeze -f /data", "nsenter", "fsfreeze -f /data"),
    ("nsenter --target 1 --mount fsfreeze -f /data", "nsenter", "fsfreeze -f /data"),
    ("nsenter --mount=/proc/1/ns/mnt fsfreeze -f /data", "nsenter", "fsfreeze -f /data"),
    ("chroot --userspec=0:0 /host fsfreeze -f /data", "chroot", "fsfreeze -f /data"),
    ("flock -n -w 5 /run/lock sync", "flock", "sync"),
    ("systemd-run --unit=x -q sync", "systemd-run", "sync"),
    ("systemd-run -p Type=oneshot --on-active 60 sync", "systemd-run", "sync"),
    ("systemd-inhibit --what=sleep sync", "systemd-inhibit", "sync"),
    ("watch -n 1 df -h", "watch", "df -h"),
    ("sudo -n timeout 5 docker exec db ls", "sudo timeout docker exec", "ls"),
    ("ssh host fsfreeze -f /data", "", "ssh host fsfreeze -f /data"),
    # a variable before a program that the tables know is taken for a wrapper
    ("$DOCKER_EXEC irissession IRIS", "?", "irissession IRIS"),
    ("$SUDO $NICE fsfreeze -f /data", "?", "fsfreeze -f /data"),
    ("$SUDO timeout 5 sync", "? timeout", "sync"),
    ("docker exec $OPTIONS $NAME fsfreeze -f /data", "docker exec ?", "fsfreeze -f /data"),
    ("$TOOL -f /data", "", "-f /data"),
    ("$TOOL something", "", "something"),
    # what runs nothing stays what it is
    ("sudo -v", "", "sudo -v"),
    ("sudo -l fsfreeze", "", "sudo -l fsfreeze"),
    ("env", "", "env"),
    ("nohup", "", "nohup"),
    ("command -v fsfreeze", "", "command -v fsfreeze"),
    ("timeout 5", "", "timeout 5"),
    ("flock -n 9", "", "flock -n 9"),
    ("ionice -c3 -p 1", "", "ionice -c3 -p 1"),
    ("docker ps", "", "docker ps"),
    ("docker pause db", "", "docker pause db"),
    ("kubectl get pods", "", "kubectl get pods"),
    ("systemd-run --unit=x", "", "systemd-run --unit=x"),
    ("at -l", "", "at -l"),
    ("exec", "", "exec"),
    # the old way to a service
    ("/etc/init.d/mysql stop", "", "service mysql stop"),
    ("sudo /etc/rc.d/init.d/$NAME start", "sudo", "service ? start"),
]


@pytest.mark.parametrize(("command", "outer", "inner"), WRAPPED)
def test_wrappers_are_looked_through(command: str, outer: str, inner: str) -> None:
    made = run(command)
    assert (" ".join(made.wrappers), words(made)) == (outer, inner)
    assert made.span == Span(0, max(field.span.end for field in fields_of(command)))


SCRIPTS = [
    ("bash -c 'freeze it'", "bash", "freeze it"),
    ("bash -ec 'freeze it' name argument", "bash", "freeze it"),
    ("/bin/sh -c 'freeze it'", "sh", "freeze it"),
    ("bash --norc -o pipefail -c 'freeze it'", "bash", "freeze it"),
    ("nohup bash -c execute_schedule_auto_thaw", "bash", "execute_schedule_auto_thaw"),
    ("sudo -u postgres bash -lc 'psql -l'", "bash", "psql -l"),
    ("docker exec db sh -c 'sync; sync'", "sh", "sync; sync"),
    ("su - oracle -c 'sqlplus -v'", "sh", "sqlplus -v"),
    ("su -c 'sqlplus -v' oracle", "sh", "sqlplus -v"),
    ("su oracle -s /bin/bash -c 'sqlplus -v'", "bash", "sqlplus -v"),
    ("su --command='sqlplus -v' --login oracle", "sh", "sqlplus -v"),
    ("sudo su - db2inst1 -c 'db2 list'", "sh", "db2 list"),
    ("runuser -l postgres -c 'psql -l'", "sh", "psql -l"),
    ("sg docker -c 'docker ps'", "sh", "docker ps"),
    ("flock /run/lock -c 'sync; sync'", "sh", "sync; sync"),
    ("watch 'df -h'", "sh", "df -h"),
    ("eval echo $X done", "eval", "echo ? done"),
    ("xargs -I% sh -c 'fsfreeze -u %'", "sh", "fsfreeze -u ?"),
    ("systemd-run --on-active=60 /bin/sh -c 'fsfreeze -u /data'", "sh", "fsfreeze -u /data"),
    ("bash script.sh", "bash", None),
    ("bash -x script.sh", "bash", None),
    ("sync", "sync", None),
]


@pytest.mark.parametrize(("command", "name", "script"), SCRIPTS)
def test_scripts_for_another_shell_are_given_to_the_caller(
    command: str, name: str, script: str | None
) -> None:
    made = run(command)
    text = None if made.script is None else made.script.text.replace(UNKNOWN, "?")
    assert (made.name, text) == (name, script)


STDIN_SCRIPTS = [
    "bash",
    "bash -s",
    "bash -s -- argument",
    "sudo -i",
    "sudo -u postgres bash",
    "su - postgres",
    "at now + 1 minute",
    "batch",
    "nsenter -t 1 -m",
    "docker exec -i db bash",
]


@pytest.mark.parametrize("command", STDIN_SCRIPTS)
def test_a_shell_reads_its_script_from_standard_input(command: str) -> None:
    made = run(command, "sync\n")
    assert made.script is not None
    assert made.script.text == "sync\n"
    assert made.stdin is None


@pytest.mark.parametrize("command", ["xargs bash", "at -f job now", "bash job.sh", "cat"])
def test_standard_input_is_no_script_for_others(command: str) -> None:
    assert run(command, "sync\n").script is None


def test_standard_input_is_left_for_the_inner_script() -> None:
    made = run("su - oracle -c 'sqlplus -s / as sysdba'", "alter system suspend;")
    assert made.script is not None
    assert made.script.text == "sqlplus -s / as sysdba"
    assert made.stdin is not None
    assert made.stdin.text == "alter system suspend;"


TEXTS = [
    ("mysql -e 'SELECT 1'", "mysql", ["SELECT 1"]),
    ("mysql -uroot -p$PASSWORD -h db -Ne 'SELECT 1' mydb", "mysql", ["SELECT 1"]),
    ("mysql -pse -e 'SELECT 1'", "mysql", ["SELECT 1"]),
    ("mariadb --execute='SELECT 1'", "mysql", ["SELECT 1"]),
    ("mysql --init-command='SET @a=1' -e 'SELECT 1'", "mysql", ["SET @a=1", "SELECT 1"]),
    ("psql -X -v ON_ERROR_STOP=1 -c 'BEGIN' -c 'LOCK t'", "postgresql", ["BEGIN", "LOCK t"]),
    ("psql --no-psqlrc --set=A=1 --command='SELECT 1' db", "postgresql", ["SELECT 1"]),
    ("psql -Atqc 'SELECT 1'", "postgresql", ["SELECT 1"]),
    ("mongosh admin --quiet --eval 'db.fsyncLock()'", "mongodb", ["db.fsyncLock()"]),
    ("mongo --eval='db.stats()' localhost/admin", "mongodb", ["db.stats()"]),
    ("db2 set write suspend for database", "db2", ["set write suspend for database"]),
    ("db2 -x 'connect to X'", "db2", ["connect to X"]),
    ("db2 -tvf file.sql", "db2", []),
    ("hdbsql -U KEY -d SYSTEMDB 'SELECT 1'", "hana", ["SELECT 1"]),
    ("sqlcmd -S . -U sa -P $PASSWORD -Q 'SELECT 1'", "sqlserver", ["SELECT 1"]),
    ("cqlsh -e 'SELECT 1' host", "cassandra", ["SELECT 1"]),
    ("redis-cli -h x -p 6379 -a $PASSWORD --no-auth-warning BGSAVE", "redis", ["BGSAVE"]),
    ("irissession IRIS -U '%SYS' '##class(A.B).C()'", "iris", ["##class(A.B).C()"]),
    ("irissession $NAME -U%SYS '##class(A.B).C()'", "iris", ["##class(A.B).C()"]),
    ("iris session IRIS -U %SYS '##class(A.B).C()'", "iris", ["##class(A.B).C()"]),
    ("iris terminal IRIS -U%SYS '##class(A.B).C()'", "iris", ["##class(A.B).C()"]),
    ("iris qall", "iris", []),
    ("sqlplus / as sysdba @freeze.sql", "oracle", []),
]


@pytest.mark.parametrize(("command", "dialect", "texts"), TEXTS)
def test_text_given_to_a_client(command: str, dialect: str, texts: list[str]) -> None:
    made = run(command)
    assert [text.text for text in made.texts] == texts
    assert {text.dialect for text in made.texts} <= {dialect}
    assert made.one_shot == bool(texts)


@pytest.mark.parametrize(
    "command",
    [
        "mysql -u root mydb",
        "psql -d mydb",
        "mongosh",
        "sqlplus -s / as sysdba",
        "rman target /",
        "db2 -t",
        "hdbsql -U KEY",
        "isql -U sa -S ASE",
        "sqlcmd -S .",
        "cqlsh",
        "redis-cli",
        "irissession IRIS",
        "iris session IRIS -U%SYS",
        "docker exec -i db mysql",
        "sudo -u postgres psql",
    ],
)
def test_a_client_reads_a_here_document(command: str) -> None:
    made = run(command, "SELECT 1;\n")
    assert [text.text for text in made.texts] == ["SELECT 1;\n"]
    assert made.texts[0].span.start == 1000
    assert made.one_shot


@pytest.mark.parametrize("command", ["mysql -e 'SELECT 2'", "psql -f x.sql", "iris qall", "cat"])
def test_a_client_with_other_text_does_not_read_the_here_document(command: str) -> None:
    assert "SELECT 1;" not in [text.text for text in run(command, "SELECT 1;").texts]


HOLDS = [
    ("mysql -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(60)'", True),
    ("mysql -e 'FLUSH TABLES WITH READ LOCK; DO SLEEP(60);'", True),
    (r"mysql -e 'FLUSH TABLES WITH READ LOCK; \! fsfreeze -f /data'", True),
    ("mysql -e 'FLUSH TABLES WITH READ LOCK; system lvcreate -s x'", True),
    ("psql -c 'SELECT pg_backup_start($A); SELECT pg_sleep(60)'", True),
    (r"psql -c '\! sleep 5'", True),
    ("mongosh --eval 'db.fsyncLock(); sleep(6000)'", True),
    ("sqlcmd -Q \"WAITFOR DELAY '00:01'\"", True),
    ("mysql -e 'FLUSH TABLES WITH READ LOCK;'", False),
    ("mysql -e 'SELECT \"SLEEP(60) is a function\"'", False),
    ("mysql -e 'SELECT 1 -- SLEEP(60)'", False),
    ("mysql -e 'SELECT system FROM t'", False),
    ("echo SLEEP(60)", False),
]


@pytest.mark.parametrize(("command", "holds"), HOLDS)
def test_text_that_waits_holds_its_session(command: str, holds: bool) -> None:
    quoted = command.replace("SLEEP(60)", "'SLEEP(60)'") if command.startswith("echo") else command
    assert run(quoted).interactive_hold is holds


DETACHED = [
    ("setsid fsfreeze -u /data", True, False),
    ("sudo setsid bash -c thaw", True, False),
    ("systemd-run fsfreeze -u /data", True, False),
    ("systemd-run --on-active=60 fsfreeze -u /data", True, True),
    ("systemd-run --on-calendar '*:0/5' fsfreeze -u /data", True, True),
    ("systemd-run --scope fsfreeze -u /data", False, False),
    ("at now + 1 minute", True, True),
    ("docker run -d image sleep 5", True, False),
    ("docker run --rm image sleep 5", False, False),
    ("docker exec -d db sleep 5", True, False),
    ("docker exec db sleep 5", False, False),
    ("nohup fsfreeze -u /data", False, False),
    ("fsfreeze -u /data", False, False),
]


@pytest.mark.parametrize(("command", "detached", "deferred"), DETACHED)
def test_what_survives_and_what_runs_later(command: str, detached: bool, deferred: bool) -> None:
    made = run(command)
    assert (made.detached, made.deferred) == (detached, deferred)


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [
        ("10", 10.0),
        ("10s", 10.0),
        ("1.5m", 90.0),
        ("2h", 7200.0),
        ("1d", 86400.0),
        ("0", None),
        ("x", None),
        ("$LIMIT", math.inf),
    ],
)
def test_timeouts_are_in_seconds(duration: str, seconds: float | None) -> None:
    assert run(f"timeout {duration} sync").timeout == seconds


def test_the_shortest_of_several_timeouts_counts() -> None:
    assert run("timeout 60 sudo timeout 10 sync").timeout == 10.0


def test_programs_of_the_caller_may_stand_behind_a_variable() -> None:
    made = invocation(fields_of("$SUDO mytool freeze"), known={"mytool"})
    assert (made.wrappers, made.name) == (("?",), "mytool")


def test_no_fields_run_nothing() -> None:
    assert run("") == Invocation("", (), (), Span(0, 0))


def test_a_piece_of_a_word_has_its_own_place() -> None:
    # mysql --execute="SELECT 1", the word beginning at 6; the quotes are not in the text.
    field = Field("--execute=SELECT 1", Span(6, 26), quoted=True)
    made = invocation([Field("mysql", Span(0, 5)), field])
    assert made.texts[0].span.end <= 26
    assert locate("abc", Span(10, 13), 1, 2) == Span(11, 12)
    assert locate("abc", Span(10, 15), 1, 2) == Span(12, 13)
    assert locate("abc", Span(10, 20), 1, 2) == Span(10, 20)


def test_every_row_of_the_table_says_where_it_is_written_down() -> None:
    table = load("commands.toml")
    assert all(row["source"] for kind in ("wrapper", "program") for row in table[kind])
    assert programs().keys() >= {"mysql", "psql"}
    assert wrappers()["docker"][0].operands == 1


_FAMILIAR = (
    "sudo -u -- su - -c docker exec timeout xargs env -S bash mysql -e at kubectl watch "
    "systemd-run --on-active=5 flock runuser nsenter compose script"
)
_WORDS = st.one_of(
    st.sampled_from([*_FAMILIAR.split(), "FLUSH TABLES;", UNKNOWN, "", "'"]),
    st.text(max_size=6),
)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=12), st.one_of(st.none(), st.text(max_size=20)))
def test_no_fields_whatever_raise(texts: list[str], stdin: str | None) -> None:
    fields = [Field(text, Span(at, at + 1)) for at, text in enumerate(texts)]
    document = None if stdin is None else Field(stdin, Span(0, len(stdin)))
    made = invocation(fields, document)
    assert len(made.arguments) <= len(fields) + 20
    assert isinstance(made.name, str)


def test_a_hostile_chain_of_wrappers_is_left_alone() -> None:
    made = run("sudo " * 20000 + "sync")
    assert made.name == "sudo"
    assert run("sudo " * 20 + "sync").name == "sync"
