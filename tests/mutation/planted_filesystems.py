"""Mistakes in the twins that freeze filesystems."""

from __future__ import annotations

from tests.mutation.mutants import FREEZING, NO_CODE, plant

_NEEDED = """\
        / | /boot | /boot/* | /etc | /home | /opt | /root | /run | /run/* | /tmp | /usr | /usr/* | \\
            /var | /var/lib | /var/lib/amazon | /var/lib/amazon/* | /var/log | /var/log/* | /var/tmp)
            log "ERROR: $mount_point must not be frozen; move the files to a volume of their own"
            return 1
            ;;
"""
_FREEZE = 'fsfreeze -f "$mount_point"'
_THAW = 'fsfreeze -u "$mount_point"'
_MESSAGE = '            log "ERROR: $message"\n'
_LEFT = '            left="$mount_point"$\'\\n\'"$left"\n'

#: Mistakes that need two filesystems, or a list that may be empty: not with the one folder
#: that is written down in the twin without a database.
_OF_SEVERAL = (
    "mounts-unchecked",
    "freeze-failure-passed-over",
    "trap-behind-freeze",
    "thaw-gives-up",
    "thaw-breaks-off",
)

FILESYSTEMS = tuple(
    plant(*parts, at=at, twins=FREEZING[1:] if parts[0] in _OF_SEVERAL else FREEZING)
    for parts, at in (
        # --- what must not be frozen ------------------------------------------------------------
        (
            ("root-not-skipped", "        / | /boot | /boot/* |", "        /boot | /boot/* |"),
            _FREEZE,
        ),
        (
            (
                "var-not-skipped",
                "/usr/* | \\\n            /var | /var/lib | /var/lib/amazon | /var/lib/amazon/* |",
                "/usr/* | \\\n            /var/lib/amazon |",
            ),
            _FREEZE,
        ),
        (("tmp-not-skipped", " | /tmp | /usr", " | /usr"), _FREEZE),
        (("nothing-skipped", _NEEDED, ""), _FREEZE),
        (
            ("skipped-path-allowed", 'own"\n            return 1', 'own"\n            return 0'),
            _FREEZE,
        ),
        (("skipped-path-only-logged", 'own"\n            return 1\n', 'own"\n'), _FREEZE),
        (
            (
                "verdict-ignored",
                'may_be_frozen "$mount_point" "$type" || return 1',
                'may_be_frozen "$mount_point" "$type"',
            ),
            _FREEZE,
        ),
        (
            (
                "verdict-tolerated",
                'may_be_frozen "$mount_point" "$type" || return 1',
                'may_be_frozen "$mount_point" "$type" || true',
            ),
            _FREEZE,
        ),
        (
            (
                "verdict-not-asked-for",
                '        may_be_frozen "$mount_point" "$type" || return 1\n',
                "",
            ),
            _FREEZE,
        ),
        (
            (
                "mount-point-misspelled-in-case",
                "    case $mount_point in",
                "    case $mountpoint in",
            ),
            (),
        ),
        (
            (
                "mount-point-without-name",
                "local mount_point=$1 type=$2",
                "local mountpoint=$1 type=$2",
            ),
            "    case $mount_point in",
        ),
        # --- what is frozen ---------------------------------------------------------------------
        (("not-told-apart", '        [ -n "${seen[$device]:-}" ] && continue\n', ""), _FREEZE),
        (("device-not-noted", "        seen[$device]=yes\n", ""), _FREEZE),
        (("device-misspelled", "seen[$device]=yes", "seen[$devices]=yes"), ()),
        (("folders-misspelled", 'done <<< "$folders"', 'done <<< "$folder_list"'), ()),
        (
            (
                "mounts-lost-in-pipe",
                "    while IFS= read -r folder; do",
                '    echo "$folders" | while IFS= read -r folder; do',
                ('done <<< "$folders"', "done"),
            ),
            (),
        ),
        (
            (
                "mounts-unchecked",
                '    [ "${#MOUNT_POINTS[@]}" -gt 0 ]\n',
                "",
                ('    [ -n "$frozen" ]\n', ""),
            ),
            _FREEZE,
        ),
        (
            (
                "all-mounts-frozen",
                "folders=$(list_folders) || return 1",
                "folders=$(lsblk -n -o MOUNTPOINTS)",
            ),
            (),
        ),
        (
            ("local-mounts", "    MOUNT_POINTS=()\n", "    local MOUNT_POINTS=()\n"),
            'in "${MOUNT_POINTS[@]}"',
        ),
        (("mounts-misspelled", 'in "${MOUNT_POINTS[@]}"', 'in "${MOUNTPOINTS[@]}"'), ()),
        # --- the freeze -------------------------------------------------------------------------
        (("frozen-variable-misspelled", _FREEZE, 'fsfreeze -f "$mountpoint"'), ()),
        (("frozen-variable-without-dollar", _FREEZE, 'fsfreeze -f "mount_point"'), ()),
        (
            (
                "freeze-unchecked",
                f"    if ! {_FREEZE}; then\n",
                f"    {_FREEZE}\n        if false; then\n",
            ),
            (),
        ),
        (("freeze-inverted", f"if ! {_FREEZE}; then", f"if {_FREEZE}; then"), ()),
        (
            (
                "freeze-failure-is-success",
                '"$frozen" > "$STATE/frozen"\n            return 1',
                '"$frozen" > "$STATE/frozen"\n            return 0',
            ),
            (),
        ),
        (
            (
                "freeze-failure-passed-over",
                '"$frozen" > "$STATE/frozen"\n            return 1',
                '"$frozen" > "$STATE/frozen"\n            continue',
            ),
            (),
        ),
        (
            (
                "freeze-failure-only-noted",
                '"$frozen" > "$STATE/frozen"\n            return 1\n',
                '"$frozen" > "$STATE/frozen"\n',
            ),
            (),
        ),
        (
            (
                "freeze-status-of-log",
                f"if ! {_FREEZE}; then",
                f'{_FREEZE}\n        log "froze"\n        if [ $? -ne 0 ]; then',
            ),
            (),
        ),
        (("freeze-unchecked-by-stage", "freeze_filesystems || exit 201", "freeze_filesystems"), ()),
        (
            (
                "freeze-failure-tolerated",
                "freeze_filesystems || exit 201",
                "freeze_filesystems || true",
            ),
            (),
        ),
        (
            # Alone it changes nothing: the trap ends with 201 whatever came before.
            (
                "freeze-is-success",
                "freeze_filesystems || exit 201",
                "freeze_filesystems || exit 0",
                NO_CODE,
            ),
            (),
        ),
        (
            ("nothing-is-frozen", "    freeze_filesystems || exit 201\n", ""),
            "freeze_filesystems() {",
        ),
        (("freezes-by-thaw", "if ! fsfreeze -f", "if ! fsfreeze -u"), ()),
        (
            (
                "freeze-in-background",
                f"if ! {_FREEZE}; then",
                f"{_FREEZE} &\n        if [ $? -ne 0 ]; then",
            ),
            (),
        ),
        (
            (
                "watchdog-behind-freeze",
                "    arm_watchdog || exit 201\n",
                "",
                (
                    "    freeze_filesystems || exit 201\n",
                    "    freeze_filesystems || exit 201\n    arm_watchdog || exit 201\n",
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
                    "    freeze_filesystems || exit 201\n",
                    "    freeze_filesystems || exit 201\n    trap rollback EXIT\n",
                ),
            ),
            (),
        ),
        # --- the thaw ---------------------------------------------------------------------------
        (("thaw-freezes", "message=$(fsfreeze -u", "message=$(fsfreeze -f"), ()),
        (("thaw-gives-up", _MESSAGE, _MESSAGE + "            return 1\n"), ()),
        (("thaw-breaks-off", _LEFT, _LEFT + "            break\n"), ()),
        (("thaw-exits", _MESSAGE, _MESSAGE + "            exit 202\n"), ()),
        (("thaw-failure-forgotten", _LEFT, ""), _THAW),
        (
            (
                "thaw-failure-unseen",
                '    printf \'%s\' "$left" > "$STATE/frozen"\n    [ -z "$left" ]\n',
                '    printf \'%s\' "$left" > "$STATE/frozen"\n',
            ),
            _THAW,
        ),
        (("thaw-result-inverted", '    [ -z "$left" ]\n', '    [ -n "$left" ]\n'), ()),
        (
            ("thaw-dropped", 'message=$(fsfreeze -u "$mount_point" 2>&1)', "message=$(true)"),
            _FREEZE,
        ),
        (("thaw-not-called", "    thaw_filesystems || left=1\n", ""), ()),
        (("thaw-unchecked", "    thaw_filesystems || left=1\n", "    thaw_filesystems\n"), ()),
        (
            (
                "thaw-failure-is-none",
                "    thaw_filesystems || left=1\n",
                "    thaw_filesystems || left=0\n",
            ),
            (),
        ),
        (
            (
                "thaw-in-and-list",
                "    thaw_filesystems || left=1\n",
                "    thaw_filesystems && left=1\n",
            ),
            (),
        ),
        (
            (
                "thaw-variable-misspelled",
                f"message=$({_THAW}",
                'message=$(fsfreeze -u "$mount_points"',
            ),
            (),
        ),
        (("message-misspelled", "elif [[ $message ==", "elif [[ $massage =="), ()),
        (("every-message-matches", "*': Invalid argument'", '*"${THAWED_ALREADY:-}"*'), ()),
        (
            (
                "thawed-list-misspelled",
                '< "$STATE/frozen" || return 1',
                '< "$STATE/froze" || return 1',
            ),
            (),
        ),
        (
            (
                "watchdog-thaws-nothing",
                '    : > "$STATE/thawed-early"\n    thaw_filesystems\n',
                '    : > "$STATE/thawed-early"\n',
            ),
            '        systemd-run --quiet --collect --unit="$WATCHDOG"',
        ),
        (("thaw-exported-to-nobody", "export LC_ALL=C", "LC_ALL=C"), "*': Invalid argument'"),
        (("language-not-set", "export LC_ALL=C TZ", "export TZ"), "*': Invalid argument'"),
    )
)
