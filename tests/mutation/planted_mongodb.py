"""Mistakes with the lock of MongoDB."""

from __future__ import annotations

from tests.mutation.mutants import NO_CODE, plant

_LOCK = "mongosh --quiet --norc \"$URI\" --eval 'db.fsyncLock()' || return 1"
_UNLOCK = "elif ask 'db.fsyncUnlock()' && [ \"$(lock_state)\" = false ]; then"
_MAY = "        log 'ERROR: the server may still be locked'\n        return 1\n"

MONGODB = tuple(
    plant(*parts, at=at, twins=["mongodb"])
    for parts, at in (
        (
            (
                "lock-unchecked",
                _LOCK,
                _LOCK.removesuffix(" || return 1"),
                ('    [ "$(lock_state)" = true ] || return 1\n', ""),
            ),
            (),
        ),
        (("lock-failure-is-success", _LOCK, _LOCK.replace("return 1", "return 0")), ()),
        (("lock-failure-ends-well", _LOCK, _LOCK.replace("return 1", "exit 0"), NO_CODE), ()),
        (("lock-unchecked-by-stage", "    lock_server || exit 201\n", "    lock_server\n"), ()),
        (
            (
                "lock-failure-tolerated",
                "    lock_server || exit 201\n",
                "    lock_server || true\n",
            ),
            (),
        ),
        (
            (
                "lock-is-success",
                "    lock_server || exit 201\n",
                "    lock_server || exit 0\n",
                NO_CODE,
            ),
            (),
        ),
        (
            ("server-not-locked", "    lock_server || exit 201\n", ""),
            "\nlock_server() {",
        ),
        (("address-misspelled", _LOCK, _LOCK.replace("$URI", "$URL")), ()),
        (
            (
                "address-misspelled-in-ask",
                'timeout 20 mongosh --quiet --norc "$URI"',
                'timeout 20 mongosh --quiet --norc "$MONGO_URI"',
            ),
            (),
        ),
        (("locks-twice", _UNLOCK, _UNLOCK.replace("Unlock", "Lock")), _LOCK),
        (("unlock-dropped", _UNLOCK, 'elif [ "$(lock_state)" = false ]; then'), _LOCK),
        (("unlock-not-called", "    unlock_server || left=1\n", ""), ()),
        (("unlock-unchecked", "    unlock_server || left=1\n", "    unlock_server\n"), ()),
        (
            (
                "unlock-failure-is-none",
                "    unlock_server || left=1\n",
                "    unlock_server || left=0\n",
            ),
            (),
        ),
        (("unlock-failure-is-success", _MAY, _MAY.replace("return 1", "return 0")), ()),
        (("unlock-failure-only-logged", _MAY, _MAY.replace("        return 1\n", "")), ()),
        (
            (
                "unlock-never-succeeds",
                "        log 'unlocked the server'\n",
                "        log 'unlocked the server'\n        return 1\n",
            ),
            (),
        ),
        (
            (
                "watchdog-behind-lock",
                "    arm_watchdog || exit 201\n",
                "",
                (
                    "    lock_server || exit 201\n",
                    "    lock_server || exit 201\n    arm_watchdog || exit 201\n",
                ),
            ),
            '        systemd-run --quiet --collect --unit="$WATCHDOG"',
        ),
        (
            (
                "trap-behind-lock",
                "    trap rollback EXIT\n",
                "",
                (
                    "    lock_server || exit 201\n",
                    "    lock_server || exit 201\n    trap rollback EXIT\n",
                ),
            ),
            (),
        ),
        (
            (
                "watchdog-unlocks-nothing",
                '    : > "$STATE/thawed-early"\n    unlock_server\n',
                '    : > "$STATE/thawed-early"\n',
            ),
            '        systemd-run --quiet --collect --unit="$WATCHDOG"',
        ),
        (("watchdog-without-address", "EXECUTION_ID STATE URI", "EXECUTION_ID STATE"), ()),
        (
            (
                "state-function-misspelled",
                '[ "$(lock_state)" = true ] || return 1',
                '[ "$(lockstate)" = true ] || return 1',
            ),
            (),
        ),
        (("lock-in-background", _LOCK, _LOCK.removesuffix(" || return 1") + " &"), ()),
        (
            (
                "only-if-primary",
                "    is_ready || exit 206\n",
                "    is_ready || exit 206\n    pgrep mongod > /dev/null || exit 0\n",
            ),
            (),
        ),
    )
)
