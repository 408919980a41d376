"""`mysql` and `mariadb`: sessions, what they lock, and that it ends with them."""

from __future__ import annotations

import re

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.options import options_of
from ssmlint.dryrun.commands.statements import statements
from ssmlint.dryrun.host.applications import MySql
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering, Child, Flush, ReadAll, ReadLine, Wait

LOCK = "mysql read lock"
_READ_ONLY = "mysql read_only"
#: A "session" that ends with nobody's: what SET GLOBAL does is the server's.
_SERVER = 0

_WITH_VALUE = ("--execute", "--user", "--host", "--port", "--socket", "--database")

_LOCKING = re.compile(
    r"FLUSH (?:(?:LOCAL|NO_WRITE_TO_BINLOG) )?TABLES? WITH READ LOCK|LOCK INSTANCE FOR BACKUP"
    r"|BACKUP STAGE BLOCK_COMMIT|FLUSH TABLES .* FOR EXPORT|LOCK TABLES? .* READ(?: LOCAL)?",
    re.IGNORECASE,
)
_UNLOCKING = re.compile(r"UNLOCK TABLES|UNLOCK INSTANCE|BACKUP STAGE END", re.IGNORECASE)
_VARIABLES = re.compile(
    r"SHOW (?:GLOBAL |SESSION )?VARIABLES(?: WHERE Variable_name IN \((?P<names>[^)]*)\)"
    r"| WHERE Variable_name = '(?P<name>[^']*)'| LIKE '(?P<like>[^']*)')?",
    re.IGNORECASE,
)


class _Session:
    """One connection of one client."""

    def __init__(self, call: Call, server: MySql) -> None:
        self.call = call
        self.server = server
        server.sessions += 1
        self.id = server.sessions
        self.lock_wait = 31_536_000.0
        self.bare = call.has("-N", "--skip-column-names", "-sN", "-Ns", "-BN", "-NB", "-Nse", "-Ne")

    def end(self) -> None:
        """What a session holds ends with it."""
        server = self.server
        server.named_locks = {n: s for n, s in server.named_locks.items() if s != self.id}
        if self.id in server.read_lock:
            self._unlock("the end of its session")

    def _unlock(self, by: str) -> None:
        self.server.read_lock.discard(self.id)
        if not self.server.read_lock:
            self.call.host.release(LOCK, by if by != "UNLOCK" else "")

    def execute(self, statement: str) -> Answering:
        """Run one statement; 0, or 1 with a message."""
        call, server, upper = self.call, self.server, statement.upper()
        if not call.host.answers(server):
            return call.fail("ERROR 2013 (HY000): Lost connection to server during query")
        if _LOCKING.fullmatch(statement):
            return (yield from self._lock())
        if _UNLOCKING.fullmatch(statement):
            if self.id in server.read_lock:
                self._unlock("UNLOCK")
            return 0
        if match := re.search(r"lock_wait_timeout\s*=\s*(\d+)", statement, re.IGNORECASE):
            self.lock_wait = float(match[1])
        elif match := re.search(r"\bSLEEP\s*\(\s*([\d.]+)", statement, re.IGNORECASE):
            until = call.host.now + float(match[1])
            yield Wait(lambda: call.host.now >= until, until)
            self._answer("SLEEP", "0")
        elif match := re.match(r"(?:\\!|SYSTEM)\s*(.*)", statement, re.IGNORECASE):
            yield Flush()
            yield Child(("/bin/sh", "-c", match[1]))
        elif re.match(r"SET (?:GLOBAL |@@GLOBAL\.)(?:super_)?read_only", statement, re.IGNORECASE):
            self._read_only(on=not re.search(r"= ?(?:0|OFF|FALSE)$", upper))
        elif "_LOCK(" in upper:
            return self._named_lock(statement)
        elif match := _VARIABLES.match(statement):
            self._show(match)
        elif match := re.fullmatch(r"SELECT @@(?:GLOBAL\.)?(\w+)", statement, re.IGNORECASE):
            self._answer(f"@@{match[1]}", server.variables.get(match[1], "0"))
        elif re.match(r"SELECT (1|VERSION\(\)|NOW\(\))", upper):
            self._answer(upper[7:], "1" if upper[7] == "1" else "8.0.36")
        return 0

    def _lock(self) -> Answering:
        host = self.call.host
        until = host.now + self.lock_wait
        got = yield Wait(
            lambda: host.now >= self.server.long_statement, min(until, self._free_at())
        )
        if not got and host.now < self.server.long_statement:
            message = "Lock wait timeout exceeded; try restarting transaction"
            return self.call.fail(f"ERROR 1205 (HY000) at line 1: {message}")
        self.server.read_lock.add(self.id)
        host.hold(HoldKind.LOCK, LOCK, self.server.name)
        return 0

    def _free_at(self) -> float:
        return max(self.server.long_statement, self.call.host.now)

    def _read_only(self, *, on: bool) -> None:
        host = self.call.host
        if on:
            self.server.read_lock.add(_SERVER)
            host.hold(HoldKind.LOCK, _READ_ONLY, self.server.name)
        else:
            self.server.read_lock.discard(_SERVER)
            host.release(_READ_ONLY)

    def _named_lock(self, statement: str) -> int:
        match = re.search(r"(\w+)_LOCK\(\s*'([^']*)'", statement, re.IGNORECASE)
        if match is None:
            return 0
        locks, name = self.server.named_locks, match[2]
        match match[1].upper():
            case "GET":
                free = locks.get(name, self.id) == self.id
                if free:
                    locks[name] = self.id
                self._answer("GET_LOCK", str(int(free)))
            case "RELEASE":
                self._answer("RELEASE_LOCK", str(int(locks.pop(name, None) is not None)))
            case "IS_FREE":
                self._answer("IS_FREE_LOCK", str(int(name not in locks)))
            case "IS_USED":
                used = locks.get(name)
                if "IS NOT NULL" in statement.upper():
                    self._answer("used", str(int(used is not None)))
                else:
                    self._answer("IS_USED_LOCK", "NULL" if used is None else str(used))
        return 0

    def _show(self, match: re.Match[str]) -> None:
        names = re.findall(r"'([^']*)'", match["names"] or "")
        if match["name"]:
            names = [match["name"]]
        like = re.escape(match["like"] or "%").replace("%", ".*").replace("_", ".")
        if not self.bare:
            self.call.print("Variable_name\tValue")
        for name, value in self.server.variables.items():
            if (name in names) if names else re.fullmatch(like, name):
                self.call.print(f"{name}\t{value}")

    def _answer(self, head: str, value: str) -> None:
        self.call.print(*([] if self.bare else [head]), value)


