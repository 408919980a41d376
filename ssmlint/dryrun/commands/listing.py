"""Commands that list filesystems: lsblk, findmnt, df, blkid, stat of a mount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.filesystems import absolute
from ssmlint.dryrun.commands.options import options_of
from ssmlint.dryrun.host.filesystems import Filesystem
from ssmlint.dryrun.needs import Answering, Become

#: `MOUNTPOINTS` came with util-linux 2.37 (its release notes).
_MOUNTPOINTS_SINCE = (2, 37)


def mount_points(filesystem: Filesystem) -> list[str]:
    """What lsblk shows as mount points."""
    return ["[SWAP]"] if filesystem.is_swap else list(filesystem.paths)


@command("lsblk")
def lsblk(call: Call) -> int:
    """`lsblk -nlo COLUMN,... [device]`; also `--json` and `-P` are known to `_cells` only."""
    options, words = options_of(call.arguments, "oeIMx", ("--output", "--exclude", "--include"))
    if {"-V", "--version"} & options.keys():
        call.print(f"lsblk from util-linux {'.'.join(map(str, call.host.util_linux))}")
        return 0
    given = options.get("-o", options.get("--output", ""))
    default = "NAME,MAJ:MIN,RM,SIZE,RO,TYPE,MOUNTPOINTS"
    old = call.host.util_linux < _MOUNTPOINTS_SINCE
    if old:
        default = default.replace("MOUNTPOINTS", "MOUNTPOINT")
    if "-f" in options and not given:
        default = "NAME,FSTYPE,UUID,MOUNTPOINT"
    columns = (given or default).lstrip("+=").upper().split(",")
    for column in columns:
        if column not in _BLOCK_COLUMNS or (old and column == "MOUNTPOINTS"):
            return call.fail(f"lsblk: unknown column: {column}")
    devices = [f for f in call.host.filesystems if f.has_device]
    if words:
        names = [word.rpartition("/")[2] for word in words]
        devices = [f for f in devices if f.device in names]
        if not devices:
            return call.fail(f"lsblk: {words[0]}: not a block device", 32)
    rows: list[list[str]] = []
    for filesystem in devices:
        rows.extend(_block_rows(filesystem, columns, paths="-p" in options))
    if {"-J", "--json"} & options.keys():
        return _as_json(call, columns, devices)
    if {"-P", "--pairs"} & options.keys():
        for row in rows:
            call.print(" ".join(f'{c}="{v}"' for c, v in zip(columns, row, strict=True)))
        return 0
    bare = "-n" in options or "--noheadings" in options
    raw = "-r" in options or "--raw" in options
    _table(call, columns, rows, headings=not bare, raw=raw)
    return 0


_BLOCK_COLUMNS = frozenset(
    [
        "NAME",
        "KNAME",
        "PATH",
        "MAJ:MIN",
        "FSTYPE",
        "UUID",
        "LABEL",
        "SIZE",
        "RM",
        "RO",
        "TYPE",
        "MOUNTPOINT",
        "MOUNTPOINTS",
        "PKNAME",
        "FSAVAIL",
        "FSUSE%",
        "FSSIZE",
        "MODEL",
        "SERIAL",
    ]
)


def _block_rows(filesystem: Filesystem, columns: list[str], *, paths: bool) -> Iterator[list[str]]:
    """One row, and one more for each further mount point where MOUNTPOINTS is a column."""
    points = mount_points(filesystem)
    first = [_block_cell(filesystem, column, paths=paths) for column in columns]
    yield first
    if "MOUNTPOINTS" in columns:
        for point in points[1:]:
            yield [point if column == "MOUNTPOINTS" else "" for column in columns]


def _block_cell(filesystem: Filesystem, column: str, *, paths: bool) -> str:
    points = mount_points(filesystem)
    match column:
        case "NAME" | "KNAME":
            return f"/dev/{filesystem.device}" if paths else filesystem.device
        case "PATH":
            return f"/dev/{filesystem.device}"
        case "MAJ:MIN":
            return filesystem.number
        case "FSTYPE":
            return filesystem.type
        case "UUID":
            return _uuid(filesystem)
        case "MOUNTPOINT" | "MOUNTPOINTS":
            return points[0] if points else ""
        case "SIZE" | "FSSIZE":
            return f"{filesystem.size}G"
        case "RM":
            return "0"
        case "RO":
            return str(int(filesystem.read_only))
        case "TYPE":
            return "part" if "p" in filesystem.device.rpartition("n")[2] else "disk"
        case "MODEL":
            return "Amazon Elastic Block Store"
    return ""


def _as_json(call: Call, columns: list[str], devices: list[Filesystem]) -> int:
    import json

    rows = []
    for filesystem in devices:
        row: dict[str, object] = {}
        for column in columns:
            cell: object = _block_cell(filesystem, column, paths=False) or None
            row[column.lower()] = mount_points(filesystem) if column == "MOUNTPOINTS" else cell
        rows.append(row)
    call.print(json.dumps({"blockdevices": rows}, indent=3))
    return 0


def _uuid(filesystem: Filesystem) -> str:
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_DNS, filesystem.device))


def _table(
    call: Call, columns: list[str], rows: Iterable[list[str]], *, headings: bool, raw: bool = False
) -> None:
    lines = [columns, *rows] if headings else list(rows)
    if raw:
        for line in lines:
            call.print(" ".join(cell.replace(" ", "\\x20") for cell in line))
        return
    widths = [max((len(line[i]) for line in lines), default=0) for i in range(len(columns))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        call.print(" ".join(cells).rstrip())


@command("findmnt")
def findmnt(call: Call) -> int:
    """`findmnt [-n] [-o COLUMN,...] [--target path | path | --real | -t type]`."""
    values = ("--output", "--target", "--types", "--source", "--mountpoint", "--options")
    options, words = options_of(call.arguments, "oTtSMO", values)
    columns = options.get("-o") or options.get("--output") or "TARGET,SOURCE,FSTYPE,OPTIONS"
    names = columns.upper().split(",")
    for name in names:
        if name not in _MOUNT_COLUMNS:
            return call.fail(f"findmnt: unknown column: {name}")
    rows = [_mount_row(f, path, names) for f, path in _chosen(call, options, words)]
    if not rows:
        return 1
    bare = {"-n", "--noheadings"} & options.keys()
    _table(call, names, rows, headings=not bare, raw=bool({"-r", "--raw"} & options.keys()))
    return 0


_MOUNT_COLUMNS = frozenset(
    [
        "TARGET",
        "SOURCE",
        "FSTYPE",
        "OPTIONS",
        "MAJ:MIN",
        "FS-OPTIONS",
        "VFS-OPTIONS",
        "UUID",
        "SIZE",
        "AVAIL",
        "LABEL",
    ]
)


def _chosen(
    call: Call, options: dict[str, str], words: tuple[str, ...]
) -> Iterator[tuple[Filesystem, str]]:
    target = options.get("-T", options.get("--target"))
    mounts = [(f, path) for f in call.host.filesystems for path in f.paths]
    if target is not None:
        path = absolute(call, target)
        found = call.host.mount(path)
        if found is not None and call.world.exists(path):
            yield found
        return
    point = options.get("-M", options.get("--mountpoint", words[0] if words else None))
    types = options.get("-t", options.get("--types", ""))
    source = options.get("-S", options.get("--source"))
    for filesystem, path in mounts:
        if point is not None and point not in (path, f"/dev/{filesystem.device}"):
            continue
        if types and filesystem.type not in types.split(","):
            continue
        if source is not None and source.rpartition("/")[2] != filesystem.device:
            continue
        if {"--real", "-D", "--df"} & options.keys() and not filesystem.has_device:
            continue
        yield filesystem, path


def _mount_row(filesystem: Filesystem, path: str, columns: list[str]) -> list[str]:
    device = f"/dev/{filesystem.device}" if filesystem.has_device else filesystem.device
    cells = {
        "TARGET": path,
        "SOURCE": device,
        "FSTYPE": filesystem.type,
        "OPTIONS": ",".join(filesystem.options),
        "FS-OPTIONS": filesystem.options[0],
        "VFS-OPTIONS": ",".join(filesystem.options),
        "MAJ:MIN": filesystem.number,
        "UUID": _uuid(filesystem),
        "SIZE": f"{filesystem.size}G",
        "AVAIL": f"{filesystem.size // 2}G",
    }
    return [cells.get(column, "") for column in columns]


@command("df")
def df(call: Call) -> int:
    """`df [-P] [-T] [--output=...] [path]`."""
    options, words = options_of(call.arguments, "tBx", ("--type", "--exclude-type"))
    chosen = [(f, path) for f in call.host.filesystems for path in f.paths]
    if words:
        found = [call.host.mount(absolute(call, word)) for word in words]
        chosen = [one for one in found if one is not None]
    if "--output" in options:
        columns = (options["--output"] or "source,fstype,target").split(",")
        rows = [[_df_cell(f, path, c) for c in columns] for f, path in chosen]
        heads = [_DF_HEADS.get(c, c.title()) for c in columns]
        _table(call, heads, rows, headings=True)
        return 0
    typed = {"-T", "--print-type"} & options.keys()
    columns = ["source", *(["fstype"] if typed else []), "size", "used", "avail", "pcent", "target"]
    rows = [[_df_cell(f, path, c) for c in columns] for f, path in chosen]
    _table(call, [_DF_HEADS[c] for c in columns], rows, headings=True)
    return 0


_DF_HEADS = {
    "source": "Filesystem",
    "fstype": "Type",
    "size": "1K-blocks",
    "used": "Used",
    "avail": "Available",
    "pcent": "Use%",
    "target": "Mounted on",
}


def _df_cell(filesystem: Filesystem, path: str, column: str) -> str:
    blocks = filesystem.size << 20
    cells = {
        "source": f"/dev/{filesystem.device}" if filesystem.has_device else filesystem.device,
        "fstype": filesystem.type,
        "size": str(blocks),
        "used": str(blocks // 2),
        "avail": str(blocks - blocks // 2),
        "pcent": "50%",
        "target": path,
    }
    return cells.get(column, "-")


@command("blkid")
def blkid(call: Call) -> int:
    """`blkid [-s TYPE] [-o value] [device]`."""
    options, words = options_of(call.arguments, "sotLU", ("--match-tag", "--output"))
    names = [word.rpartition("/")[2] for word in words]
    found = [f for f in call.host.filesystems if f.has_device and (not names or f.device in names)]
    tag = options.get("-s", options.get("--match-tag", ""))
    for filesystem in found:
        tags = {"UUID": _uuid(filesystem), "TYPE": filesystem.type}
        shown = {tag: tags[tag]} if tag in tags else tags
        if options.get("-o", options.get("--output")) == "value":
            call.print(*shown.values())
        else:
            pairs = " ".join(f'{k}="{v}"' for k, v in shown.items())
            call.print(f"/dev/{filesystem.device}: {pairs}")
    return 0 if found else 2


@command("stat")
def stat(call: Call) -> Answering:
    """`stat -f` asks about a filesystem; everything else is of files."""
    if call.has("-f", "--file-system"):
        paths = [word for word in call.arguments if word.startswith("/")]
        for path in paths:
            found = call.host.mount(absolute(call, path))
            call.print(found[0].type if found else "unknown")
        return 0
    yield Become(("/host/real/stat", *call.arguments))
    return 0
