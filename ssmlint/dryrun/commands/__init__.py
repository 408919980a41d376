"""The simulated commands, one module per family; importing them registers them."""

from ssmlint.dryrun.commands import (
    containers as containers,
    files as files,
    filesystems as filesystems,
    iris as iris,
    listing as listing,
    mongodb as mongodb,
    mysql as mysql,
    others as others,
    postgresql as postgresql,
    processes as processes,
    systemd as systemd,
    time as time,
    users as users,
)