@command("mysql", "mariadb")
def mysql(call: Call) -> Answering:
    """One client: its statements stand in `-e` or come on its standard input."""
    options, _ = options_of(call.arguments, "eushPSD", _WITH_VALUE)
    server = call.host.find(MySql)
    if {"-V", "--version"} & options.keys():
        call.print("mysql  Ver 8.0.36 for Linux on x86_64")
        return 0
    if server is None or not _here(call, server) or not call.host.answers(server):
        where = "socket '/var/lib/mysql/mysql.sock' (2)"
        return call.fail(f"ERROR 2002 (HY000): Can't connect to local MySQL server through {where}")
    session = _Session(call, server)
    given = options.get("-e", options.get("--execute"))
    try:
        if given is not None:
            for statement in statements(given):
                status = yield from session.execute(statement)
                if status:
                    return status
            return 0
        return (yield from _from_input(call, session))
    finally:
        call.host.source = call.caller.source
        session.end()


def _from_input(call: Call, session: _Session) -> Answering:
    text = ""
    while (line := (yield ReadLine())) is not None:
        if re.match(r"\s*(\\!|system\b)", line, re.IGNORECASE):
            line += ";"
        text += line + "\n"
        if ";" not in line and "\\G" not in line:
            continue
        for statement in statements(text):
            status = yield from session.execute(statement)
            if status:
                return status
        text = ""
        if call.out or call.err:
            yield Flush()
    for statement in statements(text):
        status = yield from session.execute(statement)
        if status:
            return status
    return 0


def _here(call: Call, server: MySql) -> bool:
    """Whether a client here reaches the server: both in the same container, or both outside."""
    return server.container in ("", call.container) or call.has("-h", "--host=127.0.0.1")


@command("mysqladmin", "mariadb-admin")
def mysqladmin(call: Call) -> int:
    """`mysqladmin ping|status|shutdown`."""
    server = call.host.find(MySql)
    if server is None or not call.host.answers(server):
        return call.fail("mysqladmin: connect to server at 'localhost' failed")
    if call.has("ping"):
        call.print("mysqld is alive")
    elif call.has("variables"):
        for name, value in server.variables.items():
            call.print(f"| {name} | {value} |")
    return 0


@command("mysqldump", "mariadb-dump", "xtrabackup", "mariabackup")
def dump(call: Call) -> Answering:
    """Backups of another kind; they leave no lock behind."""
    if call.has("-"):
        yield ReadAll()
    return 0
