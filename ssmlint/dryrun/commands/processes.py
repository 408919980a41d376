"""`ps`, `pgrep`, `pkill` and their like: the processes of the sandbox and those of the host.

As procps shows them: what stands in for a command is shown as the command.
"""

from __future__ import annotations

import re
import signal

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.options import options_of
from ssmlint.dryrun.sandbox.processes import command_line
from ssmlint.records import dataclass

_SHIM = ("/host/real/bash", "-p")


@dataclass(frozen=True, slots=True)
class Seen:
    """One line of `ps`."""

    pid: int
    parent: int
    group: int
    session: int
    words: tuple[str, ...]
    outer: int = 0
    """Its id outside of the sandbox; 0 for one that is only simulated."""

    @property
    def line(self) -> str:
        """The command line."""
        return " ".join(self.words)

    @property
    def comm(self) -> str:
        """The name that the kernel knows it by, at most 15 bytes."""
        return (self.words[0].rpartition("/")[2] if self.words else "")[:15]


def everything(call: Call) -> list[Seen]:
    """Every process that the host shows, by id."""
    found = [Seen(1, 0, 1, 1, ("/usr/lib/systemd/systemd", "--system"))]
    found.extend(
        Seen(unit.pid, 1, unit.pid, unit.pid, tuple(unit.command.split()))
        for unit in call.host.units.values()
        if unit.active and unit.pid and unit.command
    )
    found.extend(Seen(pid, 1, pid, pid, tuple(line.split())) for pid, line in call.host.daemons)
    inner = {0: 1}
    processes = list(call.world.processes())
    inner |= {process.outer: process.pid for process in processes}
    for process in processes:
        words = command_line(process.outer)
        if process.pid <= 2 or not words or "/host/runner" in words:
            continue
        if tuple(words[:2]) == _SHIM and len(words) > 2:
            words = [words[2].rpartition("/")[2], *words[3:]]
        parent = inner.get(process.parent, 1)
        ids = (process.pid, parent if parent > 2 else 1, process.group, process.session)
        found.append(Seen(*ids, tuple(words), process.outer))
    return sorted(found, key=lambda one: one.pid)


# --- ps -----------------------------------------------------------------------------------------

_HEADS = {"args": "COMMAND", "cmd": "CMD", "comm": "COMMAND", "pgrp": "PGRP", "sid": "SID"}


@command("ps")
def ps(call: Call) -> int:
    """`ps -ef`, `ps aux`, `ps -p PID -o pgid=`, `ps -hp PID -o pgid`."""
    bare = [word for word in call.arguments[:1] if not word.startswith("-")]
    options, words = options_of(
        call.arguments[len(bare) :], "poCuUgtG", ("--pid", "--ppid", "--sort", "--format", "--user")
    )
    rows = everything(call)
    pids = options.get("-p", options.get("--pid"))
    if pids is not None:
        wanted = {int(n) for n in re.findall(r"\d+", pids)} | {int(w) for w in words if w.isdigit()}
        rows = [row for row in rows if row.pid in wanted]
    elif (name := options.get("-C")) is not None:
        rows = [row for row in rows if row.comm == name]
    elif (parent := options.get("--ppid")) is not None:
        rows = [row for row in rows if str(row.parent) == parent]
    elif not bare and not {"-e", "-A", "-a", "-x"} & options.keys():
        rows = [row for row in rows if row.session == call.caller.session]
    default = "pid,ppid,args" if bare or "-f" in options else "pid,comm"
    given = (options.get("-o") or options.get("--format") or default).split(",")
    _print_rows(call, rows, given, headings="-h" not in options and "--no-headers" not in options)
    return 0 if rows else 1


def _print_rows(call: Call, rows: list[Seen], columns: list[str], *, headings: bool) -> None:
    names = [column.partition("=")[0] for column in columns]
    heads = [
        column.partition("=")[2] if "=" in column else _HEADS.get(name, name.upper())
        for column, name in zip(columns, names, strict=True)
    ]
    if headings and any(heads):
        call.print(" ".join(heads))
    for row in rows:
        cells = {
            "pid": str(row.pid),
            "ppid": str(row.parent),
            "pgid": str(row.group),
            "pgrp": str(row.group),
            "sid": str(row.session),
            "sess": str(row.session),
            "user": "root",
            "stat": "S",
            "comm": row.comm,
        }
        call.print(" ".join(cells.get(name, row.line).rjust(5) for name in names))


# --- pgrep and pkill ---------------------------------------------------------------------------------


@command("pgrep", "pkill", "pidof", "killall", "pidwait")
def find(call: Call) -> int:
    """Processes by name: listed, or sent a signal."""
    number = signal.SIGTERM
    words = list(call.arguments)
    for word in call.arguments:
        sent = _signal(word)
        if sent is not None:
            number = sent
            words.remove(word)
    options, patterns = options_of(tuple(words), "gPuUstG", ("--signal", "--pgroup", "--parent"))
    number = _signal(f"-{options.get('--signal', '')}") or number
    if call.name in ("pidof", "killall"):
        found = [row for row in everything(call) if row.comm in patterns]
    else:
        found = _matching(call, options, patterns)
    if call.name in ("pkill", "killall"):
        for row in found:
            _send(call, row, number)
    else:
        _list(call, found, options)
    return 0 if found else 1


def _signal(word: str) -> signal.Signals | None:
    text = word[1:].upper() if word.startswith("-") else ""
    if text.isdigit() and 0 < int(text) < 65:
        return signal.Signals(int(text)) if int(text) in list(signal.Signals) else None
    name = text if text.startswith("SIG") else f"SIG{text}"
    return signal.Signals[name] if text and name in signal.Signals.__members__ else None


def _matching(call: Call, options: dict[str, str], patterns: tuple[str, ...]) -> list[Seen]:
    own = call.caller.pid
    rows = [row for row in everything(call) if row.pid != own]
    group = options.get("-g", options.get("--pgroup"))
    if group is not None:
        wanted = {call.caller.group if text == "0" else int(text or -1) for text in _ids(group)}
        rows = [row for row in rows if row.group in wanted]
    parent = options.get("-P", options.get("--parent"))
    if parent is not None:
        rows = [row for row in rows if str(row.parent) in parent.split(",")]
    if patterns:
        try:
            pattern = re.compile(patterns[0])
        except re.error:
            return []
        whole = "-f" in options or "--full" in options
        match = pattern.fullmatch if "-x" in options else pattern.search
        rows = [row for row in rows if match(row.line if whole else row.comm)]
    elif group is None and parent is None:
        return []
    if "-o" in options:
        rows = rows[:1]
    return rows[-1:] if "-n" in options else rows


def _ids(text: str) -> list[str]:
    return [part for part in text.split(",") if part.isdigit()]


def _list(call: Call, found: list[Seen], options: dict[str, str]) -> None:
    if call.name == "pidof":
        if found:
            call.print(" ".join(str(row.pid) for row in reversed(found)))
    elif "-c" in options:
        call.print(str(len(found)))
    else:
        for row in found:
            tail = row.line if "-a" in options else row.comm if "-l" in options else ""
            call.print(f"{row.pid} {tail}".rstrip())


def _send(call: Call, row: Seen, number: int) -> None:
    if row.outer:
        call.world.signal(lambda process: process.outer == row.outer, number)
        return
    call.host.daemons = [one for one in call.host.daemons if one[0] != row.pid]
    call.host.change(f"sent {signal.Signals(number).name} to `{row.line}`")
