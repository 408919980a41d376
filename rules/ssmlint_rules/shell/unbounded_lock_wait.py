"""
## What it does
Reports a lock of a database that may be waited for without a limit.

## Why is this bad?
`FLUSH TABLES WITH READ LOCK` waits for every statement that runs, and every new one waits behind
it: one report that takes an hour stops the whole server for an hour, long after Data Lifecycle
Manager has given up. Set `lock_wait_timeout` (`lock_timeout` in PostgreSQL) in the same session,
or give the client a `timeout`.

## Example
```bash
coproc LOCK { mysql --unbuffered <<< 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(60)'; }  # <-
```
Use instead:
```bash
coproc LOCK { mysql --unbuffered <<< 'SET lock_wait_timeout = 20; FLUSH TABLES WITH READ LOCK; SELECT SLEEP(60)'; }
```

## Fix safety
Unsafe: the lock is given up after 20 seconds. Only offered where the statement stands in the script as it
is.

## References
- [MySQL manual, lock_wait_timeout](https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_lock_wait_timeout): a year by default
- [PostgreSQL manual, lock_timeout](https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.effects import Effect, EffectKind
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.units import Use
from ssmlint_rules.script_fixes import insertion, script_fix

#: The rows for settings that bound the wait of their session.
_LIMITS = ("mysql-wait-limit", "postgresql-wait-limit")
_LOCKS = {
    "mysql-read-lock": "lock_wait_timeout",
    "mysql-backup-lock": "lock_wait_timeout",
    "mariadb-backup-stage": "lock_wait_timeout",
    "mariadb-backup-lock": "lock_wait_timeout",
    "postgresql-table-lock": "lock_timeout",
}

#: 20 seconds, in the unit of each setting.
_LIMITED_TO = {"lock_wait_timeout": "20", "lock_timeout": "20000"}
_STATEMENTS = ("FLUSH", "LOCK", "BACKUP")


@rule("SH510", "unbounded-lock-wait", Severity.WARNING, on=ShellScript)
def unbounded_lock_wait(script: ShellScript) -> Iterator[Problem]:
    """Report each lock without a limit."""
    for use, effect in script.effects:
        setting = _LOCKS.get(effect.resource)
        if setting is None or effect.kind is not EffectKind.ACQUIRE or not effect.row.waits:
            continue
        if not _is_bounded(script, use, effect, setting):
            yield Problem(
                script.place(use.unit.place(effect.span)),
                f"this may wait without a limit, and everybody behind it; set `{setting}`",
                fix=_fix(script, use, effect, setting),
            )


def _fix(script: ShellScript, use: Use, effect: Effect, setting: str) -> Fix | None:
    start = use.unit.text[effect.span.start : effect.span.end].split(None, 1)[:1]
    if not start or start[0].upper() not in _STATEMENTS:
        return None
    limit = f"SET {setting} = {_LIMITED_TO[setting]}; "
    place = use.unit.place(effect.span)
    return script_fix(script, "wait for no more than 20 seconds", insertion(place.start, limit))


def _is_bounded(script: ShellScript, use: Use, effect: Effect, setting: str) -> bool:
    if use.invocation.timeout is not None:
        return True
    same = (e for u, e in script.effects if u.command is use.command)
    if any(other.row.name in _LIMITS for other in same):
        return True
    return setting in script.script.text
