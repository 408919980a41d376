"""
## What it does
Reports a database client that takes a lock of its session, or begins a backup in it, and then
ends: `mysql -e 'FLUSH TABLES WITH READ LOCK'`, `psql -c "SELECT pg_backup_start('x')"`.

## Why is this bad?
The lock lasts as long as the session, and the session as long as the client. When `mysql -e`
returns, the lock is gone; everything writes on while the snapshot is taken, and it is not the
consistent one that its tag says. The session has to be held open until the snapshot has been
started: by a coprocess, by a client that reads from a pipe, or by a wait in the text itself.

## Example
```bash
mysql -e 'FLUSH TABLES WITH READ LOCK'  # <-
fsfreeze -f /var/lib/mysql
```
Use instead:
```bash
coproc LOCK { mysql --unbuffered; }
echo 'FLUSH TABLES WITH READ LOCK;' >&"${LOCK[1]}"
fsfreeze -f /var/lib/mysql
```

The same with PostgreSQL:
```bash
psql -c "SELECT pg_backup_start('snapshot', true)"  # <-
```

## References
- [MySQL manual, LOCK TABLES](https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html): locks end with the session
- [PostgreSQL manual, Making a Base Backup Using the Low Level API](https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP): the connection must be kept open
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.sessions import lost_locks


@rule("SH511", "lock-dies-with-client", Severity.ERROR, on=ShellScript)
def lock_dies_with_client(script: ShellScript) -> Iterator[Problem]:
    """Report each statement whose lock is gone at once."""
    for begun in lost_locks(script):
        name = begun.use.invocation.name
        place = begun.use.unit.place(begun.effect.span)
        held = "the backup" if "backup-start" in begun.effect.row.name else "the lock"
        related: tuple[Note, ...] = ()
        if place != begun.use.span:
            related = (Note(script.place(begun.use.span), f"`{name}` ends when its text is done"),)
        yield Problem(
            script.place(place),
            f"{held} ends with this `{name}`, before the next command runs",
            related=related,
        )
