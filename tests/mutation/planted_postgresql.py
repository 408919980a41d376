"""Mistakes with the checkpoint of PostgreSQL, and with its backup mode."""

from __future__ import annotations

from tests.mutation.mutants import NO_CODE, plant

_CHECKPOINT = '    sql "$CHECKPOINT_SECONDS" CHECKPOINT || exit 201\n'

POSTGRESQL = tuple(
    plant(*parts, at=at, twins=["postgresql"])
    for parts, at in (
        (("checkpoint-unchecked", _CHECKPOINT, '    sql "$CHECKPOINT_SECONDS" CHECKPOINT\n'), ()),
        (
            (
                "checkpoint-failure-tolerated",
                _CHECKPOINT,
                '    sql "$CHECKPOINT_SECONDS" CHECKPOINT || true\n',
            ),
            (),
        ),
        (
            (
                "checkpoint-seconds-misspelled",
                _CHECKPOINT,
                '    sql "$CHECKPOINT_SECOND" CHECKPOINT || exit 201\n',
            ),
            (),
        ),
        (
            (
                "checkpoint-failure-is-success",
                _CHECKPOINT,
                '    sql "$CHECKPOINT_SECONDS" CHECKPOINT || exit 0\n',
                NO_CODE,
            ),
            (),
        ),
        (
            (
                "checkpoint-behind-freeze",
                _CHECKPOINT,
                "",
                (
                    "    freeze_filesystems || exit 201\n",
                    "    freeze_filesystems || exit 201\n" + _CHECKPOINT,
                ),
            ),
            (),
        ),
        (
            (
                "backup-in-client-that-ends",
                _CHECKPOINT,
                "    sql 60 \"SELECT pg_backup_start('dlm')\" || exit 201\n",
            ),
            (),
        ),
        (
            (
                "backup-in-two-clients",
                _CHECKPOINT,
                "    sql 60 \"SELECT pg_backup_start('dlm')\" || exit 201\n",
                (
                    "    give_back || exit 202\n",
                    "    give_back || exit 202\n    sql 60 'SELECT pg_backup_stop()' || exit 202\n",
                ),
            ),
            (),
        ),
        (
            (
                "old-backup-not-stopped",
                _CHECKPOINT,
                "    sql 60 \"SELECT pg_start_backup('dlm', true)\" || exit 201\n",
            ),
            (),
        ),
        (("port-misspelled", '--port="$PORT"', '--port="$PGPRT"'), ()),
        (("arguments-shifted", '--command="$2"', '--command="$3"'), ()),
        (("stopped-server", _CHECKPOINT, "    systemctl stop postgresql || exit 201\n"), ()),
        (("stopped-server-too", _CHECKPOINT, _CHECKPOINT + "    systemctl stop postgresql\n"), ()),
        (
            (
                "only-if-active",
                "    is_ready || exit 206\n",
                "    is_ready || exit 206\n    systemctl is-active --quiet postgresql || exit 0\n",
            ),
            (),
        ),
        (
            (
                "only-if-active-else-skipped",
                "    freeze_filesystems || exit 201\n",
                "    if systemctl is-active --quiet postgresql; then\n        freeze_filesystems || exit 201\n    fi\n",
            ),
            (),
        ),
        (("time-limit-unset", 'timeout "$1" runuser', 'timeout "$LIMIT" runuser'), ()),
    )
)
