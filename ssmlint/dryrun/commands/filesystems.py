"""Freezing, mounting and flushing filesystems.

Messages as in util-linux (`sys-utils/fsfreeze.c`, libmount) and xfsprogs; the numbers are the
kernel's: EBUSY for what is frozen already, EINVAL for what is not, EOPNOTSUPP for a driver
that can not.
"""

from __future__ import annotations

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.messages import translated
from ssmlint.dryrun.commands.options import options_of, split
from ssmlint.dryrun.host.filesystems import Filesystem
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering, Wait


def absolute(call: Call, path: str) -> str:
    """A path as the caller means it."""
    import posixpath

    return posixpath.normpath(posixpath.join(call.caller.folder, path))


@command("fsfreeze", "xfs_freeze")
def fsfreeze(call: Call) -> int:
    """`fsfreeze -f|-u mount point`."""
    options, words = options_of(call.arguments)
    freezes = bool({"-f", "--freeze"} & options.keys())
    thaws = bool({"-u", "--unfreeze"} & options.keys())
    if {"-V", "--version", "-h", "--help"} & options.keys():
        call.print(f"{call.name} from util-linux {_version(call)}")
        return 0
    if freezes == thaws:
        return call.fail(f"{call.name}: neither --freeze or --unfreeze specified")
    if len(words) != 1:
        what = "no filename specified" if not words else "unexpected number of arguments"
        return call.fail(f"{call.name}: {what}")
    path = absolute(call, words[0])
    found = call.host.mount(path)
    if found is None or (path != found[1] and not call.world.exists(path)):
        return _refused(call, f"cannot open {words[0]}", "No such file or directory", bare=True)
    filesystem = found[0]
    return _freeze(call, filesystem, words[0]) if freezes else _thaw(call, filesystem, words[0])


def _freeze(call: Call, filesystem: Filesystem, path: str) -> int:
    if not filesystem.can_freeze:
        return _refused(call, "freeze failed", "Operation not supported", path)
    if filesystem.frozen:
        return _refused(call, "freeze failed", "Device or resource busy", path)
    call.host.freeze(filesystem)
    return 0


def _thaw(call: Call, filesystem: Filesystem, path: str) -> int:
    if not filesystem.can_freeze:
        return _refused(call, "unfreeze failed", "Operation not supported", path)
    if not filesystem.frozen:
        return _refused(call, "unfreeze failed", "Invalid argument", path)
    call.host.thaw(filesystem)
    return 0


def _refused(call: Call, what: str, reason: str, path: str = "", *, bare: bool = False) -> int:
    language = call.language
    said = f"{translated(what, language)}: {translated(reason, language)}"
    if call.name == "xfs_freeze" and not bare:
        verb = "freeze" if what == "freeze failed" else "unfreeze"
        text = f"xfs_freeze: cannot {verb} filesystem at {path}: {translated(reason, language)}"
        return call.fail(text)
    return call.fail(f"{call.name}: {said}" if bare else f"{call.name}: {path}: {said}")


def _version(call: Call) -> str:
    return ".".join(map(str, call.host.util_linux))


@command("dmsetup")
def dmsetup(call: Call) -> int:
    """`dmsetup suspend|resume device`: suspending freezes the filesystem on it."""
    _, words = options_of(call.arguments)
    if len(words) < 2 or words[0] not in ("suspend", "resume"):
        return 0
    name = words[1].rpartition("/")[2]
    filesystem = next((f for f in call.host.filesystems if f.device == name), None)
    if filesystem is None:
        return call.fail(f"Device {words[1]} not found")
    if words[0] == "suspend" and not filesystem.frozen:
        call.host.freeze(filesystem)
    elif words[0] == "resume" and filesystem.frozen:
        call.host.thaw(filesystem)
    return 0


@command("sync")
def sync(call: Call) -> Answering:
    """Flushing; of a file that is not there it fails."""
    options, words = options_of(call.arguments)
    del options
    for word in words:
        if not call.world.exists(absolute(call, word)):
            return call.fail(f"sync: error opening '{word}': No such file or directory")
    return 0
    yield


