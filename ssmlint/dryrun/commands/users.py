"""Commands that run another one as somebody else, or otherwise: what counts is the other one."""

from __future__ import annotations

import re

from ssmlint.dryrun.calls import SIMULATED, Call, command
from ssmlint.dryrun.commands.options import split
from ssmlint.dryrun.needs import Answering, Become

_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=.*", re.DOTALL)


def inside(call: Call, words: tuple[str, ...], *, container: str | None = None) -> Answering:
    """Run a simulated command here; the caller becomes any other one."""
    name = words[0].rpartition("/")[2]
    if name in SIMULATED or name in call.host.absent:
        return (yield from call.run(words, container=container))
    yield Become(words)
    return 0


@command("sudo", "doas")
def sudo(call: Call) -> Answering:
    """`sudo [-u user] [NAME=value] command`."""
    options, rest = split(
        call.arguments, "ughpCcrtTUR", ("--user", "--group", "--host", "--prompt")
    )
    assignments = []
    while rest and _ASSIGNMENT.fullmatch(rest[0]):
        assignments.append(rest[0])
        rest = rest[1:]
    if not rest:
        if {"-i", "-s", "--login", "--shell"} & options.keys():
            yield Become(("/bin/bash",))
        return 0 if {"-v", "-V", "-l", "-n"} & options.keys() else call.fail("usage: sudo command")
    name = rest[0].rpartition("/")[2]
    if name in call.host.absent | call.world.faults.missing:
        return call.fail(f"sudo: {rest[0]}: command not found")
    if assignments and name not in SIMULATED:
        rest = ("env", *assignments, *rest)
    return (yield from inside(call, rest))


@command("su")
def su(call: Call) -> Answering:
    """`su - user -c command`: a shell of the user's reads the command."""
    words = list(call.arguments)
    if "-c" not in words or words[-1] == "-c":
        return call.fail("su: no command, and nobody to type one")
    yield Become(("/bin/bash", "-c", words[words.index("-c") + 1]))
    return 0


@command("runuser", "setpriv")
def runuser(call: Call) -> Answering:
    """`runuser -u user [--] command`, or as `su`."""
    options, rest = split(call.arguments, "ugGcs", ("--user", "--command", "--reuid", "--regid"))
    text = options.get("-c", options.get("--command"))
    if text is None and "-c" in rest[:-1]:
        text = rest[rest.index("-c") + 1]
    if text is not None:
        yield Become(("/bin/bash", "-c", text))
        return 0
    if not rest:
        return call.fail(f"{call.name}: no command was specified")
    return (yield from inside(call, rest))


@command("nsenter", "chrt", "ionice", "taskset", "unshare", "chroot")
def beside(call: Call) -> Answering:
    """Programs that change what does not matter here."""
    with_value = {"nsenter": "tSG", "ionice": "cnpPu", "chrt": "TPD", "taskset": "p"}
    _, rest = split(call.arguments, with_value.get(call.name, ""), ("--target", "--class"))
    if call.name in ("chrt", "taskset", "chroot") and len(rest) > 1:
        rest = rest[1:]
    if not rest:
        return 0
    return (yield from inside(call, rest))
