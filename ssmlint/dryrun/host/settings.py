"""`host.toml`: what the simulated host is like, with a sound host as the default.

Everything has a default, so that a file names only what is different.
"""

from __future__ import annotations

import re
from typing import Any, Union

from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.records import dataclass
from ssmlint.toml import TomlError, loads

#: A value of the file; a list is of strings.
Value = Union[str, int, float, bool, list[str], dict[str, str]]

#: Every section with its keys and their defaults; the type of a default is the key's.
SECTIONS: dict[str, dict[str, Value]] = {
    "host": {
        "name": "ip-10-0-0-10",
        "language": "C.UTF-8",
        "util-linux": "2.39",
        "systemd": 252,
        "shell": "",
        "absent": [],
        "applications": [],
    },
    "mysql": {
        "unit": "mysqld.service",
        "container": "",
        "running": True,
        "folders": ["/data/mysql", "/logs/mysql"],
        "variables": {
            "datadir": "/data/mysql/",
            "innodb_data_home_dir": "",
            "innodb_log_group_home_dir": "./",
            "innodb_undo_directory": "./",
            "log_bin_basename": "/logs/mysql/binlog",
        },
        "long-statement": 0,
    },
    "postgresql": {
        "unit": "postgresql.service",
        "container": "",
        "running": True,
        "folders": ["/data/postgresql", "/data/postgresql/pg_wal", "/logs/tablespace"],
        "port": 5432,
        "long-statement": 0,
    },
    "mongodb": {
        "unit": "mongod.service",
        "container": "",
        "running": True,
        "folders": ["/data/mongodb"],
    },
    "iris": {
        "unit": "",
        "container": "",
        "running": True,
        "folders": ["/data/iris"],
        "instances": ["IRISA", "IRISB"],
    },
    "files": {"folders": ["/data", "/logs"]},
    "dlm": {
        "execution-timeout": 120,
        "snapshot-after": 3,
        "snapshot-takes": 5,
        "post-after": 3,
        "pause-between-runs": 15,
    },
    "contract": {"longest-hold": 180},
}

#: Tables of which there may be several, with their keys and defaults; `None`: required.
LISTS: dict[str, dict[str, Union[Value, None]]] = {
    "mount": {
        "device": None,
        "type": None,
        "at": [],
        "read-only": False,
        "snapshotted": True,
        "size": 100,
    },
    "unit": {"name": None, "active": True, "substate": "running", "aliases": [], "command": ""},
    "container": {"name": None, "image": "", "running": True},
}

#: The filesystems of a host whose file names none.
DEFAULT_MOUNTS: tuple[dict[str, Any], ...] = (
    {"device": "nvme0n1p1", "type": "xfs", "at": ["/"], "size": 30},
    {"device": "nvme0n1p128", "type": "vfat", "at": ["/boot/efi"], "size": 1},
    {"device": "nvme1n1", "type": "xfs", "at": ["/data"]},
    {"device": "nvme2n1", "type": "ext4", "at": ["/logs"]},
    {"device": "tmpfs", "type": "tmpfs", "at": ["/run"], "size": 1, "snapshotted": False},
)

APPLICATIONS = ("mysql", "postgresql", "mongodb", "iris", "files")


@dataclass(eq=False, slots=True)
class HostSettings:
    """A `host.toml`, complete with the defaults."""

    sections: dict[str, dict[str, Any]]
    lists: dict[str, list[dict[str, Any]]]
    given: frozenset[str] = frozenset()
    """The sections that the file names."""

    def get(self, section: str, key: str) -> Any:
        """One value."""
        return self.sections[section][key]


def default_settings() -> HostSettings:
    """The sound host."""
    return complete({}, "")


def read_settings(path: str) -> HostSettings:
    """Read a file; raises `UserError` with its path for everything that is wrong with it."""
    try:
        with open(path, encoding="utf-8") as stream:
            table = loads(stream.read())
    except OSError as error:
        raise UserError(error.strerror or str(error), path=path) from None
    except UnicodeDecodeError as error:
        raise UserError(f"no valid TOML: {error}", path=path) from None
    except TomlError as error:
        raise UserError(f"no valid TOML: {error.message}", path=path, line=error.line) from None
    return complete(table, path)


def complete(table: dict[str, Any], path: str) -> HostSettings:
    """Check a table and fill in the defaults; raises `UserError`."""
    for name in table:
        if name not in SECTIONS and name not in LISTS:
            raise _unknown("section", name, [*SECTIONS, *LISTS], path)
    sections: dict[str, dict[str, Any]] = {}
    for name, defaults in SECTIONS.items():
        given = table.get(name, {})
        sections[name] = _values(name, given, dict(defaults), path)
    lists: dict[str, list[dict[str, Any]]] = {}
    for name, keys in LISTS.items():
        given = table.get(name, [])
        if not isinstance(given, list):
            raise UserError(f"`{name}` is a list: write [[{name}]]", path=path)
        lists[name] = [_values(name, item, dict(keys), path) for item in given]
    if not lists["mount"]:
        mounts = [_values("mount", dict(m), dict(LISTS["mount"]), path) for m in DEFAULT_MOUNTS]
        lists["mount"] = mounts
    for name in sections["host"]["applications"]:
        if name not in APPLICATIONS:
            raise _unknown("application", name, APPLICATIONS, path)
    if not re.fullmatch(r"\d+\.\d+", sections["host"]["util-linux"]):
        raise UserError('`util-linux` is a version such as "2.37"', path=path)
    if sections["host"]["shell"] not in ("", "dash", "bash"):
        raise UserError('`shell` is "dash" or "bash"', path=path)
    return HostSettings(sections, lists, frozenset(table))


def _values(section: str, given: Any, defaults: dict[str, Any], path: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise UserError(f"`{section}` is a table: write [{section}]", path=path)
    for key, value in given.items():
        if key not in defaults:
            raise _unknown(f"key of `{section}`", key, defaults, path)
        _require_type(section, key, value, defaults[key], path)
    lacking = [k for k, v in defaults.items() if v is None and k not in given]
    if lacking:
        raise UserError(f"`{section}` needs `{lacking[0]}`", path=path)
    return {**defaults, **given}


def _require_type(section: str, key: str, value: Any, default: Any, path: str) -> None:
    match default:
        case bool():
            fine, what = isinstance(value, bool), "true or false"
        case int():
            fine = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
            what = "a number"
        case list():
            fine = isinstance(value, list) and all(isinstance(item, str) for item in value)
            what = "a list of strings"
        case dict():
            fine = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
            what = "a table of strings"
        case _:
            fine, what = isinstance(value, str), "a string"
    if not fine:
        raise UserError(f"`{section}.{key}` must be {what}", path=path)


def _unknown(what: str, name: str, known: Any, path: str) -> UserError:
    near = nearest(name, known)
    hint = f"did you mean `{near}`?" if near else f"there are {', '.join(known)}"
    return UserError(f"unknown {what} `{name}`", hint=hint, path=path or None)
