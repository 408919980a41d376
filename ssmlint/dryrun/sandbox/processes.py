"""The processes of a sandbox as the kernel knows them, seen from outside.

Everything in a process namespace descends from its first process, because orphans are given
to it; so the tree below bubblewrap is complete.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from ssmlint.records import dataclass


@dataclass(frozen=True, slots=True)
class Process:
    """One process."""

    outer: int
    """Its id outside of the sandbox."""
    pid: int
    parent: int
    group: int
    session: int
    """Ids inside of the sandbox; the parent's outside."""
    state: str
    switches: int
    """How often it has been put to sleep or taken off the processor."""
    kilobytes: int


def processes_below(root: int) -> list[Process]:
    """The processes that descend from the process `root` (an id outside)."""
    found: list[Process] = []
    todo = [root]
    while todo:
        pid = todo.pop()
        todo.extend(_children(pid))
        if pid != root:
            process = _read(pid)
            if process is not None:
                found.append(process)
    return found


def command_line(outer: int) -> list[str]:
    """The words of its command line; empty for one that has ended."""
    try:
        with open(f"/proc/{outer}/cmdline", "rb") as stream:
            text = stream.read(65536)
    except OSError:
        return []
    return text.decode(errors="replace").rstrip("\0").split("\0") if text else []


def _children(pid: int) -> Iterator[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", "rb") as stream:
            yield from map(int, stream.read().split())
    except FileNotFoundError:
        if os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children"):
            return
        yield from _children_by_search(pid)
    except (OSError, ValueError):
        return


def _children_by_search(pid: int) -> Iterator[int]:
    """For kernels that do not list children (no CONFIG_PROC_CHILDREN)."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stream:
                    fields = stream.read().rpartition(b") ")[2].split()
            except OSError:
                continue
            if int(fields[1]) == pid:
                yield int(name)


def _read(pid: int) -> Process | None:
    try:
        with open(f"/proc/{pid}/status", "rb") as stream:
            lines = stream.read().split(b"\n")
    except OSError:
        return None
    values = dict(line.split(b":\t", 1) for line in lines if b":\t" in line)
    try:
        return Process(
            outer=pid,
            pid=int(values[b"NSpid"].split()[-1]),
            parent=int(values[b"PPid"]),
            group=int(values[b"NSpgid"].split()[-1]),
            session=int(values[b"NSsid"].split()[-1]),
            state=values[b"State"][:1].decode(),
            switches=int(values[b"voluntary_ctxt_switches"])
            + int(values[b"nonvoluntary_ctxt_switches"]),
            kilobytes=int(values.get(b"VmRSS", b"0").split()[0]),
        )
    except (KeyError, ValueError, IndexError):
        return None
