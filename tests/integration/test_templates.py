"""The templates for MySQL and PostgreSQL against real servers; only the rest of the host is not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.servers import GUARD, Client, mariadb_server, postgresql_server
from tests.templates.host import Host, template_script


@pytest.fixture(scope="module")
def mariadb() -> Iterator[Client]:
    with mariadb_server() as client:
        created = client.run("CREATE DATABASE shop;", "CREATE TABLE shop.item (id INT);")
        created.check_returncode()
        yield client


@pytest.fixture(scope="module")
def postgresql() -> Iterator[Client]:
    with postgresql_server() as client:
        yield client


@dataclass(frozen=True, slots=True)
class Shop:
    """A MariaDB server, and the host that the template believes it to run on."""

    host: Host
    client: Client

    def is_writable(self) -> bool:
        done = self.client.run(
            "SET SESSION lock_wait_timeout = 1;", "INSERT INTO shop.item VALUES (1);"
        )
        assert done.returncode == 0 or "ERROR 1205" in done.stderr, done.stderr
        return done.returncode == 0

    def wait_until_writable(self) -> None:
        deadline = time.monotonic() + GUARD
        while not self.is_writable():
            assert time.monotonic() < deadline


def let_it_use(host: Host, name: str, client: Client, *options: str) -> None:
    """Put the real client in the place of its stand-in, connected to the server of the test."""
    words = " ".join(f"'{word}'" for word in (client.command[0], *options))
    (host.root / "bin" / name).write_text(f'#!/bin/bash\nexec {words} "$@"\n')


def option(client: Client, prefix: str) -> str:
    return next(word for word in client.command if word.startswith(prefix))


@pytest.fixture
def shop(mariadb: Client, tmp_path: Path) -> Iterator[Shop]:
    host = Host(tmp_path, template_script("mysql"))
    socket = option(mariadb, "--socket=")
    let_it_use(host, "mysql", mariadb, "--no-defaults", socket, "--user=root")
    host.put("mounts", f"259:1 xfs {Path(socket.partition('=')[2]).parent}\n")
    yield Shop(host, mariadb)
    host.close()


def test_dry_run_leaves_it_writable(shop: Shop) -> None:
    assert shop.host.run("dry-run") == 0, shop.host.output
    assert shop.is_writable()


def test_writers_wait_from_pre_script_to_post_script(shop: Shop) -> None:
    assert shop.host.run("pre-script") == 0, shop.host.output
    assert not shop.is_writable()
    assert shop.host.run("post-script") == 0, shop.host.output
    shop.wait_until_writable()


def test_the_watchdog_lets_writers_go_on(shop: Shop) -> None:
    assert shop.host.run("pre-script") == 0, shop.host.output
    shop.host.fire_watchdog()
    shop.wait_until_writable()
    assert shop.host.run("post-script") == 203


def test_a_killed_connection_is_noticed(shop: Shop) -> None:
    assert shop.host.run("pre-script") == 0, shop.host.output
    connection = shop.client.value("SELECT IS_USED_LOCK('dlm-mysql-lock')")
    shop.client.run(f"KILL {connection}").check_returncode()
    shop.wait_until_writable()
    assert shop.host.run("post-script") == 203


def test_a_lock_that_somebody_holds_is_waited_for_a_limited_time(shop: Shop) -> None:
    shop.host.script = shop.host.script.replace("LOCK_WAIT_SECONDS=20", "LOCK_WAIT_SECONDS=1")
    with shop.client.session() as writer:
        writer.ask("LOCK TABLES shop.item WRITE;")
        assert shop.host.run("pre-script") == 201
    assert shop.host.calls("fsfreeze") == []
    shop.wait_until_writable()


def test_the_folders_of_a_postgresql_server_are_asked_of_it(
    postgresql: Client, tmp_path: Path
) -> None:
    host = Host(tmp_path, template_script("postgresql"))
    folder = Path(postgresql.command[postgresql.command.index("-h") + 1])
    let_it_use(host, "psql", postgresql, "--host", str(folder), "--username", "postgres")
    mounts = f"259:1 xfs {folder}\n259:2 ext4 {folder}/data/pg_wal\n"
    host.put("mounts", mounts)
    assert host.run("dry-run") == 0, host.output
    assert host.run("pre-script") == 0, host.output
    assert host.held() == {str(folder), f"{folder}/data/pg_wal"}
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()