@command("mount")
def mount(call: Call) -> int:
    """`mount`, `mount -o remount,... path`, `mount device path`."""
    options, words = options_of(call.arguments, "otLU", ("--options", "--types"))
    given = options.get("-o", options.get("--options", ""))
    if not words:
        return _list_mounts(call)
    path = absolute(call, words[-1])
    filesystem = call.host.mounted_at(path)
    if "remount" in given.split(","):
        return _remount(call, filesystem, words[-1], given)
    if filesystem is not None:
        return call.fail(f"mount: {words[-1]}: already mounted or mount point busy.", 32)
    if "--bind" in options or "-B" in options:
        source = call.host.mount(absolute(call, words[0]))
        if source is None:
            return call.fail(f"mount: {words[0]}: special device does not exist.", 32)
        source[0].paths.append(path)
    else:
        name = words[0].rpartition("/")[2]
        known = next((f for f in call.host.filesystems if f.device == name), None)
        if known is None:
            return call.fail(f"mount: {words[-1]}: special device {words[0]} does not exist.", 32)
        known.paths.append(path)
    call.host.change(f"mounted {path}")
    return 0


def _remount(call: Call, filesystem: Filesystem | None, path: str, given: str) -> int:
    if filesystem is None:
        return call.fail(f"mount: {path}: mount point not mounted or bad option.", 32)
    if filesystem.frozen:
        busy = translated("mount point is busy", call.language)
        return call.fail(f"mount: {path}: {busy}.", 32)
    before = list(filesystem.options)
    for option in given.split(","):
        if option == "remount":
            continue
        rivals = {"ro": "rw", "rw": "ro", "noatime": "relatime", "relatime": "noatime"}
        filesystem.options = [o for o in filesystem.options if o != rivals.get(option)]
        if option not in filesystem.options:
            filesystem.options.append(option)
    filesystem.read_only = "ro" in filesystem.options
    if sorted(before) != sorted(filesystem.options):
        call.host.change(f"remounted {filesystem.paths[0]} with {','.join(filesystem.options)}")
    return 0


def _list_mounts(call: Call) -> int:
    for filesystem in call.host.filesystems:
        for path in filesystem.paths:
            source = f"/dev/{filesystem.device}" if filesystem.has_device else filesystem.device
            options = ",".join(filesystem.options)
            call.print(f"{source} on {path} type {filesystem.type} ({options})")
    return 0


@command("umount")
def umount(call: Call) -> int:
    """`umount path`."""
    _, words = options_of(call.arguments, "tO")
    for word in words:
        path = absolute(call, word)
        filesystem = call.host.mounted_at(path)
        if filesystem is None:
            return call.fail(f"umount: {word}: not mounted.", 32)
        if filesystem.frozen:
            return call.fail(f"umount: {word}: target is busy.", 32)
        filesystem.paths.remove(path)
        call.host.change(f"unmounted {path}")
    return 0


@command("mountpoint")
def mountpoint(call: Call) -> int:
    """`mountpoint [-q] path`."""
    options, words = split(call.arguments)
    if not words:
        return call.fail("mountpoint: bad usage", 1)
    is_one = call.host.mounted_at(absolute(call, words[0])) is not None
    if "-q" not in options:
        call.print(f"{words[0]} is {'' if is_one else 'not '}a mountpoint")
    return 0 if is_one else 32


@command("swapon", "swapoff")
def swap(call: Call) -> int:
    """`swapon --show`; switching it changes the host."""
    spaces = [f for f in call.host.filesystems if f.is_swap]
    if call.name == "swapon" and (not call.arguments or call.has("--show", "-s")):
        for space in spaces:
            call.print(f"/dev/{space.device} partition {space.size}G 0B -2")
    else:
        call.host.change(call.name)
    return 0


def blocked(call: Call, path: str) -> Answering:
    """Wait until a writer at `path` may go on."""
    if call.host.is_frozen(path):
        call.world.note(f"`{call.name}` writes to {path} while that is frozen: it waits")
        yield Wait(lambda: not call.host.is_frozen(path))
    return 0


def holds_lock(call: Call, what: str, owner: str) -> None:
    """Note a lock of an application."""
    call.host.hold(HoldKind.LOCK, what, owner)
