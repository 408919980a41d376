"""A host from its settings."""

from __future__ import annotations

from collections.abc import Iterable

from ssmlint.dryrun.host.applications import (
    Application,
    Container,
    Iris,
    IrisInstance,
    IrisState,
    MongoDb,
    MySql,
    PostgreSql,
    Unit,
)
from ssmlint.dryrun.host.filesystems import Filesystem
from ssmlint.dryrun.host.settings import HostSettings
from ssmlint.dryrun.host.state import Host

#: What the main process of an application is called, and by what other names its unit goes.
_PROCESSES = {
    "mysql": "/usr/sbin/mysqld --basedir=/usr",
    "postgresql": "/usr/bin/postgres -D {0}",
    "mongodb": "/usr/bin/mongod -f /etc/mongod.conf",
    "iris": "/usr/irissys/bin/irisdb -s/usr/irissys/mgr -w",
}

#: Process ids of what was there before, in the order of the units.
_FIRST_PID = 1101


def build_host(settings: HostSettings, wanted: Iterable[str]) -> Host:
    """A fresh host with the applications `wanted` (or those that the settings name)."""
    names = settings.get("host", "applications") or sorted(wanted) or ["files"]
    version = settings.get("host", "util-linux").split(".")
    host = Host(
        filesystems=[_filesystem(n, item) for n, item in enumerate(settings.lists["mount"])],
        applications=[_application(name, settings) for name in names],
        absent=set(settings.get("host", "absent")),
        util_linux=(int(version[0]), int(version[1])),
        systemd=int(settings.get("host", "systemd")),
        language=settings.get("host", "language"),
        name=settings.get("host", "name"),
        shell=settings.get("host", "shell"),
    )
    for item in settings.lists["container"]:
        host.containers.append(Container(item["name"], item["image"], item["running"]))
    _add_units(host, settings)
    if not host.containers:
        # Nobody has installed what nothing runs in.
        host.absent |= {"docker", "podman"}
    return host


def _filesystem(number: int, item: dict[str, object]) -> Filesystem:
    kind, paths = str(item["type"]), item["at"]
    assert isinstance(paths, list)
    major = {"tmpfs": "0", "overlay": "0", "loop": "7"}.get(kind, "259")
    made = Filesystem(
        device=str(item["device"]),
        type=kind,
        paths=[str(path) for path in paths],
        number=f"{major}:{number}",
        read_only=bool(item["read-only"]),
        size=int(str(item["size"])),
        snapshotted=bool(item["snapshotted"]) and kind not in ("tmpfs", "swap"),
    )
    if made.read_only:
        made.options = ["ro", "relatime"]
    return made


def _application(name: str, settings: HostSettings) -> Application:
    section = settings.sections[name]
    folders = list(section["folders"])
    common = {"unit": section.get("unit", ""), "container": section.get("container", "")}
    match name:
        case "mysql":
            made: Application = MySql(name, folders, **common)
            assert isinstance(made, MySql)
            made.variables = dict(section["variables"])
        case "postgresql":
            made = PostgreSql(name, folders, **common)
            assert isinstance(made, PostgreSql)
            made.port = int(section["port"])
        case "mongodb":
            made = MongoDb(name, folders, **common)
        case "iris":
            made = Iris(name, folders, **common)
            assert isinstance(made, Iris)
            made.instances = [IrisInstance(one) for one in section["instances"]]
            if not section["running"]:
                for instance in made.instances:
                    instance.state = IrisState.DOWN
        case _:
            made = Application(name, folders)
    made.long_statement = float(section.get("long-statement", 0))
    return made


def _add_units(host: Host, settings: HostSettings) -> None:
    for application in host.applications:
        if not application.unit or application.container:
            continue
        running = bool(settings.sections[application.name]["running"])
        command = _PROCESSES.get(application.name, application.name)
        unit = Unit(application.unit, running, "running" if running else "dead")
        unit.description = f"{application.name} server"
        unit.command = command.format(application.folders[0])
        host.units[unit.name] = unit
    ssm = Unit("amazon-ssm-agent.service", command="/usr/bin/amazon-ssm-agent")
    cron = Unit("cron.service", aliases=("crond.service",), command="/usr/sbin/crond -n")
    for unit in (ssm, cron):
        host.units.setdefault(unit.name, unit)
    for item in settings.lists["unit"]:
        unit = Unit(item["name"], item["active"], item["substate"], tuple(item["aliases"]))
        unit.command = item["command"]
        host.units[unit.name] = unit
    for number, unit in enumerate(host.units.values()):
        unit.pid = _FIRST_PID + 7 * number if unit.active else 0
