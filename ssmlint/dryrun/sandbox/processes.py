"""The processes of a sandbox as the kernel knows them, seen from outside.

Everything in a process namespace descends from its first process, because orphans are given
to it; so the tree below bubblewrap is complete.
"""

from __future__ import annotations

import os
import re
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


def processes_below(root: int) -> Iterator[Process]:
    """The processes that descend from the process `root` (an id outside), one by one."""
    todo = [root]
    while todo:
        pid = todo.pop()
        todo.extend(_children(pid))
        if pid != root:
            process = _read(pid)
            if process is not None:
                yield process


def is_blocked(outer: int) -> bool:
    """Whether a process that says it sleeps is off the processor and off its queue, too.

    One that is interrupted on its way to sleep, or out of it again, still has the state S.  The
    kernel waits for the truth when it is asked for the system call that a process is in.
    """
    try:
        descriptor = os.open(f"/proc/{outer}/syscall", os.O_RDONLY)
    except OSError:
        return True
    try:
        return not os.read(descriptor, 64).startswith(b"running")
    except OSError:
        return True
    finally:
        os.close(descriptor)


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
        descriptor = os.open(f"/proc/{pid}/task/{pid}/children", os.O_RDONLY)
        try:
            yield from map(int, os.read(descriptor, 65536).split())
        finally:
            os.close(descriptor)
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


_STATUS = re.compile(
    rb"State:\t(\w).*\nPPid:\t(\d+)\n.*\nNSpid:[^\n]*\t(\d+)\nNSpgid:[^\n]*\t(-?\d+)\n"
    rb"NSsid:[^\n]*\t(-?\d+)\n",
    re.DOTALL,
)
_MEMORY = re.compile(rb"VmRSS:\s*(\d+)")
_SWITCHES = re.compile(rb"ctxt_switches:\t(\d+)")


def _read(pid: int) -> Process | None:
    try:
        descriptor = os.open(f"/proc/{pid}/status", os.O_RDONLY)
    except OSError:
        return None
    try:
        text = os.read(descriptor, 8192)
    except OSError:
        return None
    finally:
        os.close(descriptor)
    match = _STATUS.search(text)
    if match is None:
        return None
    state, parent, inner, group, session = match.groups()
    memory = _MEMORY.search(text)
    return Process(
        outer=pid,
        pid=int(inner),
        parent=int(parent),
        group=int(group),
        session=int(session),
        state=state.decode(),
        switches=sum(map(int, _SWITCHES.findall(text))),
        kilobytes=int(memory[1]) if memory else 0,
    )
