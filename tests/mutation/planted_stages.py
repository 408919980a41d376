"""Mistakes in the parts of the script that are the same in all twins."""

from __future__ import annotations

from tests.mutation.mutants import plant

_NOTHING_FROZEN = """\
    if [ ! -d "$STATE" ]; then
        log 'ERROR: nothing is frozen'
        exit 205
    fi
"""
_ENDED_BEFORE = """\
    if [ -e "$STATE/thawed-early" ]; then
        log 'ERROR: the freeze had ended before'
        rm -rf "$STATE"
        exit 203
    fi
"""
_STILL_FROZEN = """\
    if [ -e "$STATE" ]; then
        log "ERROR: according to $STATE an earlier freeze is still in place; post-script ends it"
        exit 204
    fi
"""
_UNKNOWN = """\
    *)
        log 'ERROR: the command is unknown'
        exit 206
        ;;
"""
_SYSTEMD_RUN = """\
        systemd-run --quiet --collect --unit="$WATCHDOG" --on-active="${WATCHDOG_SECONDS}s" \\
            --timer-property=AccuracySec=1s /bin/bash "$STATE/thaw_early"
"""

STAGES = (
    # --- telling the stages apart ---------------------------------------------------------------
    plant("pre-script-renamed-in-case", "    pre-script) pre", "    pre_script) pre"),
    plant("post-script-renamed-in-case", "    post-script) post", "    post_script) post"),
    plant("dry-run-renamed-in-case", "    dry-run) is", "    dryrun) is"),
    plant("stages-in-capitals", "case $COMMAND in", "case ${COMMAND^^} in"),
    plant("both-stages-freeze", "    post-script) post_script", "    post-script) pre_script"),
    plant("both-stages-thaw", "    pre-script) pre_script", "    pre-script) post_script"),
    plant("dry-run-freezes", "    dry-run) is_ready || exit 206", "    dry-run) pre_script"),
    plant("dry-run-freezes-too", "    pre-script) pre", "    pre-script | dry-run) pre"),
    plant("dry-run-thaws", "    dry-run) is_ready || exit 206", "    dry-run) post_script"),
    plant("dry-run-checks-nothing", "    dry-run) is_ready || exit 206", "    dry-run) log none"),
    plant(
        "unknown-command-succeeds", "is unknown'\n        exit 206", "is unknown'\n        exit 0"
    ),
    plant("unknown-command-passed-over", _UNKNOWN, "", at="case $COMMAND in"),
    plant("unknown-command-thaws", "    post-script) post", "    *) post", (_UNKNOWN, "")),
    plant("unknown-command-only-logged", "is unknown'\n        exit 206", "is unknown'"),
    plant("case-of-misspelled-variable", "case $COMMAND in", "case $COMAND in"),
    plant("case-not-closed", "\nesac\n", "\n"),
    plant("branch-not-closed", "    pre-script) pre_script ;;", "    pre-script) pre_script"),
    plant("function-call-misspelled", "    pre-script) pre_script", "    pre-script) prescript"),
    # --- pre-script -------------------------------------------------------------------------------
    plant("trap-dropped", "    trap rollback EXIT\n", "", at="rollback() {"),
    plant(
        "trap-commented-out",
        "    trap rollback EXIT\n",
        "    # trap rollback EXIT\n",
        at="rollback() {",
    ),
    plant("trap-misspelled", "trap rollback EXIT", "trap roll_back EXIT"),
    # With one thing to freeze, a rollback has nothing to undo when the freeze fails.
    plant(
        "trap-on-signals-only",
        "trap rollback EXIT",
        "trap rollback INT TERM",
        twins=("iris", "mysql", "postgresql"),
    ),
    plant("trap-not-lifted", "    trap - EXIT HUP INT TERM\n", ""),
    plant("trap-not-lifted-from-exit", "    trap - EXIT HUP", "    trap - HUP"),
    plant(
        "watchdog-not-armed",
        "    arm_watchdog || exit 201\n",
        "",
        at="\narm_watchdog() {\n    write_script",
    ),
    plant("watchdog-unchecked", "arm_watchdog || exit 201", "arm_watchdog"),
    plant("watchdog-failure-tolerated", "arm_watchdog || exit 201", "arm_watchdog || true"),
    plant("readiness-unchecked", "    is_ready || exit 206\n", "    is_ready\n"),
    plant("not-ready-is-success", "    is_ready || exit 206\n", "    is_ready || exit 0\n"),
    plant(
        "earlier-freeze-is-success",
        'post-script ends it"\n        exit 204',
        'post-script ends it"\n        exit 0',
    ),
    # Alone, either of the two checks is enough.
    plant(
        "earlier-freeze-passed-over",
        _STILL_FROZEN,
        "",
        ('mkdir -m 0700 "$STATE" || exit 204', 'mkdir -m 0700 "$STATE" || exit 201'),
        at="204  pre-script, but",
    ),
    # --- rolling back -----------------------------------------------------------------------------
    plant(
        "rollback-thaws-nothing",
        '    give_back && rm -rf "$STATE"\n',
        '    rm -rf "$STATE"\n',
        twins=("iris", "mysql", "postgresql"),
    ),
    plant("rollback-misspelled", "    give_back && rm", "    giveback && rm"),
    plant("rollback-succeeds", '"$STATE"\n    exit 201\n}', '"$STATE"\n    exit 0\n}'),
    plant("rollback-of-post", '"$STATE"\n    exit 201\n}', '"$STATE"\n    exit 202\n}'),
    # --- post-script ------------------------------------------------------------------------------
    plant("post-thaws-nothing", "    give_back || exit 202\n", "", at="\npost_script() {"),
    plant("post-unchecked", "    give_back || exit 202\n", "    give_back\n"),
    plant("post-failure-is-success", "    give_back || exit 202\n", "    give_back || exit 0\n"),
    plant("post-failure-tolerated", "    give_back || exit 202\n", "    give_back || true\n"),
    plant(
        "nothing-frozen-is-success", "is frozen'\n        exit 205", "is frozen'\n        exit 0"
    ),
    plant("nothing-frozen-unseen", _NOTHING_FROZEN, "", at="205  post-script, but"),
    plant("nothing-frozen-inverted", 'if [ ! -d "$STATE" ]', 'if [ -d "$STATE" ]'),
    plant("ended-before-unseen", _ENDED_BEFORE, "", at="203  something was thawed"),
    plant("ended-before-is-success", '"$STATE"\n        exit 203', '"$STATE"\n        exit 0'),
    # --- giving back ------------------------------------------------------------------------------
    plant(
        "watchdog-not-disarmed",
        '    [ "$left" -eq 0 ] && disarm_watchdog\n',
        '    [ "$left" -eq 0 ]\n',
        at="disarm_watchdog() {",
    ),
    plant("left-misspelled", '[ "$left" -eq 0 ] && disarm', '[ "$lefts" -eq 0 ] && disarm'),
    plant("left-inverted", '[ "$left" -eq 0 ] && disarm', '[ "$left" -eq 1 ] && disarm'),
    plant(
        "left-not-looked-at", '    [ "$left" -eq 0 ] && disarm_watchdog\n', "    disarm_watchdog\n"
    ),
    # --- the watchdog -----------------------------------------------------------------------------
    plant(
        "watchdog-in-background",
        _SYSTEMD_RUN,
        '        ( sleep "$WATCHDOG_SECONDS"; thaw_early ) &\n',
    ),
    plant(
        "watchdog-by-nohup",
        _SYSTEMD_RUN,
        "        { nohup bash -c 'sleep 150; bash /run/dlm/thaw_early' > /dev/null 2>&1 & }\n",
    ),
    plant("watchdog-at-once", ' --on-active="${WATCHDOG_SECONDS}s"', ""),
    plant("watchdog-without-braces", "${WATCHDOG_SECONDS}s", "$WATCHDOG_SECONDSs"),
    plant("watchdog-variable-misspelled", "${WATCHDOG_SECONDS}s", "${WATCHDOG_SECOND}s"),
    plant(
        "watchdog-too-soon",
        "WATCHDOG_SECONDS=150",
        "WATCHDOG_SECONDS=60",
        at='systemd-run --quiet --collect --unit="$WATCHDOG"',
    ),
    plant("watchdog-without-unit", ' --unit="$WATCHDOG"', "", at='stop_unit "$WATCHDOG.timer"'),
    plant(
        "watchdog-of-other-name",
        '--unit="$WATCHDOG"',
        "--unit=dlm-thaw",
        at='stop_unit "$WATCHDOG.timer"',
    ),
    plant("watchdog-runs-misspelled-file", '"$STATE/thaw_early"\n', '"$STATE/thaw-early"\n'),
    plant("disarms-service", 'stop_unit "$WATCHDOG.timer"', 'stop_unit "$WATCHDOG.service"'),
    plant("disarms-without-suffix", 'stop_unit "$WATCHDOG.timer"', 'stop_unit "$WATCHDOG"'),
    plant("disarms-misspelled-unit", 'stop_unit "$WATCHDOG.timer"', 'stop_unit "$WATCH_DOG.timer"'),
    plant("disarms-nothing", 'stop_unit "$WATCHDOG.timer"', "true"),
    plant("watchdog-function-misspelled", "write_script thaw_early", "write_script thaw_erly"),
    plant("watchdog-without-functions", "        declare -f\n", ""),
    plant("watchdog-calls-nothing", '        echo "$1"\n', ""),
    plant("watchdog-without-state", "EXECUTION_ID STATE", "EXECUTION_ID"),
    plant("watchdog-without-command", "COMMAND EXECUTION_ID", "EXECUTION_ID"),
    # --- units --------------------------------------------------------------------------------------
    plant("stopped-unit-forgotten", '    systemctl stop "$1" 2> /dev/null ||', "    true ||"),
    plant("stopped-unit-is-failure", 'has_ended "$1" && return 0', 'has_ended "$1" && return 1'),
    plant("stop-argument-misnumbered", 'has_ended "$1"', 'has_ended "$2"'),
    # --- variables ------------------------------------------------------------------------------------
    plant("state-misspelled", '[ ! -d "$STATE" ]', '[ ! -d "$STAET" ]'),
    plant("state-in-small-letters", 'mkdir -m 0700 "$STATE"', 'mkdir -m 0700 "$state"'),
    plant(
        "execution-id-misspelled-in-log",
        '"$COMMAND" "$EXECUTION_ID" "$1"',
        '"$COMMAND" "$EXECUTIONID" "$1"',
    ),
    plant("tool-misspelled", 'log "ERROR: $tool is', 'log "ERROR: $tools is'),
    # --- exit codes ---------------------------------------------------------------------------------
    plant("code-207", "    dry-run) is_ready || exit 206", "    dry-run) is_ready || exit 207"),
    plant("code-168", 'mkdir -m 0700 "$STATE" || exit 204', 'mkdir -m 0700 "$STATE" || exit 168'),
    plant("code-194", "is frozen'\n        exit 205", "is frozen'\n        exit 194"),
    plant("code-1", "arm_watchdog || exit 201", "arm_watchdog || exit 1"),
    plant("code-2001", "    give_back || exit 202\n", "    give_back || exit 2002\n"),
    plant("code-minus-1", "arm_watchdog || exit 201", "arm_watchdog || exit -1"),
    plant("pre-ends-with-code-of-post", "arm_watchdog || exit 201", "arm_watchdog || exit 202"),
    plant(
        "post-ends-with-code-of-pre", "    give_back || exit 202\n", "    give_back || exit 201\n"
    ),
    plant(
        "codes-swapped",
        '"$STATE"\n        exit 203',
        '"$STATE"\n        exit 201',
        at="203  something was thawed",
    ),
    plant("code-in-text", "arm_watchdog || exit 201", "arm_watchdog || exit failed"),
    plant(
        "code-not-documented",
        "#   203  something was thawed before post-script came",
        "#   201  something was thawed before post-script came",
    ),
)
