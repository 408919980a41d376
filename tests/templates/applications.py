"""What each template needs of a host, and where it can be made to fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.templates.host import Host

MOUNTS = """\
254:0 ext4 /
254:1 vfat /boot/efi
259:1 xfs /data
259:2 ext4 /logs
259:3 xfs /mnt/my data
259:4 vfat /usb
259:5 xfs /data/bootstrap
0:21 tmpfs /run
259:6 ext4 /var/lib
259:1 xfs /srv/data
"""

MONGOSH = "mongosh --quiet --norc mongodb://127.0.0.1:27017/admin?directConnection=true --eval"
IRIS = "iris session RIGHT -U %SYS ##Class(Backup.General)"


@dataclass(frozen=True, slots=True)
class Application:
    """One template, and the host that it is for."""

    template: str
    held: frozenset[str]
    """What a successful pre-script holds."""
    prepare: Callable[[Host], None]
    break_down: Callable[[Host], None]
    """Makes the application not ready."""
    acquire: tuple[str, ...]
    """Calls that hold something up, as the beginnings of lines in the log of calls."""
    fails_to_acquire: str
    """The call that takes the last of `held`."""
    fails_to_release: str
    left: str
    """What stays held if `fails_to_release` fails."""


def put_mounts(host: Host) -> None:
    host.put("mounts", MOUNTS)


def prepare_mysql(host: Host) -> None:
    put_mounts(host)
    host.put("mysql/up")
    variables = {
        "datadir": "/data/mysql/",
        "innodb_data_home_dir": "",
        "innodb_log_group_home_dir": "./",
        "innodb_undo_directory": "/data/undo",
        "log_bin_basename": "/logs/mysql/binlog",
    }
    host.put("mysql/variables", "".join(f"{name}\t{text}\n" for name, text in variables.items()))


def prepare_postgresql(host: Host) -> None:
    put_mounts(host)
    host.put("postgresql/up")
    host.put("postgresql/folders", "/data/main\n/data/main/pg_wal\n/logs/tablespace\n")


def prepare_empty(host: Host) -> None:
    put_mounts(host)
    fill_in(host, "/data/app /logs/app")


def fill_in(host: Host, folders: str) -> None:
    assert "FOLDERS=(/srv/application)" in host.script
    host.script = host.script.replace("FOLDERS=(/srv/application)", f"FOLDERS=({folders})")


def prepare_mongodb(host: Host) -> None:
    host.put("mongodb/up")


def prepare_iris(host: Host) -> None:
    host.put("iris/DOWN", "down")
    host.put("iris/LEFT", "running")
    host.put("iris/RIGHT", "running")


def stop_iris(host: Host) -> None:
    for name in ("LEFT", "RIGHT"):
        host.put(f"iris/{name}", "down")


def empty_again(host: Host) -> None:
    host.script = host.script.replace("FOLDERS=(/data/app /logs/app)", "FOLDERS=(/srv/application)")


FILESYSTEMS = frozenset({"/data", "/logs"})

MYSQL = Application(
    "mysql",
    FILESYSTEMS | {"read lock"},
    prepare_mysql,
    lambda host: (host.root / "mysql/up").unlink(),
    ("mysql session: FLUSH", "fsfreeze -f"),
    "fsfreeze -f /logs",
    "fsfreeze -u /logs",
    "/logs",
)
POSTGRESQL = Application(
    "postgresql",
    FILESYSTEMS,
    prepare_postgresql,
    lambda host: (host.root / "postgresql/up").unlink(),
    ("fsfreeze -f",),
    "fsfreeze -f /logs",
    "fsfreeze -u /logs",
    "/logs",
)
EMPTY = Application(
    "empty",
    FILESYSTEMS,
    prepare_empty,
    empty_again,
    ("fsfreeze -f",),
    "fsfreeze -f /logs",
    "fsfreeze -u /logs",
    "/logs",
)
MONGODB = Application(
    "mongodb",
    frozenset({"server lock"}),
    prepare_mongodb,
    lambda host: (host.root / "mongodb/up").unlink(),
    (f"{MONGOSH} db.fsyncLock()",),
    f"{MONGOSH} db.fsyncLock()",
    f"{MONGOSH} db.fsyncUnlock()",
    "server lock",
)
IRIS_INSTANCES = Application(
    "iris",
    frozenset({"LEFT", "RIGHT"}),
    prepare_iris,
    stop_iris,
    tuple(
        f"iris session {name} -U %SYS ##Class(Backup.General).ExternalFreeze"
        for name in ("LEFT", "RIGHT")
    ),
    f"{IRIS}.ExternalFreeze",
    f"{IRIS}.ExternalThaw",
    "RIGHT",
)

APPLICATIONS = (MYSQL, POSTGRESQL, MONGODB, IRIS_INSTANCES, EMPTY)
ON_FILESYSTEMS = (MYSQL, POSTGRESQL, EMPTY)
