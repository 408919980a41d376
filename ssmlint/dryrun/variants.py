"""Hosts on which something is different, by name: faults that are of no single call."""

from __future__ import annotations

from collections.abc import Callable

from ssmlint.dryrun.cell import Cell
from ssmlint.dryrun.host.applications import Container, Iris, IrisState
from ssmlint.dryrun.host.filesystems import Filesystem
from ssmlint.dryrun.host.state import Host
from ssmlint.records import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """One difference."""

    name: str
    title: str
    change: Callable[[Host], None] = lambda host: None
    """Before anything runs."""
    between: Callable[[Host], None] | None = None
    """Between pre-script and post-script."""
    applies: Callable[[Host], bool] = lambda host: True
    """Whether the host can be different in this way."""


def _service_down(host: Host) -> None:
    for application in host.applications:
        application.reachable = False
        unit = host.unit(application.unit) if application.unit else None
        if unit is not None:
            unit.active, unit.substate, unit.pid = False, "dead", 0
        if isinstance(application, Iris):
            for instance in application.instances:
                instance.state = IrisState.DOWN


def _unreachable(host: Host) -> None:
    for application in host.applications:
        application.reachable = False
        if isinstance(application, Iris):
            for instance in application.instances:
                instance.mute = True


def _renamed(host: Host) -> None:
    for application in host.applications:
        unit = host.units.pop(application.unit, None)
        if unit is not None:
            name, _, suffix = unit.name.rpartition(".")
            unit.name = application.unit = f"{name}@main.{suffix}"
            host.units[unit.name] = unit


def _appears(host: Host) -> None:
    # First in every list, as a lower device name is.
    host.filesystems.insert(0, Filesystem("nvme0n2", "ext4", ["/aaa"], "259:90"))
    host.change("mounted /aaa")


def _vanishes(host: Host) -> None:
    """A filesystem without the application's files is unmounted, lazily (`umount -l`)."""
    for filesystem in host.filesystems:
        if "/scratch" in filesystem.paths:
            # What is frozen stays so; only its path goes.
            filesystem.paths.clear()
            host.change("unmounted /scratch")


def _scratch(host: Host) -> None:
    host.filesystems.insert(2, Filesystem("nvme0n3", "ext4", ["/scratch"], "259:91"))


def _old(host: Host) -> None:
    host.util_linux = (2, 34)


def _swap(host: Host) -> None:
    host.filesystems.insert(1, Filesystem("nvme0n4", "swap", [], "259:92"))


def _bind(host: Host) -> None:
    found = host.mount(host.applications[0].folders[0])
    if found is not None:
        found[0].paths.append("/srv/bound")


def _space(host: Host) -> None:
    host.filesystems.append(Filesystem("nvme0n5", "xfs", ["/mnt/my data"], "259:93"))


def _boot_name(host: Host) -> None:
    for application in host.applications:
        application.folders.append("/data/bootstrap/files")
    host.filesystems.append(Filesystem("nvme0n6", "xfs", ["/data/bootstrap"], "259:94"))


def _on_root(host: Host) -> None:
    for application in host.applications:
        for folder in application.folders:
            found = host.mount(folder)
            if found is not None and found[1] != "/":
                host.filesystems.remove(found[0])


def _var(host: Host) -> None:
    host.filesystems.append(Filesystem("nvme0n7", "ext4", ["/var"], "259:95"))


def _squashfs(host: Host) -> None:
    host.filesystems.append(
        Filesystem("loop0", "squashfs", ["/snap/core/1"], "7:0", read_only=True, snapshotted=False)
    )


def _no_sudo(host: Host) -> None:
    host.absent.add("sudo")


def _docker(host: Host) -> None:
    host.containers.append(Container("web", "nginx"))
    host.absent -= {"docker"}


def _german(host: Host) -> None:
    host.language = "de_DE.UTF-8"


def _busy(host: Host) -> None:
    for application in host.applications:
        application.long_statement = 600.0


def _stranger(host: Host) -> None:
    host.daemons.append((4711, "vi execute_schedule_auto_thaw.txt"))


def _frozen(host: Host) -> None:
    host.source = "somebody else"
    found = host.mount(host.applications[0].folders[0])
    if found is not None and found[0].can_freeze and found[1] != "/":
        host.freeze(found[0], foreign=True)
    host.changes.clear()
    host.touched.clear()


def _thawed(host: Host) -> None:
    """Somebody thaws everything by hand, before post-script comes."""
    for filesystem in host.filesystems:
        if filesystem.frozen:
            host.thaw(filesystem)


def _systemd(host: Host) -> None:
    host.systemd = 219


def _has_unit(host: Host) -> bool:
    return any(application.unit in host.units for application in host.applications)


def _has_client(host: Host) -> bool:
    return any(type(a).__name__ != "Application" for a in host.applications)


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("service-down", "the application does not run", _service_down, applies=_has_client),
        Variant(
            "no-answer", "the application answers no client", _unreachable, applies=_has_client
        ),
        Variant("unit-renamed", "its unit has another name", _renamed, applies=_has_unit),
        Variant(
            "mount-appears",
            "a filesystem is mounted between pre-script and post-script",
            between=_appears,
        ),
        Variant(
            "mount-vanishes",
            "a filesystem is unmounted between pre-script and post-script",
            _scratch,
            _vanishes,
        ),
        Variant("old-util-linux", "util-linux 2.34: lsblk knows no MOUNTPOINTS", _old),
        Variant("old-systemd", "systemd 219: no --collect", _systemd),
        Variant("swap", "a swap space", _swap),
        Variant("bind-mount", "the data's filesystem is mounted twice", _bind),
        Variant("space", "a mount point with a space", _space),
        Variant("boot-name", "files on /data/bootstrap", _boot_name, applies=_has_client),
        Variant("on-root", "all files lie on the root filesystem", _on_root),
        Variant("var", "/var is a filesystem of its own", _var),
        Variant("squashfs", "a mounted squashfs image", _squashfs),
        Variant("no-sudo", "sudo is not installed", _no_sudo),
        Variant("docker", "docker is installed, for something else", _docker),
        Variant("german", "messages are in German", _german),
        Variant("long-statement", "a statement runs for ten minutes", _busy, applies=_has_client),
        Variant("stranger", "somebody edits a file named like the watchdog", _stranger),
        Variant(
            "thawed-meanwhile",
            "somebody else thaws everything before post-script comes",
            between=_thawed,
        ),
        Variant("frozen-before", "somebody else has frozen the data", _frozen),
    )
}


def apply(variant: Variant, cell: Cell) -> None:
    """Make the cell's host different."""
    between = variant.between
    if between is not None:

        def happen() -> None:
            cell.host.source = "host"
            between(cell.host)
            cell.world.happened(variant.title, kind="fault")

        cell.between.append(happen)
