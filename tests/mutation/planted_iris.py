"""Mistakes with the instances of InterSystems IRIS."""

from __future__ import annotations

from tests.mutation.mutants import plant

_THAW = "    on_host iris session \"$instance\" -U %SYS '##Class(Backup.General).ExternalThaw()'\n"
_COULD_NOT = 'could not freeze"\n                return 1'
_UNKNOWN = 'whether it is frozen"\n                return 1'
_LEFT = '                left="$instance"$\'\\n\'"$left"\n'
_FREEZE = '        on_host iris session "$instance" -U %SYS \\'
_RUNNING = 'if [ "$(state_of "$instance")" = running ]; then'

IRIS = tuple(
    plant(*parts, at=at, twins=["iris"])
    for parts, at in (
        (
            ("freeze-failure-is-success", _COULD_NOT, _COULD_NOT.replace("return 1", "return 0")),
            _FREEZE,
        ),
        (
            (
                "freeze-failure-only-logged",
                _COULD_NOT,
                _COULD_NOT.replace("\n                return 1", ""),
            ),
            _FREEZE,
        ),
        (
            ("freeze-unknown-is-success", _UNKNOWN, _UNKNOWN.replace("return 1", "return 0")),
            _FREEZE,
        ),
        (
            (
                "freeze-unknown-only-logged",
                _UNKNOWN,
                _UNKNOWN.replace("\n                return 1", ""),
            ),
            _FREEZE,
        ),
        (
            (
                "freeze-status-of-log",
                '$WATCHDOG_SECONDS)"\n        case $?',
                '$WATCHDOG_SECONDS)"\n        log "asked $instance"\n        case $?',
            ),
            (),
        ),
        (
            (
                "freeze-status-zero",
                '            5) log "froze $instance"',
                '            0) log "froze $instance"',
            ),
            (),
        ),
        (
            (
                "freeze-status-not-looked-at",
                '            5) log "froze $instance"',
                '            *) log "froze $instance"',
            ),
            (),
        ),
        (
            (
                "freeze-unchecked-by-stage",
                "    freeze_instances || exit 201\n",
                "    freeze_instances\n",
            ),
            (),
        ),
        (
            (
                "freeze-failure-tolerated",
                "    freeze_instances || exit 201\n",
                "    freeze_instances || true\n",
            ),
            (),
        ),
        (
            (
                "freeze-is-success",
                "    freeze_instances || exit 201\n",
                "    freeze_instances || exit 0\n",
            ),
            (),
        ),
        (
            ("nothing-is-frozen", "    freeze_instances || exit 201\n", ""),
            "    thaw_instances || left=1\n",
        ),
        (("freeze-calls-thaw", ".ExternalFreeze(", ".ExternalThaw("), ()),
        (("freeze-misspelled", ".ExternalFreeze(", ".ExternFreeze("), ()),
        (
            (
                "watchdog-behind-freeze",
                "    arm_watchdog || exit 201\n",
                "",
                (
                    "    freeze_instances || exit 201\n",
                    "    freeze_instances || exit 201\n    arm_watchdog || exit 201\n",
                ),
            ),
            '        systemd-run --quiet --collect --unit="$WATCHDOG"',
        ),
        (
            (
                "trap-behind-freeze",
                "    trap rollback EXIT\n",
                "",
                (
                    "    freeze_instances || exit 201\n",
                    "    freeze_instances || exit 201\n    trap rollback EXIT\n",
                ),
            ),
            (),
        ),
        (("thaw-dropped", _THAW, "    true\n"), ()),
        (
            (
                "thaw-gives-up",
                'may still be frozen"\n' + _LEFT,
                'may still be frozen"\n                return 1\n',
            ),
            (),
        ),
        (
            (
                "thaw-exits",
                'may still be frozen"\n' + _LEFT,
                'may still be frozen"\n                exit 202\n',
            ),
            (),
        ),
        (("thaw-breaks-off", _LEFT, _LEFT + "                break 2\n"), ()),
        (("thaw-failure-forgotten", _LEFT, ""), _THAW.strip()),
        (
            (
                "thaw-failure-unseen",
                '    printf \'%s\' "$left" > "$STATE/frozen"\n    [ -z "$left" ]\n',
                '    printf \'%s\' "$left" > "$STATE/frozen"\n',
            ),
            _THAW.strip(),
        ),
        (("thaw-not-called", "    thaw_instances || left=1\n", ""), ()),
        (("thaw-unchecked", "    thaw_instances || left=1\n", "    thaw_instances\n"), ()),
        (
            (
                "thaw-failure-is-none",
                "    thaw_instances || left=1\n",
                "    thaw_instances || left=0\n",
            ),
            (),
        ),
        (
            ("not-frozen-is-thawed", _RUNNING, 'if [ "$(state_of "$instance")" != frozen ]; then'),
            (),
        ),
        (
            (
                "state-conflated",
                "        3) echo running ;;\n        *) echo unknown ;;\n",
                "        *) echo running ;;\n",
            ),
            (),
        ),
        (
            (
                "state-misspelled",
                '$(state_of "$instance")" = frozen ] && return 0',
                '$(stat_of "$instance")" = frozen ] && return 0',
            ),
            (),
        ),
        (("instance-misspelled", _THAW, _THAW.replace("$instance", "$instanz")), ()),
        (
            (
                "instances-misspelled",
                "while IFS='^' read -r name _ _ status _; do",
                "while IFS='^' read -r name _ _ stat _; do",
            ),
            (),
        ),
        (
            (
                "instances-lost-in-pipe",
                "    while IFS='^'",
                "    echo \"$lines\" | while IFS='^'",
                ('done <<< "$lines"', "done"),
            ),
            (),
        ),
        (
            (
                "instances-unchecked",
                '    [ "${#INSTANCES[@]}" -gt 0 ]\n',
                "",
                ('    [ -n "$frozen" ] && sync\n', "    sync\n"),
            ),
            _FREEZE,
        ),
        (("owner-misspelled", 'runuser -u "$OWNER"', 'runuser -u "$OWNER_NAME"'), ()),
        (
            (
                "docker-decides",
                'if [ -n "$CONTAINER" ]; then',
                "if command -v docker > /dev/null; then",
            ),
            (),
        ),
        (
            (
                "watchdog-thaws-nothing",
                '    : > "$STATE/thawed-early"\n    thaw_instances\n',
                '    : > "$STATE/thawed-early"\n',
            ),
            '        systemd-run --quiet --collect --unit="$WATCHDOG"',
        ),
        (("watchdog-without-owner", "STATE OWNER CONTAINER", "STATE CONTAINER"), ()),
    )
)
