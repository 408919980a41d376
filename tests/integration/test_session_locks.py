"""What ends with a database session, asked of the databases themselves.

Several rules rest on this: a lock that a one-shot client takes is gone before the next line
of the script runs.  So it is tried, on real servers, and not taken on trust.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.integration.servers import GUARD, Client, mariadb_server, postgresql_server

# --- MariaDB ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mariadb() -> Iterator[Client]:
    with mariadb_server() as client:
        created = client.run("CREATE DATABASE shop;", "CREATE TABLE shop.item (id INT);")
        created.check_returncode()
        yield client


def insert(client: Client) -> str:
    """Try to write with a client of its own; the error number, or "" where it worked."""
    done = client.run("SET SESSION lock_wait_timeout = 1;", "INSERT INTO shop.item VALUES (1);")
    assert done.returncode == 0 or "ERROR 1205" in done.stderr, done.stderr
    return "" if done.returncode == 0 else "1205"


def wait_until_writable(client: Client) -> None:
    """A server notices the end of a connection soon, not at once."""
    deadline = time.monotonic() + GUARD
    while insert(client) and time.monotonic() < deadline:
        pass
    assert not insert(client)


LOCKS = {
    "read lock": "FLUSH TABLES WITH READ LOCK;",
    "table read lock": "LOCK TABLES shop.item READ;",
    "table write lock": "LOCK TABLES shop.item WRITE;",
    "backup stage": "BACKUP STAGE START; BACKUP STAGE BLOCK_COMMIT;",
}


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS.keys())
def test_a_lock_blocks_writers_while_its_session_is_open(mariadb: Client, lock: str) -> None:
    with mariadb.session() as session:
        assert session.ask(lock) == ""
        assert insert(mariadb) == "1205"
    wait_until_writable(mariadb)


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS.keys())
def test_a_lock_of_a_one_shot_client_is_gone_when_the_client_is(mariadb: Client, lock: str) -> None:
    assert mariadb.run(lock).returncode == 0
    wait_until_writable(mariadb)


def test_a_coprocess_keeps_the_lock_until_it_is_told_to_go_on(mariadb: Client) -> None:
    with mariadb.session() as coprocess:
        coprocess.ask("FLUSH TABLES WITH READ LOCK;")
        assert insert(mariadb) == "1205"
        assert insert(mariadb) == "1205"
        coprocess.ask("UNLOCK TABLES;")
        assert insert(mariadb) == ""


def test_unlock_tables_of_another_session_succeeds_and_unlocks_nothing(mariadb: Client) -> None:
    with mariadb.session() as session:
        session.ask("FLUSH TABLES WITH READ LOCK;")
        assert mariadb.run("UNLOCK TABLES").returncode == 0
        assert insert(mariadb) == "1205"


def test_a_backup_stage_can_not_be_ended_by_another_session(mariadb: Client) -> None:
    assert mariadb.run("BACKUP STAGE START").returncode == 0
    done = mariadb.run("BACKUP STAGE END")
    assert done.returncode != 0
    assert 'You must start backup with "BACKUP STAGE START"' in done.stderr


def test_the_read_lock_of_a_killed_client_is_given_back(mariadb: Client) -> None:
    with mariadb.session() as session:
        session.ask("FLUSH TABLES WITH READ LOCK;")
        session.kill()
        wait_until_writable(mariadb)


def test_the_read_lock_waits_for_a_writer_no_longer_than_lock_wait_timeout(mariadb: Client) -> None:
    assert int(mariadb.value("SELECT @@GLOBAL.lock_wait_timeout")) >= 86400
    with mariadb.session() as writer:
        writer.ask("LOCK TABLES shop.item WRITE;")
        done = mariadb.run("SET SESSION lock_wait_timeout = 1;", "FLUSH TABLES WITH READ LOCK;")
        assert "ERROR 1205" in done.stderr


def test_a_named_lock_tells_whether_the_locking_session_is_alive(mariadb: Client) -> None:
    question = "SELECT IFNULL(IS_USED_LOCK('snapshot'), 'free')"
    with mariadb.session() as session:
        session.ask("FLUSH TABLES WITH READ LOCK;")
        assert session.ask("SELECT GET_LOCK('snapshot', 0);") == "1\n"
        assert mariadb.value(question) == session.ask("SELECT CONNECTION_ID();").strip()
        session.kill()
        wait_until_writable(mariadb)
    assert mariadb.value(question) == "free"


# --- PostgreSQL ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Client]:
    with postgresql_server() as client:
        client.run("CREATE TABLE item (id int)").check_returncode()
        yield client


def backup_calls(client: Client) -> tuple[str, str]:
    """The two calls of a non-exclusive backup; version 15 renamed them."""
    if int(client.value("SHOW server_version_num")) >= 150000:
        return "SELECT pg_backup_start('snapshot', true);", "SELECT pg_backup_stop();"
    return (
        "SELECT pg_start_backup('snapshot', true, false);",
        "SELECT pg_stop_backup(false, false);",
    )


def write_row(client: Client) -> str:
    """Try to write with a client of its own; the server's message, or "" where it worked."""
    return client.run("SET lock_timeout = '1s'", "INSERT INTO item VALUES (1)").stderr


def test_a_backup_started_by_one_psql_can_not_be_stopped_by_the_next(postgresql: Client) -> None:
    start, stop = backup_calls(postgresql)
    assert postgresql.run(start).returncode == 0
    done = postgresql.run(stop)
    assert done.returncode != 0
    assert "backup is not in progress" in done.stderr


def test_a_backup_of_one_session_works_and_yields_its_label(postgresql: Client) -> None:
    start, stop = backup_calls(postgresql)
    with postgresql.session() as session:
        session.ask(start)
        assert "LABEL: snapshot" in session.ask(stop)


def test_a_backup_does_not_hold_up_writers(postgresql: Client) -> None:
    start, _ = backup_calls(postgresql)
    with postgresql.session() as session:
        session.ask(start)
        assert write_row(postgresql) == ""


def test_a_table_lock_of_a_one_shot_psql_is_gone_when_psql_is(postgresql: Client) -> None:
    lock = "BEGIN; LOCK TABLE item IN EXCLUSIVE MODE;"
    with postgresql.session() as session:
        session.ask(lock)
        assert "canceling statement due to lock timeout" in write_row(postgresql)
    assert postgresql.run(lock).returncode == 0
    assert write_row(postgresql) == ""


def test_a_checkpoint_blocks_nothing_and_leaves_nothing_behind(postgresql: Client) -> None:
    with postgresql.session() as writer:
        writer.ask("BEGIN; INSERT INTO item VALUES (1);")
        assert postgresql.run("CHECKPOINT").returncode == 0
        assert write_row(postgresql) == ""
        assert writer.ask("INSERT INTO item VALUES (2); COMMIT;") == ""
