"""`psql` and `pg_isready`: backup mode ends with its session, and a checkpoint needs the disk."""

from __future__ import annotations

import re

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.options import options_of
from ssmlint.dryrun.commands.statements import statements
from ssmlint.dryrun.host.applications import PostgreSql
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering, Child, Flush, ReadLine, Wait

BACKUP = "postgresql backup mode"

_LONG = ("--command", "--file", "--username", "--host", "--port", "--dbname", "--set", "--output")
_SHORT = "cfUhpdvoFRTLP"

_PATHS = re.compile(r"data_directory|pg_tablespace_location|pg_ls_dir|pg_tablespace", re.IGNORECASE)


class _Session:
    def __init__(self, call: Call, server: PostgreSql) -> None:
        self.call = call
        self.server = server
        server.sessions += 1
        self.id = server.sessions

    def end(self) -> None:
        """Backup mode ends with the session that has begun it."""
        self._stop("the end of its session")

    def _stop(self, by: str = "") -> None:
        if self.id in self.server.backups:
            self.server.backups.discard(self.id)
            if not self.server.backups:
                self.call.host.release(BACKUP, by)

    def execute(self, statement: str) -> Answering:
        """Run one statement; 0, or 1 with a message."""
        call, host, server = self.call, self.call.host, self.server
        if not host.answers(server):
            return call.fail("server closed the connection unexpectedly", 2)
        upper = statement.upper()
        if upper == "CHECKPOINT":
            until = host.now + server.long_statement
            yield Wait(lambda: host.now >= until, until)
            yield Wait(lambda: not any(map(host.is_frozen, server.folders)))
            call.print("CHECKPOINT")
        elif re.search(r"pg_(backup_start|start_backup)\s*\(", statement, re.IGNORECASE):
            server.backups.add(self.id)
            host.hold(HoldKind.LOCK, BACKUP, server.name)
            call.print("0/2000028")
        elif re.search(r"pg_(backup_stop|stop_backup)\s*\(", statement, re.IGNORECASE):
            if self.id not in server.backups:
                return call.fail("ERROR:  backup is not in progress")
            self._stop()
        elif match := re.search(r"pg_sleep\s*\(\s*([\d.]+)", statement, re.IGNORECASE):
            until = host.now + float(match[1])
            yield Wait(lambda: host.now >= until, until)
        elif match := re.match(r"\\!\s*(.*)", statement):
            yield Flush()
            yield Child(("/bin/sh", "-c", match[1]))
        elif _PATHS.search(statement):
            one = "UNION" not in upper and "PG_TABLESPACE" not in upper
            call.print(*(server.folders[:1] if one else server.folders))
        elif "PG_IS_IN_RECOVERY" in upper:
            call.print("f")
        elif re.match(r"SELECT 1\b", upper):
            call.print("1")
        return 0


@command("psql")
def psql(call: Call) -> Answering:
    """One client: its statements stand in `-c` or come on its standard input."""
    options, _ = options_of(call.arguments, _SHORT, _LONG)
    if {"-V", "--version"} & options.keys():
        call.print("psql (PostgreSQL) 15.10")
        return 0
    server = call.host.find(PostgreSql)
    port = options.get("-p", options.get("--port", "5432"))
    here = server is not None and server.container in ("", call.container)
    if server is None or not here or not call.host.answers(server) or port != str(server.port):
        where = f'socket "/var/run/postgresql/.s.PGSQL.{port}"'
        return call.fail(f"psql: error: connection to server on {where} failed", 2)
    session = _Session(call, server)
    given = _commands(call)
    try:
        if given:
            for text in given:
                for statement in statements(text):
                    status = yield from session.execute(statement)
                    if status:
                        return status
            return 0
        return (yield from _from_input(call, session))
    finally:
        call.host.source = call.caller.source
        session.end()


def _commands(call: Call) -> list[str]:
    """Every `-c`, in order: psql takes several."""
    found: list[str] = []
    words = list(call.arguments)
    for index, word in enumerate(words):
        if word.startswith("--command="):
            found.append(word.partition("=")[2])
        elif re.fullmatch(r"--command|-[A-Za-z]*c", word) and index + 1 < len(words):
            found.append(words[index + 1])
    return found


def _from_input(call: Call, session: _Session) -> Answering:
    text, worst = "", 0
    stops = any("ON_ERROR_STOP" in word for word in call.arguments)
    while True:
        line = yield ReadLine()
        text += f"{line or ''}\n"
        ends = line is None or ";" in line or line.startswith("\\")
        for statement in statements(text) if ends else ():
            status = yield from session.execute(statement)
            # Without ON_ERROR_STOP psql goes on, and ends with 0 (psql(1), "Exit Status").
            if status and stops:
                return 3
        if ends:
            text = ""
        if line is None:
            return worst
        if call.out or call.err:
            yield Flush()


@command("pg_isready")
def pg_isready(call: Call) -> int:
    """0 accepts connections, 2 does not answer."""
    server = call.host.find(PostgreSql)
    options, _ = options_of(call.arguments, "hpUdt", ("--port", "--host"))
    port = options.get("-p", options.get("--port", "5432"))
    fine = server is not None and call.host.answers(server) and port == str(server.port)
    call.print(f"/var/run/postgresql:{port} - {'accepting connections' if fine else 'no response'}")
    return 0 if fine else 2
