"""The programs of the sandbox: copies of the machine's shells and text tools, nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import field
from importlib import resources
from pathlib import Path

from ssmlint.errors import UserError
from ssmlint.records import dataclass

#: Without these no script can be run.
SHELLS = ("bash", "env", "setsid", "cat")

#: Programs that read and write text and files, and know nothing of the host around them.
TOOLS = (
    *SHELLS,
    *("dash", "awk", "gawk", "mawk", "sed", "grep", "egrep", "fgrep", "jq", "bc", "getopt"),
    *("cut", "tr", "sort", "uniq", "head", "tail", "wc", "tac", "rev", "paste", "join", "comm"),
    *("column", "fold", "fmt", "nl", "od", "xxd", "hexdump", "base64", "md5sum", "sha1sum"),
    *("sha256sum", "cksum", "split", "csplit", "shuf", "expand", "unexpand", "diff", "cmp"),
    *("basename", "dirname", "realpath", "readlink", "pwd", "ls", "stat", "find", "xargs"),
    *("mkdir", "rmdir", "rm", "mv", "cp", "ln", "touch", "chmod", "tee", "mktemp", "truncate"),
    *("install", "dd", "test", "[", "true", "false", "echo", "printf", "expr", "seq", "yes"),
    *("date", "id", "whoami", "groups", "nohup", "nice", "stdbuf", "flock", "kill", "tty"),
    *("printenv", "numfmt", "factor", "gzip", "gunzip", "zcat", "tar", "which", "clear", "sleep"),
)

_LIBRARY = re.compile(r"^\s*(?:\S+ => )?(/\S+) \(0x", re.MULTILINE)

#: Folders at the top that are links on most machines.
_TOP_LINKS = ("lib", "lib32", "lib64", "libx32")

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(eq=False, slots=True)
class Toolbox:
    """The copied programs in a folder, shared by all cells of a run."""

    folder: Path
    tools: frozenset[str]
    """Names of the programs that the machine has."""
    folders_of_programs: dict[str, Path] = field(default_factory=dict)
    """`/usr/bin` of the cells, which are few different ones."""

    @property
    def host(self) -> Path:
        """What the sandbox sees as part of `/host`."""
        return self.folder / "host"

    @property
    def tree(self) -> Path:
        """The libraries, at their places below a root."""
        return self.folder / "tree"


def make_toolbox(folder: Path, elsewhere: Iterable[str] = ()) -> Toolbox:
    """Copy what is needed into an empty folder; raises `UserError` if there is no bash.

    `elsewhere` are absolute paths at which simulated commands stand besides `/usr/bin`.
    """
    found = {name: shutil.which(name, path=_PATH) for name in TOOLS}
    programs = {name: path for name, path in found.items() if path is not None}
    lacking = [name for name in SHELLS if name not in programs]
    if lacking:
        raise UserError(f"`{lacking[0]}` is not installed, and the script needs it")
    box = Toolbox(folder, frozenset(programs))
    real = box.host / "real"
    real.mkdir(parents=True)
    for name, path in programs.items():
        shutil.copy(path, real / name)
    shim = resources.files("ssmlint.dryrun.sandbox")
    for name in ("shim", "runner", "bash_env"):
        target = box.host / name
        target.write_text((shim / f"{name}.bash").read_text(encoding="utf-8"), encoding="utf-8")
        target.chmod(0o755)
    (box.host / "unknown").symlink_to("shim")
    _copy_libraries(box, programs.values())
    for path in elsewhere:
        link = box.tree / path.lstrip("/")
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink() and not link.exists():
            link.symlink_to("/host/shim")
    return box


def _copy_libraries(box: Toolbox, programs: Iterable[str]) -> None:
    for name in _TOP_LINKS:
        top = Path("/") / name
        if top.is_symlink():
            box.tree.mkdir(exist_ok=True)
            (box.tree / name).symlink_to(os.readlink(top))
    (box.tree / "usr" / "bin").mkdir(parents=True)
    (box.tree / "usr" / "sbin").symlink_to("bin")
    listing = subprocess.run(
        ["ldd", *programs], capture_output=True, text=True, check=False, timeout=60
    ).stdout
    for library in sorted(set(_LIBRARY.findall(listing))):
        place = Path(os.path.realpath(os.path.dirname(library))) / os.path.basename(library)
        target = box.tree / place.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, target)
