"""
## What it does
Reports the end of a backup or lock in another database session than the one that began it.

## Why is this bad?
A session can only give back what it holds. `pg_backup_stop` in a new session fails, because no
backup is in progress there, and the first one was abandoned when its client ended. `UNLOCK
TABLES` in a new session succeeds and does nothing, which is a warning: the lock has been gone for
long.

## Example
```bash
psql -c "SELECT pg_backup_start('snapshot', true)"
fsfreeze -f /var/lib/pgsql
fsfreeze -u /var/lib/pgsql
psql -c 'SELECT pg_backup_stop()'  # <-
```
Use instead:
```bash
coproc BACKUP { psql --no-psqlrc --quiet; }
echo "SELECT pg_backup_start('snapshot', true);" >&"${BACKUP[1]}"
fsfreeze -f /var/lib/pgsql
fsfreeze -u /var/lib/pgsql
echo 'SELECT pg_backup_stop();' >&"${BACKUP[1]}"
```

## References
- [PostgreSQL manual, Making a Base Backup Using the Low Level API](https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP)
- [MySQL manual, UNLOCK TABLES](https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.sessions import late_releases


@rule("SH512", "session-split", Severity.ERROR, on=ShellScript)
def session_split(script: ShellScript) -> Iterator[Problem]:
    """Report each release in a session that holds nothing."""
    for use, effect, begun in late_releases(script):
        begun_at = begun.use.unit.place(begun.effect.span)
        fails = effect.row.name == "postgresql-backup-stop"
        what = "fails" if fails else "does nothing"
        yield Problem(
            script.place(use.unit.place(effect.span)),
            f"this {what}: it runs in a session of its own, and what was held ended with the"
            " session that held it",
            related=(Note(script.place(begun_at), "begun here, in a session that ended"),),
            severity=None if fails else Severity.WARNING,
        )
