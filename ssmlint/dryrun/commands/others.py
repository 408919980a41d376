"""Commands that are there on every host and matter little to a freeze."""

from __future__ import annotations

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.needs import Answering, ReadAll


@command("hostname")
def hostname(call: Call) -> int:
    """The host's name."""
    call.print(call.host.name)
    return 0


@command("uname")
def uname(call: Call) -> int:
    """`uname -r` and its like."""
    values = {"-s": "Linux", "-n": call.host.name, "-r": "6.1.119-129.201.amzn2023.x86_64"}
    values |= {"-m": "x86_64", "-p": "x86_64", "-i": "x86_64", "-o": "GNU/Linux"}
    if call.has("-a", "--all"):
        call.print(" ".join(values.values()))
    else:
        call.print(" ".join(values.get(word, "") for word in call.arguments) or "Linux")
    return 0


@command("logger")
def logger(call: Call) -> Answering:
    """Writes to the journal."""
    if not [word for word in call.arguments if not word.startswith("-")]:
        yield ReadAll()
    return 0


@command("systemd-cat", "systemd-notify", "udevadm", "chown", "chgrp", "restorecon", "sysctl")
def nothing(call: Call) -> int:
    """Nothing that a freeze would notice."""
    return 0


@command("curl", "wget")
def download(call: Call) -> int:
    """There is no network here."""
    call.world.note(f"`{call.name}` has no network here; it fails as without a name server")
    if call.name == "curl":
        return call.fail("curl: (6) Could not resolve host", 6)
    return call.fail("wget: unable to resolve host address", 4)


@command("reboot", "shutdown", "poweroff", "halt")
def reboot(call: Call) -> Answering:
    """The host goes down: everything that was held is gone with it."""
    call.host.change("the host restarts")
    call.world.note(f"`{call.name}` would restart the host")
    return 0
    yield
