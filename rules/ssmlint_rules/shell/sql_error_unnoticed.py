"""
## What it does
Reports `sqlplus` and `psql` that read statements from standard input or a file, are not told to
stop at an error, and of which the script looks at the exit status.

## Why is this bad?
Both clients say what is wrong, go on with the next statement, and end with 0. `|| exit 201` behind
them sees a client that could not be started or connected, and never a statement that failed: the
database was not put into backup mode, and the stage succeeds. `sqlplus` fails with its statements
after `whenever sqlerror exit failure` (without `failure` or a code it exits with success), `psql`
with `-v ON_ERROR_STOP=1`. `psql -c` fails by itself, and so does `mysql`.

Texts that only query are left alone, and scripts that look for `ORA-` or `ERROR` in the output.

## Example
```bash
sqlplus -s / as sysdba <<'END' || exit 201  # <-
alter database begin backup;
END
```
Use instead:
```bash
sqlplus -s / as sysdba <<'END' || exit 201
whenever sqlerror exit failure
alter database begin backup;
END
```

The status of a function is that of its last command:
```bash
run_sql() { echo "$1" | psql -X -q; }  # <-
run_sql "select pg_backup_start('snapshot', true)" || exit 201
if ! psql -X -f /opt/app/prepare.sql; then  # <-
    exit 201
fi
```
Use instead:
```bash
run_sql() { echo "$1" | psql -X -q -v ON_ERROR_STOP=1; }
run_sql "select pg_backup_start('snapshot', true)" || exit 201
if ! psql -X -v ON_ERROR_STOP=1 -f /opt/app/prepare.sql; then
    exit 201
fi
```

## References
- [PostgreSQL manual, psql](https://www.postgresql.org/docs/current/app-psql.html): "Exit Status", `ON_ERROR_STOP`
- [SQL*Plus User's Guide and Reference, WHENEVER SQLERROR](https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/WHENEVER-SQLERROR.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.sqlstatus import deaf_clients


@rule("SH515", "sql-error-unnoticed", Severity.WARNING, on=ShellScript)
def sql_error_unnoticed(script: ShellScript) -> Iterator[Problem]:
    """Report each such client."""
    for found in deaf_clients(script):
        word = found.use.command.words[0]
        name = found.use.invocation.name
        yield Problem(
            script.place(found.use.unit.place(word.span)),
            f"`{name}` ends with 0 even if a statement fails; {found.remedy}",
        )
