"""Filesystems and where they are mounted.

A freeze is of the filesystem, not of the path: a second path of the same one answers
"Device or resource busy" to a second freeze (fsfreeze(8), ioctl_fsfreeze in the kernel).
"""

from __future__ import annotations

from dataclasses import field

from ssmlint.records import dataclass

#: Types whose kernel driver can be frozen (fsfreeze(8), "filesystem support").
FREEZABLE = frozenset({"btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "nilfs2", "reiserfs", "xfs"})

#: Types without a block device, which `lsblk` does not list.
WITHOUT_DEVICE = frozenset({"tmpfs", "devtmpfs", "overlay", "proc", "sysfs", "nfs", "nfs4", "fuse"})


@dataclass(eq=False, slots=True)
class Filesystem:
    """One filesystem (or swap space) with every path it is mounted at."""

    device: str
    """The name of the block device without `/dev/`, or of what stands in for one."""
    type: str
    paths: list[str]
    number: str = ""
    """Major and minor device number, `259:1`."""
    read_only: bool = False
    size: int = 100
    """GiB."""
    snapshotted: bool = True
    """Whether it lies on an EBS volume: instance store and memory are in no snapshot."""
    options: list[str] = field(default_factory=lambda: ["rw", "relatime"])
    frozen: bool = False
    frozen_as: str = ""
    """The mount point by which it was frozen."""

    @property
    def can_freeze(self) -> bool:
        """Whether the kernel's driver knows how."""
        return self.type in FREEZABLE

    @property
    def has_device(self) -> bool:
        """Whether it lies on a block device."""
        return self.type not in WITHOUT_DEVICE

    @property
    def is_swap(self) -> bool:
        """Whether it is swap space, which has no path."""
        return self.type == "swap"


def is_within(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it."""
    return folder == "/" or path == folder or path.startswith(folder + "/")


def mount_of(filesystems: list[Filesystem], path: str) -> tuple[Filesystem, str] | None:
    """The filesystem that holds `path` and the mount point that leads there.

    Of several mounts at the same point the later one counts, as it does for the kernel.
    """
    best: tuple[Filesystem, str] | None = None
    for filesystem in filesystems:
        for mount_point in filesystem.paths:
            if not is_within(path, mount_point):
                continue
            if best is None or len(mount_point) >= len(best[1]):
                best = filesystem, mount_point
    return best
