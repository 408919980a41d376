"""Mistakes with the read lock of MySQL."""

from __future__ import annotations

from tests.mutation.mutants import plant

_HOLD = """\
    mysql --batch --unbuffered --skip-reconnect < <(
        printf '%s;\\n' "SET SESSION lock_wait_timeout = $LOCK_WAIT_SECONDS" \\
            'FLUSH TABLES WITH READ LOCK' "SELECT GET_LOCK('$LOCK', 0)"
        exec sleep "$WATCHDOG_SECONDS"
    )
"""
_TAKE = '    systemd-run --quiet --collect --unit="$LOCK" /bin/bash "$STATE/hold_read_lock" || return 1\n'
_ONE_SHOT = "    sql 'FLUSH TABLES WITH READ LOCK' || return 1\n"
_RELEASE = '    stop_unit "$LOCK.service" || return 1\n'

MYSQL = tuple(
    plant(*parts, at=at, twins=["mysql"])
    for parts, at in (
        (("lock-in-client-that-ends", _TAKE, _ONE_SHOT), ()),
        (
            (
                "lock-in-client-that-ends-unwatched",
                _TAKE,
                _ONE_SHOT,
                ("    until read_lock_is_held; do", "    while false; do"),
            ),
            (),
        ),
        (("session-without-sleep", '        exec sleep "$WATCHDOG_SECONDS"\n', ""), ()),
        (("lock-by-execute", _HOLD, "    mysql --execute='FLUSH TABLES WITH READ LOCK'\n"), ()),
        (
            ("lock-not-taken", "    take_read_lock || exit 201\n", ""),
            "\ntake_read_lock() {",
        ),
        (("lock-unchecked", "    take_read_lock || exit 201\n", "    take_read_lock\n"), ()),
        (
            (
                "lock-failure-tolerated",
                "    take_read_lock || exit 201\n",
                "    take_read_lock || true\n",
            ),
            (),
        ),
        (
            (
                "lock-behind-freeze",
                "    take_read_lock || exit 201\n",
                "",
                (
                    "    freeze_filesystems || exit 201\n",
                    "    freeze_filesystems || exit 201\n    take_read_lock || exit 201\n",
                ),
            ),
            (),
        ),
        (
            (
                "watchdog-behind-lock",
                "    arm_watchdog || exit 201\n",
                "",
                (
                    "    take_read_lock || exit 201\n",
                    "    take_read_lock || exit 201\n    arm_watchdog || exit 201\n",
                ),
            ),
            (),
        ),
        (("lock-not-released", "    release_read_lock || left=1\n", ""), _TAKE.strip()),
        (
            (
                "lock-release-unchecked",
                "    release_read_lock || left=1\n",
                "    release_read_lock\n",
            ),
            (),
        ),
        (("lock-unit-not-stopped", _RELEASE, ""), "mysql --batch --unbuffered --skip-reconnect"),
        (("lock-unit-stop-unchecked", _RELEASE, '    stop_unit "$LOCK.service"\n'), ()),
        (("lock-unit-misspelled", _RELEASE, '    stop_unit "$LOCKS.service" || return 1\n'), ()),
        (("lock-wait-misspelled", '= $LOCK_WAIT_SECONDS"', '= $LOCK_WAIT_SECOND"'), ()),
        (
            (
                "lock-variable-not-handed-on",
                "            LOCK_WAIT_SECONDS WATCHDOG_SECONDS\n",
                "            WATCHDOG_SECONDS\n",
            ),
            (),
        ),
        (
            (
                "lock-waits-for-ever",
                '"SET SESSION lock_wait_timeout = $LOCK_WAIT_SECONDS" \\\n            ',
                "",
            ),
            (),
        ),
        (
            (
                "lock-not-waited-for",
                'if has_ended "$LOCK.service" || [ "$SECONDS" -ge "$deadline" ]',
                'if has_ended "$LOCK.service" || [ "$SECONDS" -ge "$dead_line" ]',
            ),
            (),
        ),
        (
            (
                "lock-failure-is-success",
                "did not get the read lock'\n            return 1",
                "did not get the read lock'\n            return 0",
            ),
            (),
        ),
        (("lock-released-by-new-session", _RELEASE, "    sql 'UNLOCK TABLES' || return 1\n"), ()),
        (
            (
                "quoted-password",
                '--connect-timeout=10 --execute="$1"',
                '--connect-timeout=10 --password="$PASSWORD" --execute="$1"',
            ),
            (),
        ),
        (
            (
                "datadir-lost-in-pipe",
                "    local name value\n",
                "    local name value found=''\n",
                ("        done\n}\n\nmay", '        done\n    echo "$found"\n}\n\nmay'),
                (
                    "            case $value in /*) printf '%s\\n' \"$value\" ;; esac\n",
                    '            case $value in /*) found+=" $value" ;; esac\n',
                ),
            ),
            (),
        ),
        (
            (
                "watchdog-keeps-lock",
                "    thaw_filesystems\n    release_read_lock\n",
                "    thaw_filesystems\n",
            ),
            'systemd-run --quiet --collect --unit="$WATCHDOG"',
        ),
    )
)
