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
run_sql() { echo "$1" | psql -v ON_ERROR_STOP=1 -X -q; }
run_sql "select pg_backup_start('snapshot', true)" || exit 201
if ! psql -v ON_ERROR_STOP=1 -X -f /opt/app/prepare.sql; then
    exit 201
fi
```

## Fix safety
Unsafe: the client stops at the first error, and statements behind it are not run any more.

## References
- [PostgreSQL manual, psql](https://www.postgresql.org/docs/current/app-psql.html): "Exit Status", `ON_ERROR_STOP`
- [SQL*Plus User's Guide and Reference, WHENEVER SQLERROR](https://docs.oracle.com/en/database/oracle/oracle-database/19/sqpug/WHENEVER-SQLERROR.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.sqlstatus import DeafClient, deaf_clients
from ssmlint_rules.script_fixes import insertion, script_fix


@rule("SH515", "sql-error-unnoticed", Severity.WARNING, on=ShellScript)
def sql_error_unnoticed(script: ShellScript) -> Iterator[Problem]:
    """Report each such client."""
    for found in deaf_clients(script):
        word = found.use.command.words[0]
        name = found.use.invocation.name
        yield Problem(
            script.place(found.use.unit.place(word.span)),
            f"`{name}` ends with 0 even if a statement fails; {found.remedy}",
            fix=_fix(script, found),
        )


def _fix(script: ShellScript, found: DeafClient) -> Fix | None:
    command, unit = found.use.command, found.use.unit
    if found.use.invocation.name != "sqlplus":
        # `docker exec db psql`: the option belongs to the client, wherever that stands.
        name = found.use.invocation.name
        word = next((w for w in command.words if w.literal == name), None)
        option = insertion(word.span.end, " -v ON_ERROR_STOP=1") if word else None
        return script_fix(script, found.remedy, option, unit=unit) if option else None
    for redirect in command.redirects:
        if redirect.operator in ("<<", "<<-") and redirect.target is not None:
            line = insertion(redirect.target.span.start, "whenever sqlerror exit failure\n")
            return script_fix(script, found.remedy, line, unit=unit)
    return None
